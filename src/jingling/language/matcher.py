"""Understanding by sentence templates: all of a language in one automaton, the names of the home beside it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from jingling.core.errors import BadInput
from jingling.core.grammar import SLOT, Grammar, joined, with_parts
from jingling.core.turn import Ask, Intent, Language, Slots, Utterance
from jingling.language.base import Context, Example, Name, Names, Reading, Understanding
from jingling.language.ear import vocabulary
from jingling.language.ear.known import KnownNames
from jingling.language.ear.second import Ear
from jingling.language.examples import examples as make_examples
from jingling.language.grammar import compile_grammar
from jingling.language.grammar_digest import spoken_digest
from jingling.language.hints import CORE_SHARE_MAX, HINTS, pronouns
from jingling.language.lattice import Edge
from jingling.language.located import plain
from jingling.language.matching.names import NameIndex
from jingling.language.matching.sources import Sources
from jingling.language.matching.spoken import ALL, Spoken
from jingling.language.matching.store import kept_as
from jingling.language.matching.tongue import Match, Spans, Tongue
from jingling.language.name_classes import NameClasses
from jingling.language.templates import CORE, Bank, SkillError, SkillSentences, Template, load_all, load_one
from jingling.language.text import TEXT_CHARS_MAX, barer, detect, edges, even
from jingling.language.values.find import PHRASES

ANSWER = "core.answer"
_GUESSED_WORDS_MAX = 32
"""Who says more at once to a speaker is not heard again with other words in it: that would take too long."""
_WARMING: Mapping[Language, str] = {"en": "tern on the kichen lite", "zh": "打開廚方的等"}
"""Misheard, so that the guesses' own tables are made too."""
_ANY_TIME = datetime(2026, 1, 1, 9, tzinfo=UTC)


class _Voice:
    """One language: what is matched, what is heard and what is shown as an example."""

    def __init__(self, bank: Bank, index: NameIndex, known: KnownNames, cache: Path | None) -> None:
        self.bank = bank
        self.core = [one for one in bank.templates if one.skill == CORE and one.intent not in HINTS]
        self.tongue = Tongue(self._spoken(), index, cache)
        self.index = index
        self.ear = Ear(bank.language, vocabulary.of(bank), known)
        self.examples: list[Example] | None = None
        self._classes = NameClasses(bank)
        self._grammars: dict[object, Grammar] = {}
        self._frames: dict[object, Grammar] = {}
        self._cache = cache

    def _spoken(self) -> Spoken:
        bank = self.bank
        groups = {group: [*templates, *self.core] for group, templates in bank.answers.items()}
        return Spoken(bank.language, bank.templates, bank.rules, bank.lists, groups, PHRASES[bank.language])

    @property
    def names(self) -> Sequence[Name]:
        return self.index.names(self.bank.language)

    def forget(self) -> None:
        """What was made with names that are no more; grammars keep their frames while the classes stay the same."""
        self.examples = None
        self._grammars = {}
        known = self._classes.labels
        self._classes.take([*self.names, *pronouns(self.names, self.bank.language)])
        if self._classes.labels != known:
            self._frames = {}

    def group(self, ask: Ask | None) -> str:
        """The group of what may be said in answer, or that of everything."""
        if ask is None:
            return ALL
        group = f"{CORE}/yes_no" if ask.expect == "yes_no" else ask.expect
        return group if group in self.bank.answers else ALL

    def grammar(self, ask: Ask | None, area: bool, skills: frozenset[str] | None) -> Grammar:
        key = (self.group(ask), area, skills)
        if key not in self._grammars:
            if key not in self._frames:
                self._frames[key] = self._frame(*key)
            frame = self._frames[key]
            labels = {arc.word for arc in frame.arcs if arc.word[:1] == SLOT}
            self._grammars[key] = with_parts(frame, self._classes.parts(labels))
        return self._grammars[key]

    def _frame(self, group: str, area: bool, skills: frozenset[str] | None) -> Grammar:
        """The sentences, with the classes of names as labels."""
        templates = self.bank.templates if group == ALL else [*self.bank.answers[group], *self.core]
        spoken = [
            template
            for template in templates
            if template.spoken and (skills is None or template.skill in skills | {CORE})
        ]
        return self._kept(spoken, area, polite=group == ALL)

    def _kept(self, templates: Sequence[Template], area: bool, polite: bool) -> Grammar:
        """The grammar of all sentences takes time and memory to compile; those of answers do not."""
        folder = self._cache if polite else None
        name = spoken_digest(self._spoken(), templates, self._classes.labels, area) if folder else ""
        prefix = f"grammar-{self.bank.language}-"
        return kept_as(folder, prefix, name, Grammar, lambda: self._compiled(templates, area, polite))

    def _compiled(self, templates: Sequence[Template], area: bool, polite: bool) -> Grammar:
        """Skill by skill, which takes a fraction of the memory that all at once would."""
        by_skill: dict[str, list[Template]] = {}
        for template in templates:
            by_skill.setdefault(template.skill, []).append(template)
        grammars = [
            compile_grammar(self.bank, self._classes, of_skill, area=area, polite=polite)
            for of_skill in by_skill.values()
        ]
        return joined(grammars, [_share(skill, of_skill) for skill, of_skill in by_skill.items()])


