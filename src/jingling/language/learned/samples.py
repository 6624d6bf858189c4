"""Sentences made from the templates of all skills, to learn from and to answer with."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, TextChunk
from hassil.intents import TextSlotList, WildcardSlotList

from jingling.core.turn import Language
from jingling.language.learned.features import words
from jingling.language.learned.spans import OUTSIDE
from jingling.language.lists import forms
from jingling.language.templates import CORE, HOME_LISTS, Bank, Template

MASKS: Mapping[str, str] = {
    "name": "{name}",
    "area": "{area}",
    "floor": "{area}",
    "duration": "{duration}",
    "datetime": "{time}",
    "time": "{time}",
    "date": "{date}",
    "color": "{color}",
    "temperature": "{number}",
    "percentage": "{number}",
    "number": "{number}",
    "ordinal": "{number}",
}
"""What stands in a sentence for the values of a list that are without end."""
NUMBER = "{number}"
_LENGTHS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?:(?:and )?\{number\}\s*-?\s*(?:hour|minute|second|day)s?\b\s*)+"),
    "zh": re.compile(r"(?:\{number\}\s*个?半?(?:小时|钟头|分钟|秒钟|秒|天)半?\s*)+"),
}
"""Numbers with their units, which in a sentence are one duration."""
WITHOUT = frozenset({"phrases.teach", "phrases.forget"})
"""What is only ever said in so many words."""
_PER_TEMPLATE = 6
_TRIES = 12
_FREE: Mapping[Language, Sequence[str]] = {
    "en": (
        "take out the trash, call my mother, the laundry, buy some bread, feed the cat, pasta, go to the dentist, "
        "water the plants, the cake in the oven, pick up the kids, my homework, drink more water, the big game"
    ).split(", "),
    "zh": "倒垃圾、给妈妈打电话、洗衣服、买点面包、喂猫、煮面、去看牙医、浇花、烤箱里的蛋糕、接孩子、写作业、多喝水、看比赛".split(
        "、"
    ),
}


class Piece(NamedTuple):
    """Literal `text`, or a value of `list`."""

    text: str = ""
    list: str = ""


@dataclass(frozen=True)
class Sample:
    """`words` have masks for values, and made-up words in the places of free text, which `tags` mark."""

    intent: str
    pieces: tuple[Piece, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]


def samples(bank: Bank, seed: int = 0) -> list[Sample]:
    """A few of each template, the same each time; words that are always there are left to the matcher."""
    found: dict[tuple[str, tuple[str, ...]], Sample] = {}
    for number, template in enumerate(bank.templates):
        if template.skill != CORE and template.intent not in WITHOUT:
            maker = _Maker(bank, random.Random(seed + number))
            for sample in maker.some(template):
                found.setdefault((sample.intent, sample.words), sample)
    return list(found.values())


class _Maker:
    def __init__(self, bank: Bank, chance: random.Random) -> None:
        self._bank = bank
        self._chance = chance

    def some(self, template: Template) -> Iterator[Sample]:
        made: set[tuple[Piece, ...]] = set()
        for _ in range(_TRIES):
            pieces = tuple(self._say(template.sentence.expression))
            if pieces not in made and len(made) < _PER_TEMPLATE:
                made.add(pieces)
                yield self._sample(str(template.intent), pieces)

    def _sample(self, intent: str, pieces: tuple[Piece, ...]) -> Sample:
        said: list[str] = []
        tags: list[str] = []
        for text, slot in _joined((self._spoken(piece), self._slot(piece)) for piece in pieces):
            new = words(_LENGTHS[self._bank.language].sub(" {duration} ", text))
            said += new
            tags += [f"{'I' if at else 'B'}-{slot}" if slot else OUTSIDE for at in range(len(new))]
        return Sample(intent, pieces, tuple(said), tuple(tags))

    def _say(self, expression: Expression) -> Iterator[Piece]:
        if isinstance(expression, TextChunk):
            yield Piece(str(expression.text))
        elif isinstance(expression, ListReference):
            yield Piece(list=str(expression.list_name))
        elif isinstance(expression, RuleReference):
            yield from self._say(self._bank.rules[expression.rule_name].expression)
        elif isinstance(expression, Alternative):
            yield from self._say(self._chance.choice(expression.items))
        elif isinstance(expression, Group):
            for item in expression.items:
                yield from self._say(item)

    def _slot(self, piece: Piece) -> str:
        free = isinstance(self._bank.lists.get(piece.list), WildcardSlotList)
        return piece.list if free else ""

    def _spoken(self, piece: Piece) -> str:
        if not piece.list:
            return piece.text
        if piece.list in MASKS or piece.list in HOME_LISTS:
            return f" {MASKS[piece.list]} "
        of = self._bank.lists[piece.list]
        if isinstance(of, WildcardSlotList):
            return self._chance.choice(_FREE[self._bank.language])
        if isinstance(of, TextSlotList):
            texts = forms(self._chance.choice(of.values), self._bank) or [""]
            return self._chance.choice(texts)
        return f" {NUMBER} "


def _joined(parts: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Literal neighbours become one text, since a word may be put together from several pieces."""
    text = ""
    for part, slot in parts:
        if slot:
            yield from ((text, ""), (part, slot))
            text = ""
        else:
            text += part
    yield text, ""
