"""Runs of Chinese characters by what they sound like."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from jingling.language.ear.near_words import Near
from jingling.language.ear.sounds import keys, unlike_chars

CHARS_MAX = 8
UNLIKE_MAX = 0.5
_BEST_MAX = 5
COMPARED_MAX = 200
_HOLE = ""
_LOOSE_WAYS = 2
"""So many of the ways to read a word are looked for with an error in them."""
_OF_EACH = {1: 1.0, 2: 0.5, 3: 0.5, 4: 0.42}
_OF_MANY = 0.35
"""What one syllable that is quite another makes of a word, by its length."""
_SHORTER_BY_ONE = {3: 0.45, 4: 0.42}
_SHORTER = 0.28
"""How unlike a longer name is that has lost a character."""


class NearChars:
    """Words and names of up to `CHARS_MAX` characters; each is known as often as it was added."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        self._by_key: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        self._lengths: defaultdict[int, int] = defaultdict(int)

    def __contains__(self, chars: str) -> bool:
        return chars in self._times

    def add(self, chars: str) -> None:
        self._times[chars] = self._times.get(chars, 0) + 1
        if self._times[chars] == 1:
            self._lengths[len(chars)] += 1
            for key in _loose(chars):
                self._by_key[key][chars] = None

    def remove(self, chars: str) -> None:
        self._times[chars] -= 1
        if not self._times[chars]:
            del self._times[chars]
            self._lengths[len(chars)] -= 1
            for key in _loose(chars):
                self._by_key[key].pop(chars, None)

    def near(self, heard: str, compared_max: int = COMPARED_MAX) -> list[Near]:
        """The nearest first, without what was heard itself; `compared_max` are compared, the same sounds first."""
        if not (self._lengths.get(len(heard)) or self._lengths.get(len(heard) + 1)):
            return []
        sharing = (chars for key in _loose(heard) for chars in self._by_key.get(key, ()))
        known = dict.fromkeys(chars for chars in sharing if 0 <= len(chars) - len(heard) <= 1)
        return _best(heard, islice(known, compared_max), UNLIKE_MAX)

    def nearest(self, heard: str, unlike_max: float) -> list[Near]:
        """The same among all that is known of this length: for a few characters."""
        return _best(heard, [chars for chars in self._times if len(chars) == len(heard)], unlike_max)


def _best(heard: str, known: Iterable[str], unlike_max: float) -> list[Near]:
    scored = ((_unlike(heard, chars), chars) for chars in known if chars != heard)
    return sorted(Near(unlike, tuple(chars)) for unlike, chars in scored if unlike <= unlike_max)[:_BEST_MAX]


def _loose(chars: str) -> Iterator[tuple[str, ...]]:
    """The sounds of `chars`; of longer ones also with any one of them open, or left out."""
    for number, key in enumerate(keys(chars)):
        yield key
        if number >= _LOOSE_WAYS:
            continue
        if len(key) > 1:
            for at in range(len(key)):
                yield (*key[:at], _HOLE, *key[at + 1 :])
        if len(key) > 2:
            for at in range(len(key)):
                yield (*key[:at], *key[at + 1 :])


def _unlike(heard: str, known: str) -> float:
    """How unlike two words are of which `known` may have a character more."""
    if len(known) == len(heard) + 1 and len(known) in range(3, CHARS_MAX + 1):
        rest = min(_apart(heard, known[:at] + known[at + 1 :]) for at in range(len(known)))
        return _SHORTER_BY_ONE.get(len(known), _SHORTER) + rest
    return _apart(heard, known) if len(heard) == len(known) else 1.0


def _apart(heard: str, known: str) -> float:
    total = sum(unlike_chars(one, other) for one, other in zip(heard, known, strict=True))
    return total * _OF_EACH.get(len(heard), _OF_MANY)
