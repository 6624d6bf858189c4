"""Runs of Chinese characters by what they sound like."""

from collections import defaultdict
from collections.abc import Iterator

from jingling.language.ear.near_words import Near
from jingling.language.ear.sounds import keys, unlike_chars

CHARS_MAX = 8
UNLIKE_MAX = 0.45
_BEST_MAX = 5
_HOLE = ""


class NearChars:
    """Words and names of up to `CHARS_MAX` characters; each is known as often as it was added."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        self._by_key: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._lengths: defaultdict[int, int] = defaultdict(int)

    def __contains__(self, chars: str) -> bool:
        return chars in self._times

    def add(self, chars: str) -> None:
        self._times[chars] = self._times.get(chars, 0) + 1
        if self._times[chars] == 1:
            self._lengths[len(chars)] += 1
            for key in _loose(chars):
                self._by_key[key].add(chars)

    def remove(self, chars: str) -> None:
        self._times[chars] -= 1
        if not self._times[chars]:
            del self._times[chars]
            self._lengths[len(chars)] -= 1
            for key in _loose(chars):
                self._by_key[key].discard(chars)

    def near(self, heard: str) -> list[Near]:
        """The nearest first, without what was heard itself."""
        if not self._lengths.get(len(heard)):
            return []
        known: set[str] = set().union(*(self._by_key.get(key, ()) for key in _loose(heard)))
        known.discard(heard)
        scored = ((_unlike(heard, chars), chars) for chars in known)
        return sorted(Near(unlike, tuple(chars)) for unlike, chars in scored if unlike <= UNLIKE_MAX)[:_BEST_MAX]


def _loose(chars: str) -> Iterator[tuple[str, ...]]:
    """The sounds of `chars`; of longer ones also with any one of them open."""
    for key in keys(chars):
        yield key
        if len(key) > 1:
            for at in range(len(key)):
                yield (*key[:at], _HOLE, *key[at + 1 :])


def _unlike(heard: str, known: str) -> float:
    """One syllable that is quite another is half of two to four, and less of a longer name."""
    total = sum(unlike_chars(one, other) for one, other in zip(heard, known, strict=True))
    return total if len(heard) == 1 else total * 2 / max(4, len(heard))
