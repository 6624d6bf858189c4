"""English words by what they sound like."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jingling.language.ear.sounds import skeleton, unlike_words

UNLIKE_MAX = 0.5
_LENGTHS_APART_MAX = 4
_BEST_MAX = 6


class Near(NamedTuple):
    """Known `words` that sound like what was heard; `unlike` in 0…1."""

    unlike: float
    words: tuple[str, ...]


class NearWords:
    """Single words, and pairs of them that may be heard as one; each is known as often as it was added."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._by_key: defaultdict[str, set[str]] = defaultdict(set)

    def __contains__(self, word: str) -> bool:
        """Whether it is a single word."""
        return self._words.get(word) == (word,)

    def add(self, *words: str) -> None:
        joined = "".join(words)
        self._times[joined] = self._times.get(joined, 0) + 1
        if self._times[joined] == 1:
            self._words[joined] = words
            for key in _keys(joined, loosely=len(words) == 1):
                self._by_key[key].add(joined)

    def remove(self, *words: str) -> None:
        joined = "".join(words)
        self._times[joined] -= 1
        if not self._times[joined]:
            del self._times[joined], self._words[joined]
            for key in _keys(joined, loosely=len(words) == 1):
                self._by_key[key].discard(joined)

    def near(self, heard: str) -> list[Near]:
        """The nearest first, what was heard itself among them."""
        found = [
            Near(unlike, self._words[known])
            for known in self._candidates(heard)
            if (unlike := unlike_words(heard, known)) <= UNLIKE_MAX
        ]
        return sorted(found)[:_BEST_MAX]

    def nearest(self, heard: str, unlike_max: float) -> list[Near]:
        """The same among all that is known: for a few words."""
        scored = ((unlike_words(heard, known), words) for known, words in self._words.items())
        return sorted(Near(unlike, words) for unlike, words in scored if unlike <= unlike_max)[:_BEST_MAX]

    def _candidates(self, heard: str) -> Iterator[str]:
        known: set[str] = set().union(*(self._by_key.get(key, ()) for key in _keys(heard, loosely=True)))
        return (word for word in known if abs(len(word) - len(heard)) <= _LENGTHS_APART_MAX)


def _keys(word: str, loosely: bool) -> Iterable[str]:
    """The consonants of `word`; loosely, also with any one of them, or any one letter, left out."""
    consonants = skeleton(word)
    keys = {consonants}
    if loosely:
        if len(consonants) > 1:
            keys.update(_shorter(consonants))
        keys.add(word)
        if len(word) > 3:
            keys.update(_shorter(word))
    return keys


def _shorter(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))
