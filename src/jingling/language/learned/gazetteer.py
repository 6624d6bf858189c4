"""Which phrases and words were seen as the values of which slots."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from jingling.language.learned.spans import OUTSIDE, spans

Tagged = tuple[Sequence[str], Sequence[str]]
"""The words of a sentence and their tags."""

_WORDS_MAX = 8
_SHARE_MIN = 0.05
_SHARE_STEPS = 5
_UNKNOWN = ("new",)


class Gazetteer:
    """`phrases` and the slots that they were values of; `words` and how often each was in which, or in none."""

    def __init__(self, phrases: Mapping[str, Sequence[str]], words: Mapping[str, Mapping[str, int]]) -> None:
        self.phrases = phrases
        self.words = words
        self._features: dict[str, tuple[str, ...]] = {}
        self._longest: dict[str, int] = {}
        for phrase in phrases:
            first, length = phrase.partition(" ")[0], phrase.count(" ") + 1
            self._longest[first] = min(_WORDS_MAX, max(length, self._longest.get(first, 0)))

    @classmethod
    def of(cls, sentences: Iterable[Tagged]) -> "Gazetteer":
        phrases: defaultdict[str, dict[str, None]] = defaultdict(dict)
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for words, tags in sentences:
            for span in spans(tags):
                phrases[" ".join(words[span.start : span.end])][span.slot] = None
            for word, tag in zip(words, tags, strict=True):
                seen[word][tag.partition("-")[2] or OUTSIDE] += 1
        return cls({phrase: tuple(slots) for phrase, slots in phrases.items()}, seen)

    def features(self, words: Sequence[str]) -> list[list[str]]:
        """For each word, the slots that it was in, and those whose values begin, go on or end with it."""
        found = [list(self._seen(word)) for word in words]
        for slot, matches in self._matches(words).items():
            taken: set[int] = set()
            for start, end in sorted(matches, key=lambda match: (match[0] - match[1], match[0])):
                if taken.isdisjoint(range(start, end)):
                    taken.update(range(start, end))
                    for at in range(start, end):
                        place = ("B" if at == start else "I") + ("E" if at == end - 1 else "")
                        found[at] += [f"g{place}={slot}", f"g{place}{min(end - start, 4)}={slot}"]
        return found

    def _matches(self, words: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        matches: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, word in enumerate(words):
            for end in range(start + 1, min(len(words), start + self._longest.get(word, 0)) + 1):
                for slot in self.phrases.get(" ".join(words[start:end]), ()):
                    matches[slot].append((start, end))
        return matches

    def _seen(self, word: str) -> tuple[str, ...]:
        if word not in self.words:
            return _UNKNOWN
        if word not in self._features:
            self._features[word] = tuple(_told(self.words[word]))
        return self._features[word]


def _told(counted: Mapping[str, int]) -> Iterable[str]:
    total = sum(counted.values())
    yield f"often={min(4, total.bit_length() // 2)}"
    for slot, count in counted.items():
        if count / total > _SHARE_MIN:
            yield f"in{int(_SHARE_STEPS * count / total)}={slot}"
