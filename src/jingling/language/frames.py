"""Which slots each intent can have, so that half a sentence can be completed from the one before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference
from hassil.intents import RangeSlotList, TextSlotList, WildcardSlotList
from hassil.sample import sample_expression

from jingling.core.turn import Intent, Language, Slots
from jingling.language.base import Name, Names
from jingling.language.templates import Bank, Template

_PLACED = frozenset({"name", "area", "floor", "everywhere", "which", "preferred_area_id", "recent"})
_NUMBERS = frozenset({"number", "percentage", "temperature"})
_LENGTHS = frozenset({"duration"})
_LENGTH_SLOTS = frozenset({"duration", "hours", "minutes", "seconds"})
_TIMES = frozenset({"time", "date", "datetime"})
_TIME_SLOTS = frozenset({"time", "date", "datetime", "when", "ahead"})
_KIND_SLOTS = ("domain", "device_class")
_CHOICES_MAX = 12


@dataclass(frozen=True)
class Frame:
    """Of one template: the lists that fill its slots; the slots that it always has; those of any words."""

    template: Template
    lists: Mapping[str, str]
    required: frozenset[str]
    free: frozenset[str] = frozenset()

    def accepts(self, slots: Slots, context: Mapping[str, str] | None) -> bool:
        fixed = self.template.slots
        if any(slots.get(key) != value for key, value in fixed.items()):
            return False
        free = slots.keys() - fixed.keys() - ({"area"} if self.template.needs_area else set())
        if not free <= self.lists.keys() or not self.required <= slots.keys():
            return False
        return context is None or self.template.allows(context)


@dataclass
class Frames:
    """Of all intents that the banks have sentences for."""

    banks: Mapping[Language, Bank]
    names: Names
    _frames: dict[tuple[Language, str], list[Frame]] = field(default_factory=dict)

    def completed(self, before: Intent, said: Slots, language: Language) -> Intent | None:
        """`before` with what was `said` in the place of what it had, when a sentence could mean that."""
        for slots in self._candidates(before, said, language):
            if slots != before.slots and self._accepts(before.name, slots, language):
                return Intent(before.name, slots, before.confidence, before.source)
        return None

    def takes_any_words(self, intent: Intent, before: Intent, language: Language) -> bool:
        """Whether `intent` has a slot that took whatever words there were, other than `before` had."""
        free = frozenset[str]().union(*(frame.free for frame in self._of(intent.name, language)))
        new = [slot for slot in free & intent.slots.keys() if intent.slots[slot] != before.slots.get(slot)]
        return any(not self._is_known(intent, slot, language) for slot in new)

    def _is_known(self, intent: Intent, slot: str, language: Language) -> bool:
        bank, value = self.banks[language], intent.slots[slot]
        names = {frame.lists[slot] for frame in self._of(intent.name, language) if slot in frame.lists}
        lists = [bank.lists[name] for name in names if name in bank.lists]
        return any(
            value == (each.value_out if each.value_out is not None else str(each.text_in))
            for one in lists
            if isinstance(one, TextSlotList)
            for each in one.values
        )

    def choices(self, expect: str, slot: str, language: Language) -> list[str]:
        """What may fill `slot` in answer to a question that expects `expect`, as it is said."""
        bank = self.banks[language]
        names = dict.fromkeys(
            frame.lists[slot]
            for template in bank.answers.get(expect, ())
            for frame in [_frame(template, bank)]
            if slot in frame.lists
        )
        said = [text for name in names for text in _sayings(bank, name)]
        return list(dict.fromkeys(said))[:_CHOICES_MAX]

    def _candidates(self, before: Intent, said: Slots, language: Language) -> Iterable[Slots]:
        if _PLACED & said.keys():
            yield from self._elsewhere(before, said, language)
            return
        yield from _same_unit(before.slots, said)
        yield from _same_day(before.slots, said)
        for kind, value in said.items():
            for slot in self._slots_of(before.name, kind, language):
                family = _family(slot)
                rest = {key: old for key, old in before.slots.items() if key not in family and key != slot}
                if family & before.slots.keys() or slot in before.slots or kind in _TIMES | _LENGTHS:
                    yield {**rest, slot: value}

    def _elsewhere(self, before: Intent, said: Slots, language: Language) -> Iterable[Slots]:
        """The same for another thing or place: first as precise as before, then without the kind of thing."""
        rest = {key: value for key, value in before.slots.items() if key not in _PLACED}
        if "name" in before.slots and "name" not in said:
            context = self._context(before.slots["name"], language)
            kinds = {key: context[key] for key in _KIND_SLOTS if key in context}
            yield {**rest, **kinds, **said}
            yield {**rest, **{key: kinds[key] for key in ("domain",) if key in kinds}, **said}
        yield {**rest, **said}
        yield {**{key: value for key, value in rest.items() if key not in _KIND_SLOTS}, **said}
        yield {**{key: value for key, value in rest.items() if key not in (*_KIND_SLOTS, "question")}, **said}

    def _slots_of(self, intent: str, kind: str, language: Language) -> list[str]:
        """The slots of `intent` that a value of `kind` can fill."""
        bank = self.banks[language]
        return list(
            dict.fromkeys(
                slot
                for frame in self._of(intent, language)
                for slot, name in frame.lists.items()
                if _fits(kind, name, bank)
            )
        )

    def _accepts(self, intent: str, slots: Slots, language: Language) -> bool:
        context = self._context(slots["name"], language) if "name" in slots else None
        return any(frame.accepts(slots, context) for frame in self._of(intent, language))

    def _context(self, value: object, language: Language) -> Mapping[str, str]:
        known: Sequence[Name] = self.names.names(language)
        return next((name.context for name in known if name.kind == "name" and name.value == value), {})

    def _of(self, intent: str, language: Language) -> list[Frame]:
        key = (language, intent)
        if key not in self._frames:
            bank = self.banks[language]
            mine = [template for template in bank.templates if template.intent == intent]
            self._frames[key] = [_frame(template, bank) for template in mine]
        return self._frames[key]


def _same_unit(before: Slots, said: Slots) -> Iterable[Slots]:
    """A bare number after a length is of its unit: "ten minutes", "no, thirty"."""
    number = said.get("number", said.get("percentage"))
    units = [slot for slot in _LENGTH_SLOTS if slot in before]
    if not isinstance(number, int | float) or len(units) != 1:
        return
    unit, old = units[0], before[units[0]]
    factor = next(size for size in (3600, 60, 1) if old % size == 0) if unit == "duration" else 1
    yield {**before, unit: number * factor}


def _same_day(before: Slots, said: Slots) -> Iterable[Slots]:
    """A bare time after one is of the same day, and of the same half of it: "tomorrow at seven", "no, eight"."""
    old = str(before.get("time") or str(before.get("datetime", ""))[11:16])
    if "time" not in said or not old:
        return
    at = min(_halves(str(said["time"])), key=lambda each: abs(_minutes(each) - _minutes(old)))
    if "time" in before:
        yield {**before, "time": at}
    else:
        moment = datetime.fromisoformat(str(before["datetime"]))
        yield {**before, "datetime": moment.replace(hour=int(at[:2]), minute=int(at[3:5])).isoformat()}


def _halves(at: str) -> list[str]:
    """Seven is seven in the morning or in the evening; 19:00 is what it is."""
    hour = int(at[:2])
    return [at, f"{hour + 12:02}{at[2:]}"] if hour < 12 else [at]


def _minutes(at: str) -> int:
    return int(at[:2]) * 60 + int(at[3:5])


def _family(slot: str) -> frozenset[str]:
    if slot in _LENGTH_SLOTS:
        return _LENGTH_SLOTS
    return _TIME_SLOTS if slot in _TIME_SLOTS else frozenset({slot})


def _fits(kind: str, name: str, bank: Bank) -> bool:
    """Whether a list can hold a value of `kind`: numbers go for percentages, degrees and ranges."""
    if kind == name:
        return True
    if kind in _NUMBERS:
        return name in _NUMBERS or isinstance(bank.lists.get(name), RangeSlotList)
    return kind in _TIMES and name in _TIMES


def _frame(template: Template, bank: Bank) -> Frame:
    lists: dict[str, str] = {}
    required = _walk(template.sentence.expression, bank, lists)
    free = {slot for slot, name in lists.items() if isinstance(bank.lists.get(name), WildcardSlotList)}
    closed = {slot: name for slot, name in lists.items() if slot not in free}
    return Frame(template, closed, required, frozenset(free))


def _walk(expression: Expression, bank: Bank, lists: dict[str, str]) -> frozenset[str]:
    """Collects the slots of `expression` into `lists`; returns those that it always has."""
    if isinstance(expression, ListReference):
        lists.setdefault(str(expression.slot_name), str(expression.list_name))
        return frozenset({str(expression.slot_name)})
    if isinstance(expression, RuleReference):
        return _walk(bank.rules[expression.rule_name].expression, bank, lists)
    if not isinstance(expression, Group):
        return frozenset()
    parts = [_walk(item, bank, lists) for item in expression.items]
    if isinstance(expression, Alternative):
        return frozenset.intersection(*parts) if parts and not expression.is_optional else frozenset()
    return frozenset().union(*parts)


def _sayings(bank: Bank, name: str) -> Iterable[str]:
    """The first way to say each value of a list."""
    values = bank.lists.get(name)
    if isinstance(values, TextSlotList):
        for value in values.values:
            said = next(iter(islice(sample_expression(value.text_in, {}, bank.rules), 1)), "")
            if text := " ".join(said.split()):
                yield text
