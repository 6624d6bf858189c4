"""All sentences of a language as one deterministic automaton over words and whole lists."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from hassil.expression import Expression
from msgspec import Struct

from jingling.language.graph import leaves_first
from jingling.language.matching.net import GLUED, PREFIX, Label, Net, Reference

Arcs = tuple[tuple[int, int], ...]
"""Pairs of a reference's number and the state behind its value."""


class Sentence(NamedTuple):
    """What can be said, and the number that tells it from all others; `group` names the start that leads to it."""

    group: str
    number: int
    expression: Expression


class Automaton(Struct, frozen=True):
    """States are numbers.

    `words[s]` leads from `s` by a word, `lists[s]` by a value of a list, `glued[s]` by the end of the word whose
    beginning was a value, `prefixed[s]` by the beginning of a word whose end is a value. `accepts[s]` are the
    numbers of the sentences that end in `s`; `starts` has one state a group. `literals` are all words of the
    sentences themselves.
    """

    words: list[dict[str, int]]
    lists: list[Arcs]
    glued: dict[int, dict[str, int]]
    prefixed: dict[int, dict[str, int]]
    accepts: list[tuple[int, ...]]
    starts: dict[str, int]
    references: list[Reference]

    @property
    def literals(self) -> frozenset[str]:
        return frozenset().union(*self.words)


def compiled(sentences: Iterable[Sentence], rules: Mapping[str, Expression], characters: bool) -> Automaton:
    """`characters`: the words of this language are not set apart by spaces."""
    with _uncollected():
        return _compiled(sentences, Net(rules.__getitem__, characters))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing made here is garbage until the end; looking for some would take as long again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _compiled(sentences: Iterable[Sentence], net: Net) -> Automaton:
    starts: dict[str, list[int]] = {}
    numbers: dict[int, int] = {}
    seen: dict[int, tuple[int, int]] = {}
    for group, number, expression in sentences:
        known = seen.get(number)
        start, end = known or net.add(expression)
        seen[number] = (start, end)
        starts.setdefault(group, []).append(start)
        numbers[end] = number
    return _Subsets(net, numbers).automaton(starts)


class _Subsets:
    """Sets of states of a net as the states of an automaton."""

    def __init__(self, net: Net, numbers: Mapping[int, int]) -> None:
        self._net = net
        self._sentences = numbers
        self._numbers: dict[frozenset[int], int] = {}
        self._order: list[frozenset[int]] = []

    def automaton(self, starts: Mapping[str, Sequence[int]]) -> Automaton:
        firsts = {group: self._number(states) for group, states in starts.items()}
        arcs: list[dict[Label, int]] = []
        accepts: list[tuple[int, ...]] = []
        for subset in self._order:
            following, ends = self._after(subset)
            arcs.append({label: self._number(targets) for label, targets in following.items()})
            accepts.append(tuple(sorted(self._sentences[end] for end in ends)))
        return _smallest(arcs, accepts, firsts, list(self._net.references))

    def _number(self, states: Iterable[int]) -> int:
        subset = frozenset(states)
        number = self._numbers.get(subset)
        if number is None:
            number = self._numbers[subset] = len(self._order)
            self._order.append(subset)
        return number

    def _after(self, subset: frozenset[int]) -> tuple[dict[Label, list[int]], set[int]]:
        following: dict[Label, list[int]] = {}
        ends: set[int] = set()
        for state in subset:
            steps, reached = self._net.steps(state)
            ends |= reached
            for label, target in steps:
                following.setdefault(label, []).append(target)
        return following, ends


def _smallest(
    arcs: Sequence[dict[Label, int]],
    accepts: Sequence[tuple[int, ...]],
    starts: Mapping[str, int],
    references: list[Reference],
) -> Automaton:
    """States from which the same can be said become one."""
    same: dict[object, int] = {}
    new: dict[int, int] = {}
    automaton = Automaton([], [], {}, {}, [], {}, references)
    for state in leaves_first(starts.values(), lambda state: arcs[state].values()):
        signature = (accepts[state], frozenset((label, new[target]) for label, target in arcs[state].items()))
        known = same.get(signature)
        if known is None:
            known = same[signature] = len(automaton.words)
            _add(automaton, {label: new[target] for label, target in arcs[state].items()}, accepts[state])
        new[state] = known
    automaton.starts.update({group: new[state] for group, state in starts.items()})
    return automaton


def _add(automaton: Automaton, arcs: Mapping[Label, int], accepts: tuple[int, ...]) -> None:
    words, glued, prefixed, lists = {}, {}, {}, []
    for label, target in arcs.items():
        if isinstance(label, int):
            lists.append((label, target))
        elif label[0] == GLUED:
            glued[label[1:]] = target
        elif label[0] == PREFIX:
            prefixed[label[1:]] = target
        else:
            words[label] = target
    if glued:
        automaton.glued[len(automaton.words)] = glued
    if prefixed:
        automaton.prefixed[len(automaton.words)] = prefixed
    automaton.words.append(words)
    automaton.lists.append(tuple(sorted(lists)))
    automaton.accepts.append(accepts)
