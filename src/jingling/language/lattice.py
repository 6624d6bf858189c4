"""What may have been said besides what was heard."""

from typing import NamedTuple

from jingling.language.base import Name

FREE_WORD = 0.15
"""What each word costs that stands for any words (in a wildcard), where guesses are weighed against it."""


class Edge(NamedTuple):
    """The words from `start` up to `end` of an utterance may stand for something else, at a `cost` above 0.

    `words` are what is read in their place (nothing: they are skipped), unless `name` says which name is meant.
    """

    start: int
    end: int
    cost: float
    words: tuple[str, ...] = ()
    name: Name | None = None
