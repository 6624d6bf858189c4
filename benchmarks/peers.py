"""Other libraries that read values, asked the same as ours."""

from collections.abc import Callable
from typing import NamedTuple

from recognizers import Recognize


class Loaded(NamedTuple):
    recognize: Recognize
    version: str
    memory_mb: float


class Peer(NamedTuple):
    """`load` gives None when the library is not installed."""

    name: str
    reads: frozenset[tuple[str, str]]
    load: Callable[[], Loaded | None]


PEERS: tuple[Peer, ...] = ()
