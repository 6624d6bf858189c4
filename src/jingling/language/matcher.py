"""Understanding by sentence templates, matched with hassil."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hassil.intents import Intent as HassilIntent
from hassil.intents import Intents, IntentsSettings, SlotList
from hassil.recognize import RecognizeResult, recognize_all

from jingling.core.errors import BadInput
from jingling.core.grammar import Grammar, joined
from jingling.core.turn import Ask, Intent, Language, Slots, Utterance
from jingling.language.base import Context, Example, Name, Names, Reading, Understanding
from jingling.language.candidates import Candidates
from jingling.language.examples import examples as make_examples
from jingling.language.grammar import compile_grammar
from jingling.language.hints import CORE_SHARE_MAX, HINTS, pronouns
from jingling.language.lists import Lists, alive
from jingling.language.located import plain
from jingling.language.templates import CORE, Bank, SkillError, SkillSentences, Template, load_all, load_one
from jingling.language.text import TEXT_CHARS_MAX, barer, detect, even, haystack, without_edges

ANSWER = "core.answer"
_ANY_TIME = datetime(2026, 1, 1, 9, tzinfo=UTC)
_RIVALS_MAX = 3
_ALTERNATIVES_MAX = 4


@dataclass(frozen=True)
class _Said:
    """An utterance made ready: its even text, polite words taken off, and the values that occur in it."""

    text: str
    language: Language
    haystack: str
    lists: Mapping[str, SlotList]
    area: str | None

    @property
    def forms(self) -> tuple[str, ...]:
        """As said, and without the polite words at the edges."""
        return tuple(dict.fromkeys((self.text, without_edges(self.text, self.language))))


@dataclass(frozen=True)
class _Reading:
    """One way to understand; the smallest `rank` is the best."""

    intent: str
    slots: Slots
    rank: tuple[int, ...]

    def as_intent(self, confidence: float) -> Intent:
        source = "answer" if self.intent == ANSWER else "templates"
        return Intent(str(self.intent), plain(self.slots), confidence, source)


class _Tongue:
    """One language: its bank, its lists and the templates to choose from."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.lists = Lists(bank)
        self.everything = Candidates(bank.templates, bank.rules, bank.lists)
        core = [template for template in bank.templates if template.skill == CORE and template.intent not in HINTS]
        self.answers = {
            group: Candidates([*templates, *core], bank.rules, bank.lists)
            for group, templates in bank.answers.items()
        }
        self.names_version: int | None = None
        self.names: Sequence[Name] = ()
        self.examples: list[Example] | None = None
        self.grammars: dict[object, Grammar] = {}

    def take_names(self, names: Names) -> None:
        """Read the home's names again when they have changed."""
        if self.names_version != names.version:
            self.names_version = names.version
            self.names = names.names(self.bank.language)
            self.lists.take_names(self.names)
            self.examples = None
            self.grammars = {}

    def answer_group(self, ask: Ask | None) -> Candidates | None:
        """What may be said in answer, or None when that is anything."""
        if ask is None:
            return None
        return self.answers.get(f"{CORE}/yes_no" if ask.expect == "yes_no" else ask.expect)

    def grammar(self, ask: Ask | None, area: bool, skills: frozenset[str] | None) -> Grammar:
        group = self.answer_group(ask)
        key = (ask.expect if ask and group else None, area, skills)
        if key not in self.grammars:
            spoken = [
                template
                for template in (group or self.everything).templates
                if template.spoken and (skills is None or template.skill in skills | {CORE})
            ]
            self.grammars[key] = self._compiled(spoken, area, polite=group is None)
        return self.grammars[key]

    def _compiled(self, templates: Sequence[Template], area: bool, polite: bool) -> Grammar:
        """Skill by skill, which takes a fraction of the memory that all at once would."""
        by_skill: dict[str, list[Template]] = {}
        for template in templates:
            by_skill.setdefault(template.skill, []).append(template)
        names = [*self.names, *pronouns(self.names, self.bank.language)]
        grammars = [
            compile_grammar(self.bank, names, of_skill, area=area, polite=polite) for of_skill in by_skill.values()
        ]
        return joined(grammars, [_share(skill, of_skill) for skill, of_skill in by_skill.items()])


def _share(skill: str, templates: Sequence[Template]) -> int:
    """One for each intent."""
    intents = len({template.intent for template in templates})
    return min(intents, CORE_SHARE_MAX) if skill == CORE else intents


