"""Sentences that can be said, in an order that shows what this home can do."""

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from jingling.language.base import Example


def one_of_each(examples: Iterable[Example], last: str = "") -> Sequence[Example]:
    """One of each skill in turn, then a second of each, and so on; those of the skill `last` at the end."""
    by_skill: dict[str, list[Example]] = {}
    for example in examples:
        by_skill.setdefault(example.skill, []).append(example)
    own = by_skill.pop(last, [])
    return [example for example in chain.from_iterable(zip_longest(*by_skill.values())) if example] + own
