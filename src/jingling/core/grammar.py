"""Sentences compiled for one language, as the recogniser takes them."""

import hashlib
from collections.abc import Sequence

from msgspec import Struct, field


class Arc(Struct, frozen=True, gc=False):
    """From `source` to `target` on `word`; the empty word is passed over in silence. `weight` in (0, 1]."""

    source: int
    target: int
    word: str = ""
    weight: float = 1.0


class Grammar(Struct, frozen=True):
    """A finite-state acceptor over lower-case words. `digest` names its content, for caches."""

    language: str
    arcs: tuple[Arc, ...]
    start: int
    final: int
    states: int
    digest: str
    words: frozenset[str] = field(default_factory=frozenset)


def joined(grammars: Sequence[Grammar], shares: Sequence[float]) -> Grammar:
    """What any of `grammars` (of one language) accepts, each with the chance of its part in the sum of `shares`."""
    if len(grammars) == 1:
        return grammars[0]
    arcs: list[Arc] = []
    states = 2
    for grammar, share in zip(grammars, shares, strict=True):
        arcs.append(Arc(0, states + grammar.start, "", share / sum(shares)))
        arcs += [Arc(arc.source + states, arc.target + states, arc.word, arc.weight) for arc in grammar.arcs]
        arcs.append(Arc(states + grammar.final, 1))
        states += grammar.states
    digest = hashlib.sha256("+".join(grammar.digest for grammar in grammars).encode()).hexdigest()
    words = frozenset[str]().union(*(grammar.words for grammar in grammars))
    return Grammar(grammars[0].language if grammars else "", tuple(arcs), 0, 1, states, digest, words)