def _share(skill: str, templates: Sequence[Template]) -> int:
    """One for each intent."""
    intents = len({template.intent for template in templates})
    return min(intents, CORE_SHARE_MAX) if skill == CORE else intents


class TemplateUnderstander:
    """Implements `Understander` over skills' sentence files; `errors` tells which of them were left out.

    `cache` is a folder for what was compiled; without it that is done at every start.
    """

    def __init__(self, files: Iterable[SkillSentences], names: Names, cache: Path | None = None) -> None:
        files = tuple(files)
        for file in files:
            if file.skill == CORE:
                raise BadInput(f"{file.path}: “core” is the name of what is built in; rename this skill.")
        banks, self.errors = load_all(files)
        banks = _with_core(banks)
        self._names = names
        self._version: int | None = None
        self._renewing = Lock()
        self.index = NameIndex()
        self._known_names = KnownNames()
        words = (self.index, self._known_names)
        self._voices = {language: _Voice(bank, *words, cache) for language, bank in banks.items()}

    errors: tuple[SkillError, ...]

    @property
    def banks(self) -> Mapping[Language, Bank]:
        return {language: voice.bank for language, voice in self._voices.items()}

    def warm(self) -> None:
        """Take in the names of the home and make what is made when first needed: no request waits for that."""
        for language in self._voices:
            self.understand(Utterance(_WARMING[language], language), Context(_ANY_TIME))

    def understand(self, utterance: Utterance, context: Context) -> Understanding:
        hearing = _Hearing(self, utterance.language, context, utterance.confidence)
        return self._current(utterance.language).ear.understand(utterance, hearing)

    def read(self, text: str, language: Language, context: Context, confidence: float = 1.0) -> list[Reading]:
        """The readings of one text, best first; polite words within are only dropped when nothing else is found."""
        plain_text = even(text) if len(text) <= TEXT_CHARS_MAX else ""
        if not plain_text:
            return []
        found = self._matches(plain_text, language, context)
        if not found:
            inner = barer(plain_text, language)[-1:]
            found = [match for one in inner if one != plain_text for match in self._matches(one, language, context)]
        return [_reading(match, text, confidence) for match in found]

    def correct(
        self, said: Sources, language: Language, context: Context, guesses: Sequence[Edge], confidence: float = 1.0
    ) -> list[Reading]:
        """The readings of `said` with some of the `guesses` taken, which count words as `said.texts`."""
        found = self._by_group(said, language, context, guesses)
        return [_reading(match, match.text, confidence) for match in found]

    def said(self, text: str, language: Language, context: Context, guesses: Sequence[Edge] = ()) -> Sources:
        """A text cut into words, as `correct` takes it."""
        plain_text = even(text) if len(text) <= TEXT_CHARS_MAX else ""
        return self._current(language).tongue.said(plain_text, context.now, context.referents, guesses)

    def values(self, text: str, language: Language, context: Context) -> dict[str, list[str]]:
        """Of each list, what of an even text may be a value of it."""
        tongue = self._current(language).tongue
        return tongue.values(tongue.said(text, context.now, context.referents))

    def vocabulary(self, language: Language) -> frozenset[str]:
        """All literal words of the sentences, and of the values that their lists write out."""
        return self._voices[language].tongue.vocabulary

    def _matches(self, text: str, language: Language, context: Context) -> list[Match]:
        said = self._current(language).tongue.said(text, context.now, context.referents)
        return self._by_group(said, language, context)

    def _by_group(
        self, said: Sources, language: Language, context: Context, guesses: Sequence[Edge] = ()
    ) -> list[Match]:
        """Answers to the open question first."""
        voice = self._voices[language]
        spans = Spans(*edges(said.text, language))
        for group in dict.fromkeys((voice.group(context.ask), ALL)):
            found = voice.tongue.match(said, group, context.area, spans, guesses)
            if found:
                return found
        return []

    def grammars(
        self, languages: Iterable[Language], context: Context, skills: frozenset[str] | None = None
    ) -> Sequence[Grammar]:
        """`skills`: only what these let people say (and what is built in)."""
        area = context.area is not None
        return [self._current(language).grammar(context.ask, area, skills) for language in languages]

    def examples(self, language: Language) -> Sequence[Example]:
        voice = self._current(language)
        if voice.examples is None:
            context = Context(
                _ANY_TIME, area=next((name.value for name in voice.names if name.kind == "area"), None)
            )

            def understood(text: str) -> str | None:
                intent = self.understand(Utterance(text, language), context).intent
                return intent.name if intent else None

            voice.examples = make_examples(voice.bank, voice.names, understood)
        return voice.examples

    def detect(self, text: str) -> Language:
        return detect(text)

    def bank(self, language: Language) -> Bank:
        """All templates, for those who look into them."""
        return self._current(language).bank

    def names(self, language: Language) -> Sequence[Name]:
        """The names of the home as they are now."""
        return self._current(language).names

    def _current(self, language: Language) -> _Voice:
        """The language's voice, with the names of the home as they are now."""
        if self._version != self._names.version:
            with self._renewing:
                self._renew()
        return self._voices[language]

    def _renew(self) -> None:
        version = self._names.version
        if self._version == version:
            return
        for language, voice in self._voices.items():
            self.index.replace(language, self._names.names(language))
            voice.forget()
        self._known_names.take(name for each in self._voices for name in self.index.names(each))
        self._version = version


