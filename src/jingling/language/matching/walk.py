"""One utterance on its way through the automaton: every way to say it, best first."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from jingling.language.lattice import FREE_WORD, Edge
from jingling.language.matching import score
from jingling.language.matching.score import FORM, FREE, FREE_CHAR, LITERAL_CHAR, NAME_CHAR, PIECE
from jingling.language.matching.sources import Sources
from jingling.language.matching.values import FREE as FREE_KIND
from jingling.language.matching.values import Value
from jingling.language.matching.words import joined

_ARCS_MAX = 20_000
_GUESSED_ARCS_MAX = 60_000
"""Of guesses, each word's share of these."""
_TURNS_MAX = 3_000
"""Beyond these a text is nonsense made to take long; the best that was found until then counts."""
_LITERAL = -1
NAME_SLOT = "name"

Step = tuple[int, int, Value]
"""A reference's number (or that of no list: words that were put in place of others), where it begins, its value."""


class Path(NamedTuple):
    """A whole way through: its score, the state it ends in, and the values on it."""

    score: int
    state: int
    steps: tuple[Step, ...]


class _Node:
    """A state at one place of the utterance, with all arcs that lead there."""

    __slots__ = ("back", "best", "state")

    def __init__(self, state: int, best: int) -> None:
        self.state = state
        self.best = best
        self.back: list[tuple[_Node, int, Step | None]] = []


