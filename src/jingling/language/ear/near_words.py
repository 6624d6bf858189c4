"""English words by what they sound like."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from jingling.language.ear.sounds import skeleton, unlike_words

UNLIKE_MAX = 0.5
_LENGTHS_APART_MAX = 4
_BEST_MAX = 6
COMPARED_MAX = 60
_LOOKED_AT_MAX = 1_000


class Near(NamedTuple):
    """Known `words` that sound like what was heard; `unlike` in 0…1."""

    unlike: float
    words: tuple[str, ...]


class NearWords:
    """Single words, and pairs of them that may be heard as one; each is known as often as it was added."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._by_key: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def __contains__(self, word: str) -> bool:
        """Whether it is a single word."""
        return self._words.get(word) == (word,)

    def add(self, *words: str) -> None:
        joined = "".join(words)
        self._times[joined] = self._times.get(joined, 0) + 1
        if self._times[joined] == 1:
            self._words[joined] = words
            for key in _keys(joined, loosely=len(words) == 1):
                self._by_key[key][joined] = None

    def remove(self, *words: str) -> None:
        joined = "".join(words)
        self._times[joined] -= 1
        if not self._times[joined]:
            del self._times[joined], self._words[joined]
            for key in _keys(joined, loosely=len(words) == 1):
                self._by_key[key].pop(joined, None)

    def near(self, heard: str, compared_max: int = COMPARED_MAX) -> list[Near]:
        """The nearest first, what was heard itself among them; of these, `compared_max` are compared by sound."""
        found = [
            Near(unlike, self._words[known])
            for known in self._candidates(heard, compared_max)
            if (unlike := unlike_words(heard, known)) <= UNLIKE_MAX
        ]
        return sorted(found)[:_BEST_MAX]

    def nearest(self, heard: str, unlike_max: float, compared_max: int = COMPARED_MAX) -> list[Near]:
        """The same among all that is known: for a few words."""
        known = _most_alike(heard, self._words, compared_max)
        scored = ((unlike_words(heard, word), self._words[word]) for word in known)
        return sorted(Near(unlike, words) for unlike, words in scored if unlike <= unlike_max)[:_BEST_MAX]

    def _candidates(self, heard: str, compared_max: int) -> Iterable[str]:
        sharing = (word for key in _keys(heard, loosely=True) for word in self._by_key.get(key, ()))
        near = (word for word in sharing if abs(len(word) - len(heard)) <= _LENGTHS_APART_MAX)
        return _most_alike(heard, dict.fromkeys(islice(near, _LOOKED_AT_MAX)), compared_max)


def _most_alike(heard: str, known: Collection[str], count_max: int) -> Iterable[str]:
    if len(known) <= count_max:
        return known
    return (word for word, _, _ in extract(heard, list(known), scorer=OSA.normalized_distance, limit=count_max))


def _keys(word: str, loosely: bool) -> Iterable[str]:
    """The consonants of `word`; loosely, also itself, and both with one letter left out: the strictest first."""
    consonants = skeleton(word)
    keys = [word, consonants] if loosely else [consonants]
    if loosely and len(word) > 3:
        keys += _shorter(word)
    if loosely and len(consonants) > 1:
        keys += _shorter(consonants)
    return dict.fromkeys(keys)


def _shorter(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))