def banks_of(files: Iterable[SkillSentences]) -> dict[Language, Bank]:
    """All that `files` let people say, and what is built in; files with a mistake are left out."""
    return _with_core(load_all(files)[0])


def _with_core(banks: dict[Language, Bank]) -> dict[Language, Bank]:
    for language, bank in banks.items():
        path = Path(__file__).with_name(f"core.{language}.yaml")
        bank.add(load_one(SkillSentences(CORE, language, path)))
    return banks


def _reading(match: Match, text: str, confidence: float) -> Reading:
    source = "answer" if match.intent == ANSWER else "templates"
    slots: Slots = plain(match.slots)
    intent = Intent(str(match.intent), slots, confidence, source)
    template = match.template
    written = (template.skill, str(template.sentence.text), template.where)
    return Reading(intent, text, match.cost, match.free, match.score, *written)


class _Hearing(NamedTuple):
    """One utterance's circumstances, for the ear to try texts in."""

    understander: TemplateUnderstander
    language: Language
    context: Context
    confidence: float

    def read(self, text: str) -> Sequence[Reading]:
        return self.understander.read(text, self.language, self.context, self.confidence)

    def words(self, text: str) -> Sequence[str]:
        """Those of a text that is short enough to guess at."""
        words = self.understander.said(text, self.language, self.context).texts
        return words if len(words) <= _GUESSED_WORDS_MAX else ()

    def correct(self, text: str, edges: Sequence[Edge]) -> Sequence[Reading]:
        said = self.understander.said(text, self.language, self.context, edges)
        return self.understander.correct(said, self.language, self.context, edges, self.confidence)
