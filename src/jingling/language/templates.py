"""Skills' sentence files (docs/sentences.md) and packaged sentences, loaded into one bank per language."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from hassil.expression import Expression, Group, ListReference, RuleReference, Sentence
from hassil.intents import RangeSlotList, SlotList, TextSlotList, TextSlotValue, WildcardSlotList
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError
from hassil.util import check_excluded_context, check_required_context, is_template

from jingling.core.errors import BadInput
from jingling.core.turn import Language, Slots
from jingling.language.located import Located, Place, content_of, load
from jingling.language.packaged import package, packaged_file
from jingling.language.slot_ranges import inline_range, slot_range
from jingling.language.values import find as values

HOME_LISTS = frozenset({"name", "area", "floor"})
BUILT_IN = values.NAMES | HOME_LISTS
CORE = "core"
"""The skill that is built in: stop, never mind, repeat, yes and no."""
PACKAGED = "hass"
"""The name space of the lists and rules of the home-assistant-intents package."""

_REFERENCE = re.compile(r"(?<!\\)(?:<([^<>]*)>|\{([^{}:]*)(:[^{}]*)?\})")
_INLINE_RANGE = re.compile(r"\d+\.\.\d+(?:,\d+)?")
_TOP_KEYS = frozenset({"language", "intents", "lists", "expansion_rules", "answers"})
_BLOCK_KEYS = frozenset({"sentences", "slots", "requires_context", "excludes_context", "response", "metadata"})
_INTENT_KEYS = frozenset({"sentences", "data", "examples"})
_LIST_KEYS = frozenset({"values", "range", "wildcard", "names"})
_RANGE_KEYS = frozenset({"from", "to", "step", "type", "fractions", "multiplier"})
_ASKED = frozenset({"HassGetState", "HassRespond"})
"""Packaged intents whose blocks differ only in what is asked; that goes into the slot `question`."""


@dataclass(frozen=True)
class SkillSentences:
    """A skill's sentence file and the packaged intents that it takes besides; those in `typed` cannot be heard."""

    skill: str
    language: Language
    path: Path
    packaged: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkillError:
    """Why a skill's sentences of one language are left out; `message` names file, line and what to do."""

    skill: str
    language: Language
    message: str


@dataclass(frozen=True)
class Template:
    """One sentence template, with its references in the bank's name spaces."""

    intent: str
    skill: str
    sentence: Sentence
    where: str
    slots: Slots = field(default_factory=dict)
    requires: Mapping[str, Any] = field(default_factory=dict)
    excludes: Mapping[str, Any] = field(default_factory=dict)
    spoken: bool = True

    @property
    def needs_area(self) -> bool:
        """Whether the speaker's own area fills a slot of it."""
        return isinstance(self.requires.get("area"), dict)

    def allows(self, context: Mapping[str, Any]) -> bool:
        """Whether a name with `context` may stand in it."""
        return bool(
            check_required_context(dict(self.requires), dict(context), allow_missing_keys=True)
            and check_excluded_context(dict(self.excludes), dict(context))
        )


@dataclass(frozen=True)
class Examples:
    """What is shown for an intent; `{name}` and `{area}` in them become names of the home."""

    skill: str
    sentences: tuple[Sentence, ...]


@dataclass
class Bank:
    """All that can be said in one language."""

    language: Language
    templates: list[Template] = field(default_factory=list)
    answers: dict[str, list[Template]] = field(default_factory=dict)
    rules: dict[str, Sentence] = field(default_factory=dict)
    lists: dict[str, SlotList] = field(default_factory=dict)
    examples: dict[str, Examples] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=lambda: set(HOME_LISTS))
    """The lists that are names: of the home, and of what else lends its names."""

    def add(self, other: "Bank") -> None:
        self.templates += other.templates
        self.answers.update(other.answers)
        self.rules.update(other.rules)
        self.lists.update(other.lists)
        self.examples.update(other.examples)
        self.kinds |= other.kinds


