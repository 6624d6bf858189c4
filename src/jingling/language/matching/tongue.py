"""One language's sentences, compiled, with the names of the home: reads a text as what it may mean, best first."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from hassil.intents import RangeSlotList

from jingling.core.turn import Slots
from jingling.language.base import Name
from jingling.language.lattice import Edge
from jingling.language.matching import meaning, score, walk
from jingling.language.matching.automaton import Automaton, Sentence, compiled
from jingling.language.matching.meaning import needs, slots_of
from jingling.language.matching.names import NameIndex
from jingling.language.matching.sources import Language, Source, Sources
from jingling.language.matching.spoken import ALL, Spoken, numbered
from jingling.language.matching.store import kept
from jingling.language.matching.values import FREE, RANGE, kind_of
from jingling.language.matching.walk import Walk
from jingling.language.templates import Template

READINGS_MAX = 4
GUESSES_MAX = 8
_LOOKED_AT_MAX = 400


class Match(NamedTuple):
    """One way to understand a text. `text` has what was misheard put right; nothing that was guessed costs 0.

    `free` are the words that could have been any others.
    `score` are the parts of the rank (`score.parts`), the higher the better.
    """

    intent: str
    slots: Slots
    cost: float
    score: tuple[int, ...]
    text: str
    template: Template
    free: int = 0


class Spans(NamedTuple):
    """Where, in characters, a sentence may begin and end besides the text's own start and end."""

    start: int
    end: int


class Tongue:
    """`cache` is a folder for what was compiled; None compiles anew."""

    def __init__(self, spoken: Spoken, names: NameIndex, cache: Path | None = None) -> None:
        self.templates, values, sentences = numbered(spoken)
        automaton = kept(cache, spoken, lambda: _compiled(spoken, sentences))
        self._meanings = [
            meaning.Template(one.intent, one.slots, needs(one.requires), needs(one.excludes))
            for one in self.templates
        ]
        self.language = Language(
            spoken.code,
            automaton,
            [_source(*reference, spoken) for reference in automaton.references],
            values,
            spoken.phrases,
            names,
            spoken.characters,
            {},
        )

    @property
    def automaton(self) -> Automaton:
        return self.language.automaton

    @property
    def groups(self) -> Collection[str]:
        return self.automaton.starts.keys()

    @property
    def vocabulary(self) -> frozenset[str]:
        """All words of the sentences themselves and of the values written out in their lists."""
        return self.automaton.literals

    def said(
        self, text: str, now: datetime | None = None, also: Sequence[Name] = (), edges: Sequence[Edge] = ()
    ) -> Sources:
        """An even text made ready. `also` are names for it only; `edges` what may have been said besides."""
        return Sources(self.language, text, now, also, edges)

    def values(self, said: Sources) -> dict[str, list[str]]:
        """Of each list that is not of free words, what of `said` may be a value of it."""
        lists = {source.list: source for source in self.language.sources if source.kind != FREE}
        found: dict[str, list[str]] = {}
        for name, source in lists.items():
            for at in range(len(said.texts)):
                texts = [said.span(at, value.end) for value in said.values(source, at)]
                if texts:
                    found.setdefault(name, []).extend(texts)
        return found

    def match(
        self,
        said: Sources,
        group: str = ALL,
        area: str | None = None,
        spans: Spans | None = None,
        edges: Sequence[Edge] = (),
    ) -> list[Match]:
        """All that `said` may mean, best first; `area` is the speaker's place, which may fill a slot."""
        if not said.texts:
            return []
        starts, ends = _bounds(said, spans)
        found: list[Match] = []
        for path in self._in_order(Walk(said, edges).paths(group, starts, ends)):
            self._collect(found, path, said, {"area": area} if area else {})
            if len(found) >= (GUESSES_MAX if edges else READINGS_MAX):
                break
        return found

    def _in_order(self, paths: Iterable[walk.Path]) -> Iterator[walk.Path]:
        """Of equally good ways, that of the template that was written first comes first."""
        accepts = self.automaton.accepts
        equal: list[walk.Path] = []
        for number, path in enumerate(paths):
            if equal and path.score != equal[0].score:
                yield from sorted(equal, key=lambda one: accepts[one.state][0])
                equal = []
            equal.append(path)
            if number >= _LOOKED_AT_MAX:
                break
        yield from sorted(equal, key=lambda one: accepts[one.state][0])

    def _collect(self, found: list[Match], path: walk.Path, said: Sources, here: Mapping[str, Any]) -> None:
        for number in self.automaton.accepts[path.state]:
            slots = slots_of(self._meanings[number], path.steps, self.language.sources, here)
            intent = self._meanings[number].intent
            if slots is None or any(intent == other.intent and slots == other.slots for other in found):
                continue
            cost = score.cost_of(path.score)
            text = _corrected(said, path) if cost else said.text
            parts = score.parts(path.score)
            found.append(Match(intent, slots, cost, parts, text, self.templates[number], self._free(path)))

    def _free(self, path: walk.Path) -> int:
        sources = self.language.sources
        return sum(
            value.end - at for number, at, value in path.steps if number >= 0 and sources[number].kind == FREE
        )


def _corrected(said: Sources, path: walk.Path) -> str:
    spans = [
        (said.said[start].start, said.said[end - 1].end, words) for start, end, words in meaning.guesses(path.steps)
    ]
    return meaning.corrected(said.text, spans)


def _bounds(said: Sources, spans: Spans | None) -> tuple[list[int], list[int]]:
    """The words at which a sentence may begin and end, in the order of preference."""
    size = len(said.texts)
    if spans is None:
        return [0], [size]
    start = next((at for at, word in enumerate(said.said) if word.start >= spans.start), 0)
    end = next((at for at, word in enumerate(said.said) if word.end > spans.end), size)
    return ([0, start] if start else [0]), ([size, end] if start < end < size else [size])


def _compiled(spoken: Spoken, sentences: Sequence[Sentence]) -> Automaton:
    rules = {name: rule.expression for name, rule in spoken.rules.items()}
    return compiled(sentences, rules, spoken.characters)


def _source(name: str, slot: str, aside: bool, spoken: Spoken) -> Source:
    kind = kind_of(name, spoken.lists, spoken.phrases)
    known = spoken.lists.get(name)
    return Source(name, slot, aside, kind, known if kind == RANGE and isinstance(known, RangeSlotList) else None)
