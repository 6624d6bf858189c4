"""Slots as they stand in a sentence of words."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

OUTSIDE = "O"


class Span(NamedTuple):
    """The words from `start` up to `end` are the value of `slot`."""

    start: int
    end: int
    slot: str


def spans(tags: Sequence[str]) -> list[Span]:
    """The slots of tags such as O, B-city, I-city; an I- that continues nothing begins a slot, as conlleval has it."""
    found: list[Span] = []
    start, slot = 0, ""
    for at, tag in enumerate([*tags, OUTSIDE]):
        kind, _, name = tag.partition("-")
        if slot and (kind != "I" or name != slot):
            found.append(Span(start, at, slot))
            slot = ""
        if name and not slot:
            start, slot = at, name
    return found


def tags(length: int, of: Iterable[Span]) -> list[str]:
    tagged = [OUTSIDE] * length
    for span in of:
        tagged[span.start : span.end] = [f"B-{span.slot}", *[f"I-{span.slot}"] * (span.end - span.start - 1)]
    return tagged