def load_all(files: Iterable[SkillSentences]) -> tuple[dict[Language, Bank], tuple[SkillError, ...]]:
    """One bank per language; a skill whose file is broken is left out of it and named in the errors."""
    banks: dict[Language, Bank] = {"en": Bank("en"), "zh": Bank("zh")}
    errors: list[SkillError] = []
    owners: dict[tuple[Language, str], str] = {}
    for file in files:
        try:
            part = load_one(file)
            _claim(owners, file)
        except BadInput as error:
            errors.append(SkillError(file.skill, file.language, str(error)))
        else:
            banks[file.language].add(part)
    return banks, tuple(errors)


def _claim(owners: dict[tuple[Language, str], str], file: SkillSentences) -> None:
    for intent in file.packaged:
        owner = owners.setdefault((file.language, intent), file.skill)
        if owner != file.skill:
            raise BadInput(
                f"{file.path.parent / 'skill.toml'}: the skill “{owner}” takes the packaged {intent} already; "
                f"remove it from `packaged` of one of the two."
            )


def load_one(file: SkillSentences) -> Bank:
    """The bank of one skill in one language. Raises BadInput with file, line and what to do."""
    bank = Bank(file.language)
    bank.add(_loaded(file, content_of(file.path)))
    return bank


def forget_files() -> None:
    """Let go of the files as they were read; a hub reads them once."""
    for reading in (_loaded, packaged_bank, package):
        reading.cache_clear()


@lru_cache(maxsize=64)
def _loaded(file: SkillSentences, written: bytes) -> Bank:
    """Kept, since parsing takes longest of all when many homes are built in one process."""
    bank = Bank(file.language)
    place = Place(file.path)
    content = place.mapping(load(file.path, written), 1, "The file")
    place.known_keys(content, _TOP_KEYS)
    if content.get("language") != file.language:
        place.fail(content.get("language", 1), f"the first line must be `language: {file.language}`.")
    _Loading(place, file.skill, bank).load(content)
    for intent in file.packaged:
        _add_packaged(bank, intent, file)
    return bank


