"""Sentences compiled for one language, as the recogniser takes them."""

from msgspec import Struct, field


class Arc(Struct, frozen=True):
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
