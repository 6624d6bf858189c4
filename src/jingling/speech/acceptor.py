"""Grammars united into one small acceptor: no empty words, equal states shared, names plugged in. Pure.

The search of a recogniser keeps a tree of words for each state, so two states alive for the same words cost
twice. Weights are left out: how often a sentence is written in templates says little of how often it is said.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

Arc = tuple[int, int, str]
"""Source, target and word; the empty word is silent, the label of a part stands for any of its texts."""


class NetPart(NamedTuple):
    """Texts that come and go by themselves: from state 0 to `final`, no arc silent. `digest` names them."""

    label: str
    arcs: Sequence[Arc]
    final: int
    digest: str


class Net(NamedTuple):
    """A grammar on its way to the recogniser; `frame` names what is not in its parts."""

    arcs: Sequence[Arc]
    start: int
    final: int
    states: int
    language: str = ""
    frame: str = ""
    parts: Sequence[NetPart] = ()


class Acceptor(NamedTuple):
    """State 0 is the start; the empty word leads from accepting states to `final`, and to shared ways.

    No two silent arcs follow each other. `states` counts all.
    """

    arcs: list[Arc]
    final: int
    states: int


def net_of(sent: Sequence[Any]) -> Net:
    """A net as it came through a pipe, a tuple's fields in a list; the later ones may be missing."""
    net = Net(*sent)
    return net._replace(parts=[NetPart(*part) for part in net.parts])


def words_of(net: Net) -> frozenset[str]:
    """All that are said in it."""
    labels = {part.label for part in net.parts}
    arcs = chain(net.arcs, *(part.arcs for part in net.parts))
    return frozenset(word for _, _, word in arcs if word and word not in labels)


Rows = list[dict[str, int]]


class _Joined:
    """The nets side by side, states renumbered."""

    def __init__(self, nets: Sequence[Net], sayable: Container[str]) -> None:
        self.silent: dict[int, list[int]] = defaultdict(list)
        self.spoken: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self.starts: list[int] = []
        self.finals: set[int] = set()
        base = 0
        for net in nets:
            for source, target, word in net.arcs:
                if not word:
                    self.silent[source + base].append(target + base)
                elif word in sayable:
                    self.spoken[source + base].append((word, target + base))
            self.starts.append(net.start + base)
            self.finals.add(net.final + base)
            base += net.states

    def closed(self, states: Iterable[int]) -> frozenset[int]:
        """`states` and what is reached from them in silence."""
        seen = set(states)
        stack = list(seen)
        while stack:
            for target in self.silent.get(stack.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    stack.append(target)
        return frozenset(seen)


def unite(nets: Sequence[Net], sayable: Container[str]) -> Acceptor:
    """What any of `nets` accepts in `sayable` words."""
    return bundled(united(nets, sayable))


def united(nets: Sequence[Net], sayable: Container[str]) -> Acceptor:
    """The same with no silent ways but to `final`: no state has two ways for one word."""
    rows, accepting = _determined(_Joined(nets, sayable))
    return _shared(rows, accepting)


def _determined(nets: _Joined) -> tuple[Rows, set[int]]:
    """The subset construction; row n holds the ways on from subset n."""
    subsets = [nets.closed(nets.starts)]
    numbers = {subsets[0]: 0}
    rows: Rows = []
    closed: dict[frozenset[int], frozenset[int]] = {}
    for subset in subsets:  # grows while it is walked
        reached: dict[str, set[int]] = defaultdict(set)
        for state in subset:
            for word, target in nets.spoken.get(state, ()):
                reached[word].add(target)
        row = {}
        for word, targets in reached.items():
            key = frozenset(targets)
            following = closed.get(key) or closed.setdefault(key, nets.closed(key))
            if following not in numbers:
                numbers[following] = len(subsets)
                subsets.append(following)
            row[word] = numbers[following]
        rows.append(row)
    return rows, {number for number, subset in enumerate(subsets) if subset & nets.finals}


def _shared(rows: Rows, accepting: set[int]) -> Acceptor:
    """States with the same continuations become one, from the ends backwards; those in a circle stay."""
    alike: dict[object, int] = {}
    new: dict[int, int] = {}
    dead: set[int] = set()
    for state in _ends_first(rows):
        ways = frozenset((word, new.get(to, ~to)) for word, to in rows[state].items() if to not in dead)
        if ways or state in accepting:
            new[state] = alike.setdefault((state in accepting, ways), state)
        else:
            dead.add(state)
    return _numbered(rows, accepting, new)


def _numbered(rows: Rows, accepting: set[int], new: dict[int, int]) -> Acceptor:
    kept = dict.fromkeys((new.get(0, 0), *new.values()))
    numbers = {state: number for number, state in enumerate(kept)}
    arcs: list[Arc] = []
    for state, number in numbers.items():
        arcs += [(number, numbers[new[to]], word) for word, to in rows[state].items() if to in new]
        if state in accepting:
            arcs.append((number, len(numbers), ""))
    return Acceptor(arcs, len(numbers), len(numbers) + 1)


def bundled(acceptor: Acceptor) -> Acceptor:
    """Ways on that always occur together (all rooms, all numbers) get a state of their own, reached in silence."""
    owners: dict[tuple[int, str], list[int]] = defaultdict(list)
    for source, target, word in acceptor.arcs:
        if word:
            owners[target, word].append(source)
    bundles: dict[tuple[int, ...], list[tuple[int, str]]] = defaultdict(list)
    for way, sources in owners.items():
        bundles[tuple(sources)].append(way)
    arcs = [arc for arc in acceptor.arcs if not arc[2]]
    state = acceptor.states - 1
    for together, ways in bundles.items():
        if (len(together) - 1) * len(ways) <= len(together):
            arcs += [(source, target, word) for source in together for target, word in ways]
            continue
        state += 1
        arcs += [(source, state, "") for source in together]
        arcs += [(state, target, word) for target, word in ways]
    return Acceptor(arcs, acceptor.final, state + 1)


def _ends_first(rows: Rows) -> list[int]:
    """All states, each after those that it leads to (circles apart)."""
    order: list[int] = []
    seen = {0}
    stack = [(0, iter(rows[0].values()))]
    while stack:
        state, targets = stack[-1]
        following = next((target for target in targets if target not in seen), None)
        if following is None:
            stack.pop()
            order.append(state)
        else:
            seen.add(following)
            stack.append((following, iter(rows[following].values())))
    return order
