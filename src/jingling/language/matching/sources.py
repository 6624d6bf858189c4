"""Where the values of each list come from, for one utterance."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from hassil.intents import RangeSlotList, TextSlotValue

from jingling.language.base import Name
from jingling.language.lattice import Edge
from jingling.language.matching import score
from jingling.language.matching.automaton import Automaton
from jingling.language.matching.names import Found, NameIndex, NameTrie
from jingling.language.matching.values import BUILT_IN, FREE, NAMES, RANGE, TEXTS, Value, Values
from jingling.language.matching.words import cut, joined
from jingling.language.values.phrases import Phrase

_WITHIN = 10
"""Words between the beginning of a value and what is put right in it."""
_TRIED_MAX = 2_000
_GUESSED, _GUESSED_MAX = 450_000, 2_200
"""So many values are looked for with something put right in them: fewer by the square of the words."""
_CHANGED_WORDS_MAX = 3_000
"""Each guess within a value makes a whole sentence of its own; so many words in all of them together."""


class Source(NamedTuple):
    """A list as a sentence refers to it. `aside`: its value goes to no slot."""

    list: str
    slot: str
    aside: bool
    kind: int
    range: RangeSlotList | None = None

    @property
    def names(self) -> str:
        """The kind of names that it holds, or nothing."""
        return self.list if self.kind == NAMES else ""


class Arcs(NamedTuple):
    """The arcs of one state by where values come from; `glued` with the end of a word and the state behind."""

    free: Sequence[tuple[int, int]]
    names: Sequence[tuple[int, int]]
    ranges: Sequence[tuple[int, int]]
    others: Sequence[tuple[int, int]]
    glued: Sequence[tuple[int, str, int]]


class Language(NamedTuple):
    """All of a language that stays while it is spoken: `values` has those of the lists, by sentence number.

    `sorted` are the states' arcs that were needed so far.
    """

    code: str
    automaton: Automaton
    sources: Sequence[Source]
    values: Mapping[int, TextSlotValue]
    phrases: Mapping[str, Phrase]
    names: NameIndex
    characters: bool
    sorted: dict[int, Arcs]

    def arcs(self, state: int) -> Arcs:
        """The arcs by lists of `state`."""
        known = self.sorted.get(state)
        if known is None:
            known = self.sorted[state] = self._sort(self.automaton.lists[state])
        return known

    def _sort(self, arcs: Sequence[tuple[int, int]]) -> Arcs:
        by_kind: dict[int, list[tuple[int, int]]] = {kind: [] for kind in (FREE, NAMES, RANGE, TEXTS)}
        for arc in arcs:
            kind = self.sources[arc[0]].kind
            by_kind[TEXTS if kind == BUILT_IN else kind].append(arc)
        glued = [
            (reference, suffix, behind)
            for reference, target in arcs
            for suffix, behind in self.automaton.glued.get(target, {}).items()
        ]
        return Arcs(by_kind[FREE], by_kind[NAMES], by_kind[RANGE], by_kind[TEXTS], glued)


class Sources:
    """Values of one utterance. `also` are names that hold for it only."""

    def __init__(
        self,
        language: Language,
        text: str,
        now: datetime | None,
        also: Sequence[Name] = (),
        edges: Sequence[Edge] = (),
    ) -> None:
        self.automaton = language.automaton
        self.of = language.sources
        self.arcs = language.arcs
        self.text = text
        self.said = cut(text, language.characters)
        self.texts = [word.text for word in self.said]
        self._language = language
        self._now = now
        self._names = language.names
        self._also = _trie(also, language) if also else None
        self._also_given = also
        self._values = Values(text, self.said, language.phrases, now)
        self._known: dict[tuple[str, int], list[Value]] = {}
        self._found: dict[int, list[Found]] = {}
        self._endings: dict[str, list[int]] = {}
        self._tried = 0
        self._guesses_left = min(_GUESSED_MAX, _GUESSED // (len(self.said) + 1) ** 2)
        self._edges = [edge for edge in edges if edge.name is None][: _CHANGED_WORDS_MAX // (len(self.said) + 1)]
        self._changed: dict[Edge, Sources] = {}

    def span(self, at: int, end: int) -> str:
        return self.text[self.said[at].start : self.said[end - 1].end]

    def span_chars(self, at: int, end: int) -> int:
        return self.said[end - 1].end - self.said[at].start

    def chars(self, at: int, value: Value) -> int:
        return len(value.words) or self.said[value.end - 1].end - self.said[at].start

    def values(self, source: Source, at: int) -> list[Value]:
        """The values of a list that begin with the word at `at`."""
        key = (source.list, at)
        known = self._known.get(key)
        if known is None:
            self._known[key] = []
            known = self._exact(source, self.texts, at)
            if self._edges:
                known = [*known, *self._guessed(source, at)]
            self._known[key] = known
        return known

    def has_names(self, at: int) -> bool:
        """Whether any name may begin here."""
        return bool(self._edges or self._named(at))

    def has_numbers(self, at: int) -> bool:
        """Whether any number may begin here."""
        return bool(self._edges) or self._values.has_numbers(at)

    def glued(self, source: Source, at: int, suffix: str) -> Iterator[Value]:
        """Values whose last word has `suffix` at its end in the text."""
        for last in self._ending(suffix):
            if last < at:
                continue
            word = self.texts[last]
            if source.kind == FREE:
                yield Value(last + 1, self.span(at, last + 1)[: -len(suffix)])
            elif source.kind in (NAMES, TEXTS):
                bare = [*self.texts[:last], word[: -len(suffix)], *self.texts[last + 1 :]]
                yield from (value for value in self._exact(source, bare, at) if value.end == last + 1)

    def _ending(self, suffix: str) -> list[int]:
        """The words that are longer than `suffix` and end in it."""
        found = self._endings.get(suffix)
        if found is None:
            found = self._endings[suffix] = [
                at for at, word in enumerate(self.texts) if word.endswith(suffix) and len(word) > len(suffix)
            ]
        return found

    def prefixed(self, source: Source, at: int, prefix: str) -> Iterator[Value]:
        """Values whose first word has `prefix` at its beginning in the text."""
        word = self.texts[at]
        if not word.startswith(prefix) or len(word) == len(prefix):
            return
        if source.kind == FREE:
            for end in range(at + 1, len(self.texts) + 1):
                yield Value(end, self.span(at, end)[len(prefix) :])
        elif source.kind in (NAMES, TEXTS):
            yield from self._exact(source, [*self.texts[:at], word[len(prefix) :], *self.texts[at + 1 :]], at)

    def _exact(self, source: Source, texts: Sequence[str], at: int) -> list[Value]:
        if source.kind == NAMES:
            return self._by_name(source.list, texts, at)
        if source.kind == TEXTS:
            return self._by_text(f"{{{source.list}}}", texts, at)
        if source.kind == RANGE:
            assert source.range is not None
            return self._values.numbers(source.range, at)
        if source.kind == BUILT_IN:
            return self._values.built_in(source.list, at)
        return [Value(end, self.span(at, end)) for end in range(at + 1, len(texts) + 1)]

    def _by_name(self, kind: str, texts: Sequence[str], at: int) -> list[Value]:
        found = self._named(at) if texts is self.texts else self._find(texts, at)
        if not found:
            return []
        own = self._language.code
        return [
            Value(end, name.value, name.context, bool(language) and language != own)
            for end, name, language in found
            if name.kind == kind
        ]

    def _named(self, at: int) -> list[Found]:
        """All names that begin here, of every kind."""
        found = self._found.get(at)
        if found is None:
            found = self._found[at] = self._find(self.texts, at)
        return found

    def _find(self, texts: Sequence[str], at: int) -> list[Found]:
        found = self._names.find(texts, at)
        return found if self._also is None else [*self._also.find(texts, at), *found]

    def _by_text(self, group: str, texts: Sequence[str], at: int) -> list[Value]:
        """The values of a list that is written out, which may hold lists themselves."""
        automaton = self.automaton
        start = automaton.starts.get(group)
        if start is None:
            return []
        found: dict[tuple[int, int], Value] = {}
        stack: list[tuple[int, int, tuple[tuple[str, Value], ...]]] = [(start, at, ())]
        while stack and self._tried < _TRIED_MAX:
            state, end, inner = stack.pop()
            if end > at:
                for number in automaton.accepts[state]:
                    found.setdefault((end, number), self._listed(number, at, end, inner))
            if end == len(texts):
                continue
            target = automaton.words[state].get(texts[end])
            if target is not None:
                stack.append((target, end + 1, inner))
            for reference, following in automaton.lists[state]:
                source = self.of[reference]
                for value in self.values(source, end):
                    self._tried += 1
                    kept = inner if source.aside else (*inner, (source.slot, value))
                    stack.append((following, value.end, kept))
        return list(found.values())

    def _listed(self, number: int, at: int, end: int, inner: tuple[tuple[str, Value], ...]) -> Value:
        value = self._language.values[number]
        out = self.span(at, end) if value.value_out is None else value.value_out
        return Value(end, out, value.context or {}, inner=inner)

    def _guessed(self, source: Source, at: int) -> Iterator[Value]:
        """Values with something put right in them, one thing in each."""
        for edge in self._edges:
            if not at <= edge.start < at + _WITHIN or (edge.start == at and not edge.words):
                continue
            if self._guesses_left <= 0:
                return
            self._guesses_left -= 1
            other = self._with(edge)
            if other is None:
                continue
            longer = len(other.said) - len(self.said)
            for value in other.values(source, at):
                if value.end > edge.start and value.end - longer >= edge.end:
                    words = other.span(at, value.end)
                    yield value._replace(end=value.end - longer, words=words, cost=score.cost(edge.cost))

    def _with(self, edge: Edge) -> "Sources | None":
        """The utterance with this put right; None when that moves other words as well."""
        if edge not in self._changed:
            before = self.text[: self.said[edge.start].start]
            after = self.text[self.said[edge.end - 1].end :]
            self._changed[edge] = Sources(
                self._language, f"{before}{joined(edge.words)}{after}", self._now, self._also_given
            )
        other = self._changed[edge]
        expected = len(self.said) - (edge.end - edge.start) + len(edge.words)
        return other if len(other.said) == expected else None


def _trie(names: Sequence[Name], language: Language) -> NameTrie:
    trie = NameTrie(language.characters)
    for name in names:
        trie.add(name)
    return trie
