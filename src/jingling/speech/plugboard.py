"""Acceptors whose names come and go: the frame of sentences is united once, names are plugged into it. Pure."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from jingling.speech.acceptor import Acceptor, Arc, Net, NetPart, bundled, united

T = TypeVar("T")
_FRAMES_KEPT = 4
_INSERTS_KEPT = 256


class _Insert(NamedTuple):
    """Texts from state 0: arcs within, and (source, word) that end one. `again`: state 0 comes back."""

    within: list[Arc]
    last: list[tuple[int, str]]
    states: int
    again: bool


class _Plug(NamedTuple):
    """Texts of `symbols` lead from each of `sources` to `target`."""

    sources: tuple[int, ...]
    target: int
    symbols: tuple[str, ...]


class _Frame(NamedTuple):
    acceptor: Acceptor
    plugs: list[_Plug]


class Plugboard:
    """Keeps the frames and inserts that were used last; what it makes depends on the arguments only.

    A name in two parts, or as long words in the sentences, makes two ways to say the same: nothing more or less
    is accepted for it.
    """

    def __init__(self) -> None:
        self._frames: dict[object, _Frame] = {}
        self._inserts: dict[object, _Insert] = {}

    def unite(self, nets: Sequence[Net], sayable: Container[str]) -> Acceptor:
        """What any of `nets` accepts in `sayable` words; quick when only parts are new."""
        nets, symbols = _apart(nets)
        symbols = {symbol: part for symbol, part in symbols.items() if self._insert((part,), sayable).last}
        frame = self._frame(nets, symbols, sayable)
        arcs, states = list(frame.acceptor.arcs), frame.acceptor.states
        for plug in frame.plugs:
            insert = self._insert([symbols[symbol] for symbol in plug.symbols], sayable)
            arcs += _plugged(plug, insert, states)
            states += insert.states
        return Acceptor(arcs, frame.acceptor.final, states)

    def _frame(self, nets: Sequence[Net], symbols: Mapping[str, NetPart], sayable: Container[str]) -> _Frame:
        words = {word for net in nets for _, _, word in net.arcs if word}
        mute = frozenset(word for word in words if word not in sayable and word not in symbols)
        if not all(net.frame for net in nets):
            return _framed(nets, symbols, words - mute)
        key = (tuple(net.frame for net in nets), frozenset(symbols), mute)
        return _kept(self._frames, key, _FRAMES_KEPT, lambda: _framed(nets, symbols, words - mute))

    def _insert(self, parts: Sequence[NetPart], sayable: Container[str]) -> _Insert:
        words = {word for part in parts for _, _, word in part.arcs}
        said = {word for word in words if word in sayable}
        key = (tuple(part.digest for part in parts), frozenset(words - said))
        return _kept(self._inserts, key, _INSERTS_KEPT, lambda: _inserted(parts, said))


def _kept(known: dict[object, T], key: object, most: int, make: Callable[[], T]) -> T:
    """From `known`, or made; what was not used for longest is forgotten."""
    known[key] = known.pop(key) if key in known else make()
    while len(known) > most:
        del known[next(iter(known))]
    return known[key]


def _apart(nets: Sequence[Net]) -> tuple[list[Net], dict[str, NetPart]]:
    """The nets and all their parts by label; where two parts have the same label, the later gets another."""
    found: dict[str, NetPart] = {}
    apart = []
    for number, net in enumerate(nets):
        other = {}
        for part in net.parts:
            if found.setdefault(part.label, part).digest != part.digest:
                other[part.label] = f"{part.label} #{number}"
                found[other[part.label]] = part
        arcs = [(source, target, other.get(word, word)) for source, target, word in net.arcs] if other else net.arcs
        apart.append(net._replace(arcs=arcs))
    return apart, found


def _framed(nets: Sequence[Net], symbols: Container[str], said: Container[str]) -> _Frame:
    """The united sentences, and where names are to be plugged in."""
    acceptor = united(nets, said)
    sources: dict[tuple[int, str], list[int]] = defaultdict(list)
    for source, target, word in acceptor.arcs:
        if word in symbols:
            sources[target, word].append(source)
    plugs: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for (target, symbol), known in sources.items():
        plugs[target, tuple(known)].append(symbol)
    arcs = [arc for arc in acceptor.arcs if arc[2] not in symbols]
    found = [_Plug(known, target, tuple(sorted(together))) for (target, known), together in plugs.items()]
    return _Frame(bundled(acceptor._replace(arcs=arcs)), found)


def _plugged(plug: _Plug, insert: _Insert, base: int) -> Iterator[Arc]:
    """A copy of `insert` in states from `base`; one that is reached from one state begins in that."""
    first = base
    if len(plug.sources) == 1 and not insert.again:
        first = plug.sources[0]
    else:
        yield from ((source, base, "") for source in plug.sources)
    for source, target, word in insert.within:
        yield source + base if source else first, target + base, word
    for source, word in insert.last:
        yield source + base if source else first, plug.target, word


def _inserted(parts: Sequence[NetPart], said: Container[str]) -> _Insert:
    acceptor = united([Net(part.arcs, 0, part.final, part.final + 1) for part in parts], said)
    words = [arc for arc in acceptor.arcs if arc[2]]
    goes_on = {source for source, _, _ in words}
    ends = {source for source, _, word in acceptor.arcs if not word}
    within = [arc for arc in words if arc[1] in goes_on]
    last = [(source, word) for source, target, word in words if target in ends]
    return _Insert(within, last, acceptor.final, any(target == 0 for _, target, _ in within))
