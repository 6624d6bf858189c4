"""Which phrases and words were seen as the values of which slots."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from jingling.language.learned.spans import OUTSIDE, spans

Tagged = tuple[Sequence[str], Sequence[str]]
"""The words of a sentence and their tags."""

_WORDS_MAX = 8
_SHARE_MIN = 0.05
_SHARE_STEPS = 5


class Gazetteer:
    def __init__(self, sentences: Iterable[Tagged]) -> None:
        self.sentences = list(sentences)
        self._phrases: defaultdict[str, set[str]] = defaultdict(set)
        self._words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for words, tags in self.sentences:
            for span in spans(tags):
                self._phrases[" ".join(words[span.start : span.end])].add(span.slot)
            for word, tag in zip(words, tags, strict=True):
                self._words[word][tag.partition("-")[2] or OUTSIDE] += 1

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
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _WORDS_MAX) + 1):
                for slot in self._phrases.get(" ".join(words[start:end]), ()):
                    matches[slot].append((start, end))
        return matches

    def _seen(self, word: str) -> Iterable[str]:
        counted = self._words.get(word)
        if counted is None:
            yield "new"
            return
        total = counted.total()
        yield f"often={min(4, total.bit_length() // 2)}"
        for slot, count in counted.items():
            if count / total > _SHARE_MIN:
                yield f"in{int(_SHARE_STEPS * count / total)}={slot}"