class _Loading:
    """One file on its way into a bank."""

    def __init__(self, place: Place, space: str, bank: Bank, shared: frozenset[str] = BUILT_IN) -> None:
        self.place = place
        self.space = space
        self.bank = bank
        self.own_lists: Mapping[str, Any] = {}
        self.own_rules: Mapping[str, Any] = {}
        self.own_kinds: set[str] = set()
        self.shared_lists = shared

    def load(self, content: Mapping[str, Any]) -> None:
        place = self.place
        self.own_lists = place.mapping(content.get("lists"), 1, "`lists`")
        self.own_rules = place.mapping(content.get("expansion_rules"), 1, "`expansion_rules`")
        self.own_kinds = {name for name, body in self.own_lists.items() if body == {"names": True}}
        self.bank.kinds |= self.own_kinds
        for name, body in self.own_rules.items():
            self.bank.rules[f"{self.space}/{name}"] = self.sentence(body, name)
        self._refuse_circles()
        for name, body in self.own_lists.items():
            if name not in self.own_kinds:
                self.bank.lists[f"{self.space}/{name}"] = self._list(name, body)
        for name, body in place.mapping(content.get("intents"), 1, "`intents`").items():
            self._intent(name, body)
        for name, body in place.mapping(content.get("answers"), 1, "`answers`").items():
            group = f"{self.space}/{name}"
            self.bank.answers[group] = list(self._blocks("core.answer", name, body))

    def _intent(self, name: str, body: Any) -> None:
        intent = name if name.startswith("Hass") else f"{self.space}.{name}"
        self.bank.templates += self._blocks(intent, name, body)
        examples = body.get("examples")
        if examples is not None:
            texts = self.place.sequence(examples, name, "`examples`")
            self.bank.examples[intent] = Examples(self.space, tuple(self.sentence(text, name) for text in texts))

    def _blocks(self, intent: str, name: str, body: Any) -> Iterable[Template]:
        body = self.place.mapping(body, name, f"`{name}`")
        self.place.known_keys(body, _INTENT_KEYS)
        if "sentences" not in body and "data" not in body:
            self.place.fail(name, f"`{name}` has no sentences; give it `sentences:` with a list of templates.")
        blocks = [{"sentences": body["sentences"]}] if "sentences" in body else []
        blocks += self.place.sequence(body["data"], name, f"`data` of `{name}`") if "data" in body else []
        for each in blocks:
            block = self.place.mapping(each, name, f"`data` of `{name}`")
            self.place.known_keys(block, _BLOCK_KEYS)
            yield from self._templates(intent, name, block)

    def _templates(self, intent: str, name: str, block: Mapping[str, Any]) -> Iterable[Template]:
        slots, requires, excludes = (
            dict(self.place.mapping(block.get(key), name, f"`{key}`"))
            for key in ("slots", "requires_context", "excludes_context")
        )
        metadata = self.place.mapping(block.get("metadata"), name, "`metadata`")
        spoken = not metadata.get("typed")
        for text in self.place.sequence(block.get("sentences"), name, f"`sentences` of `{name}`"):
            sentence = self.sentence(text, name)
            yield Template(intent, self.space, sentence, self.place.where(text), slots, requires, excludes, spoken)

    def sentence(self, text: Any, at: Any) -> Sentence:
        """A template of this file, parsed, with its references put into the name space."""
        if not isinstance(text, str) or not text.strip():
            self.place.fail(at, f"a sentence of `{at}` is not text; put it between quotes.")
        where = text if isinstance(text, Located) else at
        try:
            sentence = parse_sentence(self._spaced(text, where), keep_text=True)
        except (ParseError, AssertionError) as error:
            reason = str(error).split(" from index")[0] if isinstance(error, ParseError) else "an empty {} or <>"
            problem = f"this template is broken ({reason}); check that each ( [ {{ < is closed: {text}"
            self.place.fail(where, problem)
        if self.space != PACKAGED and _has_gap(sentence.expression):
            self.place.fail(where, f"this template has an empty choice; write [a] for (a|): {text}")
        return sentence

    def _spaced(self, text: str, where: Any) -> str:
        def replaced(found: re.Match[str]) -> str:
            rule, name, slot = found.groups()
            if rule is not None:
                return f"<{self._rule_name(rule, where)}>"
            return f"{{{self._list_name(name, where)}{slot or ':' + name}}}"

        return _REFERENCE.sub(replaced, text)

    def _rule_name(self, name: str, where: Any) -> str:
        if name not in self.own_rules:
            self.place.fail(
                where, f"the rule <{name}> is not known; {_hint(name, self.own_rules, 'expansion_rules')}"
            )
        return f"{self.space}/{name}"

    def _list_name(self, name: str, where: Any) -> str:
        if name in self.own_kinds:
            return name
        if name in self.own_lists and not (name in self.shared_lists and self.space == PACKAGED):
            return f"{self.space}/{name}"
        if _INLINE_RANGE.fullmatch(name):
            self.bank.lists.setdefault(name, slot_range(name, *inline_range(name)))
            return name
        if name not in self.shared_lists:
            known = {**self.own_lists, **dict.fromkeys(BUILT_IN)}
            self.place.fail(where, f"the list {{{name}}} is not known; {_hint(name, known, 'lists')}")
        return name

    def _refuse_circles(self) -> None:
        for name in self.own_rules:
            if _reaches(f"{self.space}/{name}", self.bank.rules, ()):
                self.place.fail(name, f"the rule <{name}> leads back to itself; take it out of its own body.")

    def _list(self, name: str, body: Any) -> SlotList:
        body = self.place.mapping(body, name, f"the list `{name}`")
        self.place.known_keys(body, _LIST_KEYS)
        if body.get("wildcard"):
            return WildcardSlotList(name=name)
        if "range" in body:
            return self._range(name, self.place.mapping(body["range"], name, f"`range` of `{name}`"))
        entries = self.place.sequence(body.get("values"), name, f"`values` of the list `{name}`")
        return TextSlotList(name=name, values=[self._value(name, entry) for entry in entries])

    def _value(self, name: str, entry: Any) -> TextSlotValue:
        if not isinstance(entry, dict):
            text = entry if isinstance(entry, Located) else str(entry)
            return TextSlotValue(self.sentence(text, name).expression, None if is_template(text) else str(text))
        if "in" not in entry:
            self.place.fail(entry if entry else name, f"a value of the list `{name}` needs `in:` (what is said).")
        text = entry["in"] if isinstance(entry["in"], Located) else str(entry["in"])
        expression = self.sentence(text, name).expression
        said = None if is_template(text) else str(text)
        return TextSlotValue(expression, entry.get("out", said), context=entry.get("context"))

    def _range(self, name: str, body: Mapping[str, Any]) -> RangeSlotList:
        self.place.known_keys(body, _RANGE_KEYS)
        try:
            low, high, step = int(body["from"]), int(body["to"]), int(body.get("step", 1))
        except (KeyError, TypeError, ValueError):
            self.place.fail(name, f"`range` of `{name}` needs whole numbers `from` and `to`.")
        if low > high or step < 1:
            self.place.fail(name, f"`range` of `{name}` must go up: `from` below `to`, `step` at least 1.")
        return slot_range(name, low, high, step, body)


