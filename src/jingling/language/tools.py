"""A skill's sentences as tools of a language model: JSON Schema out, checked intents back in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, TextChunk
from hassil.intents import RangeSlotList, TextSlotList

from jingling.core.errors import BadInput
from jingling.core.turn import Intent, Slots
from jingling.language.chat.base import Tool
from jingling.language.slot_values import checked, record
from jingling.language.templates import CORE, Bank, Template

SOURCE = "llm"
CATCH_ALL = "unknown"
"""The verb of an intent that only takes what a skill did not understand."""
ENUM_MAX = 40
EXAMPLES_MAX = 3
NAME_CHARS_MAX = 64
_UNNAMEABLE = re.compile(r"[^A-Za-z0-9_-]")
_TEXT = {"type": "string"}
SCHEMAS: Mapping[str, dict[str, Any]] = {
    "number": {"type": "number"},
    "percentage": {"type": "number", "minimum": 0, "maximum": 100, "description": "percent"},
    "temperature": {"type": "number", "description": "degrees"},
    "color": {"type": "string", "description": "English (CSS) colour name"},
    "duration": {"type": "number", "minimum": 0, "maximum": 31_536_000, "description": "seconds"},
    "time": {"type": "string", "format": "time", "description": "time of day, 24 hours, such as 19:30"},
    "datetime": {"type": "string", "format": "date-time", "description": "ISO 8601 with offset"},
    "date": {"type": "string", "format": "date", "description": "ISO 8601 date"},
    "fraction": {"type": "number", "description": "such as 0.5"},
    "money": record(
        amount_minor={"type": "integer", "minimum": 0, "description": "in the smallest unit: cents, fen"},
        currency={
            "type": "string",
            "pattern": "[A-Z]{3}|",
            "description": "ISO 4217, or empty when none was named",
        },
    ),
    "quantity": record(value={"type": "number"}, unit={"type": "string"}),
    "period": record(
        start={"type": "string", "format": "date-time"},
        end={"type": "string", "format": "date-time", "description": "exclusive"},
    ),
    "recurrence": record(
        {"rule"},
        rule={"type": "string", "pattern": "FREQ=[A-Z]+(;[A-Z]+=[A-Z0-9,+-]+)*", "description": "RFC 5545"},
        at={"type": "string", "format": "time"},
    ),
    "ordinal": {"type": "integer", "description": "its number in the list, from 1"},
    "name": {"type": "string", "description": "name of a thing of this home"},
    "area": {"type": "string", "description": "name of a room of this home"},
    "floor": {"type": "string", "description": "name of a floor of this home"},
}


@dataclass(frozen=True)
class _Reach:
    """The slots that an expression fills however it is said, and each (slot, list) that it may fill."""

    always: frozenset[str] = frozenset()
    possible: frozenset[tuple[str, str]] = frozenset()

    def then(self, other: "_Reach") -> "_Reach":
        return _Reach(self.always | other.always, self.possible | other.possible)

    def instead(self, other: "_Reach") -> "_Reach":
        return _Reach(self.always & other.always, self.possible | other.possible)


@dataclass(frozen=True)
class _Form:
    """One way to say an intent: which slots it must have, may have and brings along."""

    always: frozenset[str]
    possible: frozenset[str]
    fixed: tuple[tuple[str, Any], ...]
    here: bool

    def fits(self, slots: Slots) -> bool:
        return self.always <= slots.keys() and all(slots.get(key, value) == value for key, value in self.fixed)

    def missing(self, slots: Slots) -> Slots:
        return {key: value for key, value in self.fixed if key not in slots}

    def extra(self, slots: Slots) -> int:
        return len(slots.keys() - self.possible - dict(self.fixed).keys())


@dataclass(frozen=True)
class _Entry:
    tool: Tool
    intent: str
    forms: tuple[_Form, ...]


class Toolbox:
    """The intents of one language's sentences. `core.*` is not among them: nothing here answers a question."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._rules: dict[str, _Reach] = {}
        self._entries = {entry.tool.name: entry for entry in self._all()}

    @property
    def tools(self) -> Sequence[Tool]:
        return [entry.tool for entry in self._entries.values()]

    def intent(self, name: str, arguments: Mapping[str, Any], area: str | None) -> Intent:
        """What a call of the tool `name` means; `area` is the name of the speaker's place.

        Raises BadInput with a sentence that tells the caller what to mend.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise BadInput(f"There is no tool named {name[:NAME_CHARS_MAX]!r}.")
        properties = entry.tool.parameters["properties"]
        unknown = sorted(str(key)[:NAME_CHARS_MAX] for key in arguments if key not in properties)
        if unknown:
            known = ", ".join(properties) or "none"
            raise BadInput(f"{name} has no argument {', '.join(unknown)}; it has: {known}.")
        given = {key: value for key, value in arguments.items() if value not in (None, "")}
        slots = {key: checked(key, value, properties[key]) for key, value in given.items()}
        return Intent(entry.intent, _completed(entry, slots, area), source=SOURCE)

    def _all(self) -> Iterable[_Entry]:
        by_intent: dict[str, list[Template]] = {}
        for template in self._bank.templates:
            if template.skill != CORE and template.intent.rpartition(".")[2] != CATCH_ALL:
                by_intent.setdefault(template.intent, []).append(template)
        for intent, templates in by_intent.items():
            yield self._entry(intent, templates)

    def _entry(self, intent: str, templates: Sequence[Template]) -> _Entry:
        reaches = [self._reach(template.sentence.expression) for template in templates]
        forms = tuple(dict.fromkeys(_form(*pair) for pair in zip(templates, reaches, strict=True)))
        parameters = {
            "type": "object",
            "properties": self._properties(templates, reaches),
            "required": sorted(_needed(forms)),
            "additionalProperties": False,
        }
        return _Entry(Tool(tool_name(intent), self._description(intent, templates), parameters), intent, forms)

    def _reach(self, expression: Expression) -> _Reach:
        if isinstance(expression, ListReference):
            return _Reach(
                frozenset({expression.slot_name}), frozenset({(expression.slot_name, expression.list_name)})
            )
        if isinstance(expression, RuleReference):
            return self._rule(expression.rule_name)
        if not isinstance(expression, Group):
            return _Reach()
        parts = [self._reach(item) for item in expression.items]
        if not isinstance(expression, Alternative):
            return reduce(_Reach.then, parts, _Reach())
        return reduce(_Reach.instead, [*parts, _Reach()] if expression.is_optional else parts)

    def _rule(self, name: str) -> _Reach:
        if name not in self._rules:
            self._rules[name] = self._reach(self._bank.rules[name].expression)
        return self._rules[name]

    def _properties(self, templates: Sequence[Template], reaches: Sequence[_Reach]) -> dict[str, Any]:
        lists: dict[str, dict[str, None]] = {}
        for reach in reaches:
            for slot, name in sorted(reach.possible):
                lists.setdefault(slot, {})[name] = None
        fixed: dict[str, dict[Any, None]] = {}
        for template in templates:
            for slot, value in _plain(template.slots).items():
                fixed.setdefault(slot, {})[value] = None
            if template.needs_area:
                lists.setdefault("area", {})["area"] = None
        return {
            slot: _merged([self._schema(name) for name in lists.get(slot, {})], list(fixed.get(slot, {})))
            for slot in sorted({*lists, *fixed})
        }

    def _schema(self, name: str) -> dict[str, Any]:
        if name in SCHEMAS:
            return dict(SCHEMAS[name])
        slot_list = self._bank.lists.get(name)
        if isinstance(slot_list, RangeSlotList):
            by = slot_list.multiplier or 1
            whole = by == 1 and not slot_list.fraction_type
            low, high = sorted((slot_list.start * by, slot_list.stop * by))
            return {"type": "integer" if whole else "number", "minimum": low, "maximum": high}
        if isinstance(slot_list, TextSlotList):
            values = list(dict.fromkeys(value.value_out for value in slot_list.values))
            plain = [value for value in values if isinstance(value, str | int | float)]
            if len(plain) == len(values) <= ENUM_MAX:
                return {"enum": plain}
        return dict(_TEXT)

    def _description(self, intent: str, templates: Sequence[Template]) -> str:
        """What people say for it, with <slots> where values stand."""
        given = self._bank.examples.get(intent)
        texts = [self._said(sentence.expression) for sentence in given.sentences] if given else []
        shortest = sorted((self._said(one.sentence.expression) for one in templates), key=len)
        said = dict.fromkeys(" ".join(text.split()) for text in [*texts, *shortest] if text.strip())
        return "People say: " + "; ".join(list(said)[:EXAMPLES_MAX])

    def _said(self, expression: Expression) -> str:
        """A template said the short way."""
        if isinstance(expression, TextChunk):
            return str(expression.text)
        if isinstance(expression, ListReference):
            return f"<{expression.slot_name}>"
        if isinstance(expression, RuleReference):
            return self._said(self._bank.rules[expression.rule_name].expression)
        if isinstance(expression, Alternative):
            return "" if expression.is_optional else self._said(expression.items[0])
        return "".join(map(self._said, expression.items)) if isinstance(expression, Group) else ""


def tool_name(intent: str) -> str:
    """`coffee.orderDrink` → `coffee-orderDrink`: letters, digits, _ and - only, 64 at most."""
    return _UNNAMEABLE.sub("-", intent)[:NAME_CHARS_MAX]


def _form(template: Template, reach: _Reach) -> _Form:
    possible = frozenset(slot for slot, _ in reach.possible)
    always = reach.always | ({"area"} if template.needs_area else frozenset())
    return _Form(always, possible | always, tuple(sorted(_plain(template.slots).items())), template.needs_area)


def _plain(slots: Slots) -> Slots:
    return {key: value for key, value in slots.items() if isinstance(value, str | int | float | bool)}


def _needed(forms: Sequence[_Form]) -> frozenset[str]:
    """What every form has in words of its own, or in more than one value to choose from."""
    in_all = [(form.always - ({"area"} if form.here else set())) | dict(form.fixed).keys() for form in forms]
    shared = frozenset.intersection(*map(frozenset, in_all))
    spoken = {slot for form in forms for slot in form.possible}
    return frozenset(
        slot for slot in shared if slot in spoken or len({dict(form.fixed).get(slot) for form in forms}) > 1
    )


def _merged(schemas: Sequence[dict[str, Any]], fixed: Sequence[Any]) -> dict[str, Any]:
    """One schema for a slot that several lists fill, or that is told by the sentence itself."""
    values = dict.fromkeys([*(value for schema in schemas for value in schema.get("enum", ())), *fixed])
    texts = [schema for schema in schemas if schema.get("type") == "string"]
    numbers = [schema for schema in schemas if schema.get("type") in ("number", "integer")]
    kinds = [*texts[:1], *([_range_of(numbers)] if numbers else [])]
    kinds += [schema for schema in schemas if schema.get("type") == "object"]
    enum = [one for one in values if not texts and not (numbers and isinstance(one, int | float))]
    kinds += [{"enum": enum}] if enum else []
    return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}


def _range_of(numbers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """From the lowest to the highest of several ranges; open where one of them is."""
    whole = all(schema["type"] == "integer" for schema in numbers)
    merged = {**numbers[0], "type": "integer" if whole else "number"}
    for bound, furthest in (("minimum", min), ("maximum", max)):
        bounds = [schema[bound] for schema in numbers if bound in schema]
        merged.pop(bound, None)
        if len(bounds) == len(numbers):
            merged[bound] = furthest(bounds)
    return merged


def _completed(entry: _Entry, slots: Slots, area: str | None) -> Slots:
    """`slots` with what the sentence that they fit brings along. Raises BadInput when none fits, or too many."""
    tried = [(form, {"area": area, **slots} if form.here and area else slots) for form in entry.forms]
    fitting = [(form, given) for form, given in tried if form.fits(given)]
    if not fitting:
        raise BadInput(f"{entry.tool.name} needs more: {_wanted(entry.forms, slots)}.")
    found = [(_distance(form, given, slots), {**form.missing(given), **given}) for form, given in fitting]
    nearest = min(distance for distance, _ in found)
    best = [completed for distance, completed in found if distance == nearest]
    if any(rival != best[0] for rival in best):
        raise BadInput(f"{entry.tool.name} needs more: {_choices(entry.forms, slots)}.")
    return best[0]


def _distance(form: _Form, given: Slots, slots: Slots) -> tuple[int, int, bool]:
    """Little too much, little added, and here rather than anywhere, unless everywhere was said."""
    here = given.keys() != slots.keys()
    return form.extra(given), len(form.missing(given)), here == bool(slots.get("everywhere"))


def _wanted(forms: Sequence[_Form], slots: Slots) -> str:
    """The shortest lists of arguments that would do."""
    lacking = sorted({tuple(sorted(form.always - slots.keys())) for form in forms}, key=lambda one: (len(one), one))
    return " or ".join(" and ".join(one) for one in lacking[:4] if one) or "other values"


def _choices(forms: Sequence[_Form], slots: Slots) -> str:
    told = {f"{key} = {value}" for form in forms if form.fits(slots) for key, value in form.missing(slots).items()}
    return "one of " + ", ".join(sorted(told)[:8])
