"""Sentences compiled for one language, as the recogniser takes them."""

import hashlib
from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

SLOT = "\0"
"""First character of an arc's word that is the label of a part: any text of that part stands there."""


class Arc(Struct, frozen=True, gc=False):
    """From `source` to `target` on `word`; the empty word is passed over in silence. `weight` in (0, 1]."""

    source: int
    target: int
    word: str = ""
    weight: float = 1.0


class Part(Struct, frozen=True):
    """Texts that come and go by themselves, such as the names of lights: from state 0 to `final`, none empty.

    `label` stays when they change, `digest` names what they are now.
    """

    label: str
    arcs: tuple[Arc, ...]
    final: int
    states: int
    digest: str
    words: frozenset[str]


class Grammar(Struct, frozen=True):
    """A finite-state acceptor over lower-case words. `digest` names its content, for caches.

    Arcs may stand for a whole part; `frame` then names the content without what is in the parts. `words` are all
    that can be said, those of parts too. `further`: not what is expected now, but it may be said besides.
    """

    language: str
    arcs: tuple[Arc, ...]
    start: int
    final: int
    states: int
    digest: str
    words: frozenset[str] = field(default_factory=frozenset)
    parts: tuple[Part, ...] = ()
    frame: str = ""
    further: bool = False


def joined(grammars: Sequence[Grammar], shares: Sequence[float]) -> Grammar:
    """What any of `grammars` (of one language) accepts, each with the chance of its part in the sum of `shares`.

    They have no parts yet; arcs that stand for one may be among theirs.
    """
    if len(grammars) == 1:
        return grammars[0]
    arcs: list[Arc] = []
    states = 2
    for grammar, share in zip(grammars, shares, strict=True):
        arcs.append(Arc(0, states + grammar.start, "", share / sum(shares)))
        arcs += [Arc(arc.source + states, arc.target + states, arc.word, arc.weight) for arc in grammar.arcs]
        arcs.append(Arc(states + grammar.final, 1))
        states += grammar.states
    digest = _digest(grammar.digest for grammar in grammars)
    words = frozenset[str]().union(*(grammar.words for grammar in grammars))
    return Grammar(grammars[0].language if grammars else "", tuple(arcs), 0, 1, states, digest, words)


def with_parts(frame: Grammar, parts: Sequence[Part]) -> Grammar:
    """`frame` with the content of its parts."""
    digest = _digest([frame.digest, *(part.digest for part in parts)])
    words = frame.words.union(*(part.words for part in parts))
    return replace(frame, digest=digest, words=words, parts=tuple(parts), frame=frame.digest)


def plugged(grammar: Grammar) -> Grammar:
    """The same without parts, for engines that know none: each is copied for each state that follows it."""
    if not grammar.parts:
        return grammar
    parts = {part.label: part for part in grammar.parts}
    arcs = [arc for arc in grammar.arcs if arc.word[:1] != SLOT]
    states = grammar.states
    entries: dict[tuple[str, int], int] = {}
    for arc in grammar.arcs:
        if arc.word not in parts:
            continue
        part = parts[arc.word]
        if (arc.word, arc.target) not in entries:
            entries[arc.word, arc.target] = states
            arcs += [_moved(one, states, part.final, arc.target) for one in part.arcs]
            states += part.states
        arcs.append(Arc(arc.source, entries[arc.word, arc.target], "", arc.weight))
    return replace(grammar, arcs=tuple(arcs), states=states, parts=(), frame="")


def _moved(arc: Arc, by: int, final: int, target: int) -> Arc:
    return Arc(arc.source + by, target if arc.target == final else arc.target + by, arc.word, arc.weight)


def _digest(digests: Iterable[str]) -> str:
    return hashlib.sha256("+".join(digests).encode()).hexdigest()