def _hint(name: str, known: Iterable[str], section: str) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"did you mean “{near[0]}”?" if near else f"add it to `{section}:` of this file."


def references(expression: Expression) -> Iterable[ListReference | RuleReference]:
    """Every list and rule that `expression` names itself."""
    if isinstance(expression, Group):
        for item in expression.items:
            yield from references(item)
    elif isinstance(expression, ListReference | RuleReference):
        yield expression


def _has_gap(expression: Expression) -> bool:
    """Whether a group in it is empty, which can never match."""
    if not isinstance(expression, Group):
        return False
    return not expression.items or any(_has_gap(item) for item in expression.items)


def _reaches(rule: str, rules: Mapping[str, Sentence], seen: tuple[str, ...]) -> bool:
    if rule in seen:
        return rule == seen[0]
    inner = references(rules[rule].expression) if rule in rules else ()
    names = [reference.rule_name for reference in inner if isinstance(reference, RuleReference)]
    return any(_reaches(name, rules, (*seen, rule)) for name in names)


def read_bank(
    content: Mapping[str, Any],
    language: Language,
    shared: frozenset[str] = BUILT_IN,
    path: Path = Path("home-assistant-intents"),
) -> Bank:
    """Sentences in the shape of the home-assistant-intents package; the lists named in `shared` are not its own."""
    bank = Bank(language)
    loading = _Loading(Place(path), PACKAGED, bank, shared)
    intents = {
        name: {"data": [_asked(name, block) for block in intent["data"]]}
        for name, intent in content["intents"].items()
    }
    loading.load({"lists": content["lists"], "expansion_rules": content["expansion_rules"], "intents": intents})
    return bank


@cache
def packaged_bank(language: Language) -> Bank:
    """All sentences of the package in one language; its colours are ours, which are more."""
    return read_bank(package(language), language, path=packaged_file(language))


def _asked(intent: str, block: Mapping[str, Any]) -> dict[str, Any]:
    if intent not in _ASKED:
        return dict(block)
    return {**block, "slots": {**block.get("slots", {}), "question": block.get("response", "")}}


def _add_packaged(bank: Bank, intent: str, file: SkillSentences) -> None:
    bundle = packaged_bank(file.language)
    found = [template for template in bundle.templates if template.intent == intent]
    if not found:
        known = sorted({template.intent for template in bundle.templates})
        near = difflib.get_close_matches(intent, known, 1)
        hint = f"; did you mean {near[0]}?" if near else "; take it out."
        raise BadInput(
            f"{file.path.parent / 'skill.toml'}: `packaged` names {intent}, which the package does not have"
            f" in {file.language}{hint}"
        )
    bank.templates += [replace(template, skill=file.skill, spoken=intent not in file.typed) for template in found]
    bank.rules.update(bundle.rules)
    bank.lists.update(bundle.lists)
