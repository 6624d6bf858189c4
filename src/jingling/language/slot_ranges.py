"""Ranges of numbers that a slot may hold."""

from collections.abc import Mapping
from typing import Any

from hassil.intents import RangeSlotList, RangeType


def slot_range(
    name: str, low: int, high: int, step: int = 1, body: Mapping[str, Any] | None = None
) -> RangeSlotList:
    """From `low` to `high`; `body` is the list's own description."""
    body = body or {}
    return RangeSlotList(
        name=name,
        start=low,
        stop=high,
        step=step,
        type=RangeType(body.get("type", "number")),
        fraction_type=body.get("fractions"),
        multiplier=body.get("multiplier"),
    )


def inline_range(name: str) -> tuple[int, int, int]:
    """Low, high and step of `1..9` or `0..100,5`."""
    low, _, rest = name.partition("..")
    high, _, step = rest.partition(",")
    return int(low), int(high), int(step or 1)