class Walk:
    """`edges` are what may have been said besides; without them nothing is spent on that."""

    def __init__(self, sources: Sources, edges: Sequence[Edge] = ()) -> None:
        self._automaton = sources.automaton
        self._sources = sources
        self._texts = sources.texts
        self._layers: list[dict[int, _Node]] = [{} for _ in range(len(self._texts) + 1)]
        self._arcs = 0
        self._arcs_max = min(_ARCS_MAX, _GUESSED_ARCS_MAX // (len(self._texts) + 1)) if edges else _ARCS_MAX
        self._stops: frozenset[int] = frozenset()
        self._edges: Mapping[int, list[Edge]] = _by_start(edges)

    def paths(self, group: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Path]:
        """Each way from one of the `starts` (the first is the utterance's own) to one of the `ends`."""
        first = self._automaton.starts.get(group)
        if first is None:
            return
        layers = self._layers
        self._stops = frozenset(ends)
        roots = []
        for number, at in enumerate(starts):
            root = layers[at].get(first) or _Node(first, FORM * number)
            layers[at][first] = root
            roots.append(root)
        for at in range(min(starts), len(self._texts)):
            if layers[at]:
                self._advance(at)
        accepts = self._automaton.accepts
        finals = [
            (node, FORM * number)
            for number, end in enumerate(ends)
            for node in layers[end].values()
            if accepts[node.state] and node.back
        ]
        yield from self._backwards(finals, frozenset(map(id, roots)))

    def _advance(self, at: int) -> None:
        """From every state at this word to those behind the word or value that begins here."""
        word, literal = self._texts[at], len(self._texts[at]) * LITERAL_CHAR
        prefixed = self._automaton.prefixed
        words, lists, ahead = self._automaton.words, self._automaton.lists, self._layers[at + 1]
        for state, node in list(self._layers[at].items()):
            target = words[state].get(word)
            if target is not None:
                _reach(ahead, target, node, literal, None)
            if lists[state]:
                self._by_lists(at, node)
            if state in prefixed:
                self._by_prefixes(at, node)
            if self._edges and at in self._edges:
                self._by_edges(at, node)

    def _by_lists(self, at: int, node: _Node) -> None:
        sources = self._sources
        arcs = sources.arcs(node.state)
        for reference, target in arcs.free:
            self._by_free_words(at, node, reference, target)
        for found, kind in (
            (arcs.names and sources.has_names(at), arcs.names),
            (arcs.ranges and sources.has_numbers(at), arcs.ranges),
            (True, arcs.others),
        ):
            for arc in kind if found else ():
                for value in sources.values(sources.of[arc[0]], at):
                    self._by_value(at, node, arc, value)
        for reference, suffix, behind in arcs.glued:
            for value in sources.glued(sources.of[reference], at, suffix):
                self._by_part(at, node, (reference, behind), value, len(suffix))

    def _by_prefixes(self, at: int, node: _Node) -> None:
        """By words that begin as the sentence has it and end as a value of a list."""
        for prefix, behind in self._automaton.prefixed[node.state].items():
            if self._texts[at].startswith(prefix):
                for arc in self._automaton.lists[behind]:
                    for value in self._sources.prefixed(self._sources.of[arc[0]], at, prefix):
                        self._by_part(at, node, arc, value, len(prefix))

    def _by_part(self, at: int, node: _Node, arc: tuple[int, int], value: Value, literal: int) -> None:
        """By a value that shares a word with `literal` characters of the sentence."""
        more = literal * LITERAL_CHAR
        if self._sources.of[arc[0]].kind == FREE_KIND:
            more += FREE + FREE_CHAR * (self._sources.span_chars(at, value.end) - literal)
        self._by_value(at, node, arc, value._replace(cost=value.cost + more))

    def _by_value(self, at: int, node: _Node, arc: tuple[int, int], value: Value) -> None:
        """By a value of the list that `arc` refers to."""
        reference, target = arc
        source = self._sources.of[reference]
        delta = value.cost + (0 if source.aside else PIECE)
        if value.foreign:
            delta += score.FOREIGN
        if value.inner:
            delta += PIECE * len(value.inner)
        if source.slot == NAME_SLOT and source.kind != FREE_KIND:
            delta += self._sources.chars(at, value) * NAME_CHAR
        self._push(value.end, target, node, delta, (reference, at, value))

    def _by_free_words(self, at: int, node: _Node, reference: int, target: int) -> None:
        """Free words end where something can follow."""
        words, open_end = self._automaton.words[target], bool(self._automaton.lists[target])
        size = len(self._texts)
        each = score.cost(FREE_WORD) if self._edges else 0
        for end in range(at + 1, size + 1):
            if end == size or open_end or self._texts[end] in words or end in self._edges or end in self._stops:
                chars = self._sources.span_chars(at, end)
                step = (reference, at, Value(end, self._sources.span(at, end)))
                self._push(end, target, node, FREE + FREE_CHAR * chars + PIECE + each * (end - at), step)

    def _by_edges(self, at: int, node: _Node) -> None:
        for edge in self._edges[at]:
            extra = score.cost(edge.cost)
            if edge.name is not None:
                self._by_name(at, node, edge, extra)
                continue
            state: int | None = node.state
            for word in edge.words:
                state = self._automaton.words[state].get(word) if state is not None else None
                extra += len(word) * LITERAL_CHAR
            if state is not None:
                step = (_LITERAL, at, Value(edge.end, None, words=joined(edge.words)))
                self._push(edge.end, state, node, extra, step)

    def _by_name(self, at: int, node: _Node, edge: Edge, extra: int) -> None:
        name = edge.name
        assert name is not None
        for arc in self._automaton.lists[node.state]:
            if self._sources.of[arc[0]].names == name.kind:
                value = Value(edge.end, name.value, name.context, words=name.text, cost=extra)
                self._by_value(at, node, arc, value)

    def _push(self, end: int, target: int, node: _Node, delta: int, step: Step) -> None:
        if self._arcs < self._arcs_max:
            self._arcs += 1
            _reach(self._layers[end], target, node, delta, step)

    def _backwards(self, finals: Sequence[tuple[_Node, int]], roots: frozenset[int]) -> Iterator[Path]:
        """The paths to `finals` in the order of their scores: each node knows its best way from the start."""
        tie = count()
        heap: list[tuple[int, int, _Node, int, int, tuple[Step, ...]]] = []
        for node, rest in finals:
            heapq.heappush(heap, (node.best + rest, next(tie), node, rest, node.state, ()))
        turns = 0
        while heap and turns < _TURNS_MAX:
            turns += 1
            total, _, node, rest, state, steps = heapq.heappop(heap)
            while len(node.back) == 1 and id(node) not in roots:
                node, delta, step = node.back[0]
                rest += delta
                steps = steps if step is None else (step, *steps)
            if id(node) in roots:
                yield Path(total, state, steps)
                continue
            for before, delta, step in node.back:
                following = steps if step is None else (step, *steps)
                heapq.heappush(
                    heap, (before.best + delta + rest, next(tie), before, rest + delta, state, following)
                )


def _reach(layer: dict[int, _Node], target: int, node: _Node, delta: int, step: Step | None) -> None:
    best = node.best + delta
    there = layer.get(target)
    if there is None:
        there = layer[target] = _Node(target, best)
    elif best < there.best:
        there.best = best
    there.back.append((node, delta, step))


def _by_start(edges: Sequence[Edge]) -> dict[int, list[Edge]]:
    found: dict[int, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.start, []).append(edge)
    return found
