"""Random sentences of the skills' own templates, in pieces, so that an error can be put into a name or a number."""

import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.intents import RangeSlotList, TextSlotList

from jingling.core.turn import Language
from jingling.language.base import Name
from jingling.language.lists import forms
from jingling.language.templates import CORE, HOME_LISTS, Bank, Template
from jingling.language.values.spelling import ways

NAME, NUMBER, WORD = "name", "number", "word"
_OPTIONAL = 0.3


class Piece(NamedTuple):
    text: str
    kind: str = WORD


class Said(NamedTuple):
    """A sentence of `intent`, in pieces."""

    intent: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces).split())


class Sampler:
    def __init__(self, bank: Bank, names: Sequence[Name], chance: random.Random) -> None:
        self._bank = bank
        self._names = names
        self._chance = chance
        self._fitting: dict[tuple[str, str], list[Name]] = {}
        self._by_intent: dict[str, list[Template]] = {}
        for template in bank.templates:
            if template.skill != CORE and not template.needs_area:
                self._by_intent.setdefault(template.intent, []).append(template)

    def sentence(self) -> Said | None:
        """Of any intent; None: that one cannot be said, or holds neither a name nor a number."""
        intent = self._chance.choice(list(self._by_intent))
        template = self._chance.choice(self._by_intent[intent])
        pieces = self._say(template.sentence.expression, template)
        if pieces is None or all(piece.kind == WORD for piece in pieces):
            return None
        return Said(str(intent), tuple(pieces))

    def _say(self, expression: Expression, template: Template) -> list[Piece] | None:
        if isinstance(expression, TextChunk):
            return [Piece(str(expression.text))]
        if isinstance(expression, ListReference):
            return self._value(expression.list_name, template)
        if isinstance(expression, RuleReference):
            return self._say(self._bank.rules[expression.rule_name].expression, template)
        if isinstance(expression, Alternative):
            if expression.is_optional:
                said = self._chance.random() < _OPTIONAL
                return (
                    self._say(self._chance.choice(expression.items[:-1] or expression.items), template)
                    if said
                    else []
                )
            return self._say(self._chance.choice(expression.items), template)
        items = list(expression.items) if isinstance(expression, Group) else []
        if isinstance(expression, Permutation):
            self._chance.shuffle(items)
        return self._all(items, template)

    def _all(self, items: Iterable[Expression], template: Template) -> list[Piece] | None:
        said: list[Piece] = []
        for item in items:
            pieces = self._say(item, template)
            if pieces is None:
                return None
            said += pieces
        return said

    def _value(self, name: str, template: Template) -> list[Piece] | None:
        if name in HOME_LISTS:
            key = (name, template.where)
            if key not in self._fitting:
                such = [one for one in self._names if one.kind == name and template.allows(one.context)]
                self._fitting[key] = such
            fitting = self._fitting[key]
            return [Piece(self._chance.choice(fitting).text, NAME)] if fitting else None
        if name in _VALUES:
            return values(name, self._bank.language, self._chance)
        slot_list = self._bank.lists.get(name)
        if isinstance(slot_list, RangeSlotList):
            number = self._chance.randrange(slot_list.start, slot_list.stop + 1, slot_list.step)
            return [Piece(_number(number, self._bank.language, self._chance), NUMBER)] if number >= 0 else None
        if isinstance(slot_list, TextSlotList):
            said = forms(self._chance.choice(slot_list.values), self._bank)
            return [Piece(self._chance.choice(said))] if said else None
        return None


_VALUES = frozenset(
    ("number", "percentage", "temperature", "duration", "time", "datetime", "date", "color", "ordinal")
)


def _number(number: int, language: Language, chance: random.Random) -> str:
    return chance.choice(ways(number, language))


def values(name: str, language: Language, chance: random.Random) -> list[Piece] | None:
    """A value of one of the lists that every skill has, its number apart."""
    low, high = {"percentage": (1, 100), "temperature": (16, 30), "duration": (2, 59), "time": (1, 12)}.get(
        name, (1, 20)
    )
    number = Piece(_number(chance.randint(low, high), language, chance), NUMBER)
    around: dict[str, tuple[str, str]] = (
        {
            "number": ("", ""),
            "percentage": ("", " percent"),
            "temperature": ("", " degrees"),
            "duration": ("", chance.choice((" minutes", " seconds", " hours"))),
            "time": ("", chance.choice((" o'clock", " thirty"))),
            "datetime": ("in ", " minutes"),
        }
        if language == "en"
        else {
            "number": ("", ""),
            "percentage": ("百分之", ""),
            "temperature": ("", "度"),
            "duration": ("", chance.choice(("分钟", "秒", "小时"))),
            "time": ("", "点"),
        }
    )
    if name == "color":
        return [
            Piece({"en": ("red", "green", "blue"), "zh": ("红色", "绿色", "蓝色")}[language][chance.randrange(3)])
        ]
    if name not in around:
        return None
    before, after = around[name]
    return [Piece(before), number, Piece(after)]
