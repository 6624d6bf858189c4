"""Sentences made from templates at random, each with what it means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.intents import RangeSlotList, SlotList, TextSlotList, TextSlotValue, WildcardSlotList

from jingling.core.turn import Intent, Language, Slots
from jingling.language.base import Name
from jingling.language.templates import BUILT_IN, Bank, Template
from jingling.language.values.find import PHRASES, parse
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word
from jingling.language.values.spelling import spell

_TRIES = 12
_ANY_WORDS: dict[Language, tuple[str, ...]] = {
    "en": ("oat milk", "grandma's parcel", "blue folders"),
    "zh": ("燕麦牛奶", "外婆的包裹", "蓝色文件夹"),
}


@dataclass(frozen=True)
class Sample:
    """`text` means `intent` when it is said in the place named `area` (None: anywhere)."""

    text: str
    intent: Intent
    template: Template
    area: str | None = None


@dataclass
class _Saying:
    """A sentence on its way: the template, and the slots filled so far."""

    template: Template
    slots: Slots = field(default_factory=dict)


class CannotSay(Exception):
    """Nothing can be said for a piece of a template, such as a list without values."""


class Sampler:
    """Says templates of `bank` with `names`; the same `random` gives the same sentences."""

    def __init__(self, bank: Bank, names: Sequence[Name], random: Random, now: datetime) -> None:
        self._bank = bank
        self._names = names
        self._random = random
        self._now = now

    def samples(self, template: Template, count: int) -> list[Sample]:
        """At most `count` different ones; none when nothing can be said for it in this home."""
        made = (self._sample(template) for _ in range(count * _TRIES))
        different = {sample.text: sample for sample in made if sample is not None and sample.text}
        return list(islice(different.values(), count))

    def _sample(self, template: Template) -> Sample | None:
        saying = _Saying(template, dict(template.slots))
        area = self._area(template)
        try:
            text = self._say(template.sentence.expression, saying)
        except CannotSay:
            return None
        if area is not None and template.needs_area:
            saying.slots.setdefault("area", area)
        return Sample(" ".join(text.split()), Intent(str(template.intent), saying.slots), template, area)

    def _area(self, template: Template) -> str | None:
        """A place to say it in, for a template that needs one."""
        areas = [name.value for name in self._names if name.kind == "area"]
        return self._random.choice(areas) if "area" in template.requires and areas else None

    def _say(self, expression: Expression, saying: _Saying) -> str:
        if isinstance(expression, TextChunk):
            return str(expression.text)
        if isinstance(expression, Sentence):
            return self._say(expression.expression, saying)
        if isinstance(expression, RuleReference):
            return self._say(self._bank.rules[expression.rule_name].expression, saying)
        if isinstance(expression, ListReference):
            return self._list(expression, saying)
        if isinstance(expression, Alternative):
            return self._say(self._random.choice(expression.items), saying)
        if isinstance(expression, Permutation):
            return "".join(f" {self._say(item, saying)} " for item in self._shuffled(expression.items))
        if isinstance(expression, Group):
            return "".join(self._say(item, saying) for item in expression.items)
        raise CannotSay(expression)

    def _shuffled(self, items: Sequence[Expression]) -> list[Expression]:
        return self._random.sample(list(items), len(items))

    def _list(self, reference: ListReference, saying: _Saying) -> str:
        text, value = self._value(reference.list_name, saying)
        saying.slots[reference.slot_name] = value
        return text

    def _value(self, name: str, saying: _Saying) -> tuple[str, Any]:
        if name in self._bank.kinds:
            return self._name(name, saying.template)
        if name in BUILT_IN:
            return self._phrase(name)
        slot_list = self._bank.lists.get(name)
        if isinstance(slot_list, RangeSlotList):
            return self._number(slot_list)
        if isinstance(slot_list, TextSlotList):
            return self._text(slot_list, saying)
        if isinstance(slot_list, WildcardSlotList):
            words = self._random.choice(_ANY_WORDS[self._bank.language])
            return words, words
        raise CannotSay(name)

    def _name(self, kind: str, template: Template) -> tuple[str, Any]:
        fitting = [name for name in self._names if name.kind == kind and template.allows(name.context)]
        if not fitting:
            raise CannotSay(kind)
        name = self._random.choice(fitting)
        return name.text, name.value

    def _phrase(self, name: str) -> tuple[str, Any]:
        """A value that every skill has, said in a random way."""
        language = self._bank.language
        for _ in range(_TRIES):
            words = _words(PHRASES[language][name], self._random)
            text = (" " if language == "en" else "").join(words)
            value = parse(name, text, language, self._now) if text else None
            if value is not None:
                return text, value
        raise CannotSay(name)

    def _number(self, slot_range: RangeSlotList) -> tuple[str, Any]:
        number = self._random.randrange(slot_range.start, slot_range.stop + 1, slot_range.step)
        value = number if slot_range.multiplier is None else number * slot_range.multiplier
        apart = " " if self._bank.language == "en" else ""
        return f"{apart}{spell(number, self._bank.language)}{apart}", value

    def _text(self, slot_list: SlotList, saying: _Saying) -> tuple[str, Any]:
        assert isinstance(slot_list, TextSlotList)
        fitting = [value for value in slot_list.values if self._fits(value, saying.template)]
        if not fitting:
            raise CannotSay(slot_list.name)
        value = self._random.choice(fitting)
        text = " ".join(self._say(value.text_in, saying).split())
        return text, text if value.value_out is None else value.value_out

    @staticmethod
    def _fits(value: TextSlotValue, template: Template) -> bool:
        return template.allows(value.context or {})


def _words(phrase: Phrase, random: Random) -> Iterator[str]:
    """Words that `phrase` may be read from; what is only ever written in digits is left out."""
    if isinstance(phrase, Word):
        yield phrase.text
    elif isinstance(phrase, Alt) and phrase.options:
        yield from _words(random.choice(phrase.options), random)
    elif isinstance(phrase, Typed | Opt):
        if isinstance(phrase, Typed) or random.random() < 0.5:
            yield from _words(phrase.part, random)
    elif isinstance(phrase, Seq):
        for part in phrase.parts:
            yield from _words(part, random)