class TemplateUnderstander:
    """Implements `Understander` over skills' sentence files; `errors` tells which of them were left out."""

    def __init__(self, files: Iterable[SkillSentences], names: Names) -> None:
        files = tuple(files)
        for file in files:
            if file.skill == CORE:
                raise BadInput(f"{file.path}: “core” is the name of what is built in; rename this skill.")
        banks, self.errors = load_all(files)
        self._names = names
        self._tongues = {language: _Tongue(_with_core(bank)) for language, bank in banks.items()}

    errors: tuple[SkillError, ...]

    @property
    def banks(self) -> Mapping[Language, Bank]:
        return {language: tongue.bank for language, tongue in self._tongues.items()}

    def understand(self, utterance: Utterance, context: Context) -> Understanding:
        texts = (utterance.text, *utterance.alternatives[:_ALTERNATIVES_MAX])
        for text in texts:
            said = self._prepare(text, utterance.language, context)
            readings = self._readings(said, context.ask) if said else []
            if readings:
                kept = readings[: _RIVALS_MAX + 1]
                return Understanding(tuple(Reading(one.as_intent(utterance.confidence), text) for one in kept))
        return Understanding()

    def grammars(
        self, languages: Iterable[Language], context: Context, skills: frozenset[str] | None = None
    ) -> Sequence[Grammar]:
        """`skills`: only what these let people say (and what is built in)."""
        area = context.area is not None
        return [self._current(language).grammar(context.ask, area, skills) for language in languages]

    def examples(self, language: Language) -> Sequence[Example]:
        tongue = self._current(language)
        if tongue.examples is None:
            context = Context(
                _ANY_TIME, area=next((name.value for name in tongue.names if name.kind == "area"), None)
            )

            def understood(text: str) -> str | None:
                intent = self.understand(Utterance(text, language), context).intent
                return intent.name if intent else None

            tongue.examples = make_examples(tongue.bank, tongue.names, understood)
        return tongue.examples

    def detect(self, text: str) -> Language:
        return detect(text)

    def _prepare(self, text: str, language: Language, context: Context) -> _Said | None:
        text = even(text) if len(text) <= TEXT_CHARS_MAX else ""
        if not text:
            return None
        tongue = self._current(language)
        hay = haystack(text, language)
        return _Said(
            text, language, hay, tongue.lists.said(text, hay, context.now, context.referents), context.area
        )

    def _current(self, language: Language) -> _Tongue:
        """The language's tongue, with the names of the home as they are now."""
        tongue = self._tongues[language]
        tongue.take_names(self._names)
        return tongue

    def _readings(self, said: _Said, ask: Ask | None) -> list[_Reading]:
        tongue = self._tongues[said.language]
        group = tongue.answer_group(ask) if ask else None
        readings = _read(group, said, tongue.bank) if group else []
        return readings or _read(tongue.everything, said, tongue.bank)


def _with_core(bank: Bank) -> Bank:
    path = Path(__file__).with_name(f"core.{bank.language}.yaml")
    bank.add(load_one(SkillSentences(CORE, bank.language, path)))
    return bank


def _read(candidates: Candidates, said: _Said, bank: Bank) -> list[_Reading]:
    """All distinct readings, best first; polite words within are only dropped when nothing else is found."""
    intents = _narrowed(candidates, said, bank)
    if not intents.intents:
        return []
    found = [r for index, text in enumerate(said.forms) for r in _match(intents, text, index, said)]
    if not found:
        bare = [text for text in barer(said.text, said.language) if text not in said.forms]
        found = [r for index, text in enumerate(bare) for r in _match(intents, text, index, said)]
    return _distinct(sorted(found, key=lambda reading: reading.rank))


def _narrowed(candidates: Candidates, said: _Said, bank: Bank) -> Intents:
    """Only the templates that can match, as hassil takes them."""
    intents: dict[str, HassilIntent] = {}
    for template, block in candidates.of(said.haystack, alive(said.lists)):
        intents.setdefault(template.intent, HassilIntent(template.intent)).data.append(block)
    return Intents(
        language=said.language,
        intents=intents,
        slot_lists=dict(said.lists),
        expansion_rules=bank.rules,
        settings=IntentsSettings(ignore_whitespace=said.language == "zh"),
    )


def _match(intents: Intents, text: str, form: int, said: _Said) -> list[_Reading]:
    context: dict[str, Any] = {"area": said.area} if said.area else {}
    return [_reading(result, form) for result in recognize_all(text, intents, intent_context=context)]


def _reading(result: RecognizeResult, form: int) -> _Reading:
    """Names count most, then few free words, then much literal text, then what was literally said."""
    slots = {entity.name: entity.value for entity in result.entities_list}
    free = [entity for entity in result.entities_list if entity.is_wildcard]
    name = result.entities.get("name")
    name_chars = len(name.text.strip()) if name and not name.is_wildcard else 0
    free_chars = sum(len(entity.text) for entity in free)
    pieces = sum(1 for entity in result.entities_list if entity.text)
    rank = (-name_chars, len(free), -result.text_chunks_matched, free_chars, form, pieces)
    return _Reading(result.intent.name, slots, rank)


def _distinct(readings: Sequence[_Reading]) -> list[_Reading]:
    kept: list[_Reading] = []
    for reading in readings:
        if all((reading.intent, reading.slots) != (other.intent, other.slots) for other in kept):
            kept.append(reading)
        if len(kept) > _RIVALS_MAX:
            break
    return kept
