"""Near misses: known words and names that sound like what was heard."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from jingling.core.turn import Language
from jingling.language.ear.known import Known
from jingling.language.ear.near_chars import CHARS_MAX
from jingling.language.ear.near_chars import COMPARED_MAX as CHARS_COMPARED_MAX
from jingling.language.ear.near_words import COMPARED_MAX as WORDS_COMPARED_MAX
from jingling.language.ear.near_words import Near
from jingling.language.ear.vocabulary import COMMON, Run, Vocabulary, is_chinese
from jingling.language.lattice import Edge

_JOINED_MAX = 3
_WORDS_COMPARED, _CHARS_COMPARED = 1_200, 4_000
"""So many comparisons of a kind are made for one utterance, whatever is in it."""
_GUESS = 0.02
"""What any guess counts, however alike."""
_ANOTHER_KNOWN = 0.3
"""Added when what was heard is itself a name, a value or a number of this home."""
_ANOTHER_WORD = 0.1
"""Added when what was heard is itself a word of a template."""
_TELLING = 4
_OF_TEMPLATES = 1.25
"""Names are misheard; the words around them, that decide what is done, are to be guessed less freely."""
_COST_MAX = 0.62
_NUMBER_MAX = 0.56
"""Numbers are few, and stand where nothing else can, so that even a poor likeness is worth a question."""
_RHYME_MAX, _FAR_NUMBER = 0.86, 0.55
"""A Chinese number that only rhymes with what was heard is worth a question too."""
_SAME_SOUND = 0.12
_SINGLE = 0.08
"""Added to a guess of a single Chinese character: there are many of each sound."""
_Guess = tuple[float, Run]
"""What it costs, and what is meant."""
_ALIKE = {
    "one": "won wan",
    "two": "to too tu",
    "three": "tree free",
    "four": "for fore fur",
    "five": "fife hive",
    "six": "sex sick sics",
    "seven": "heaven",
    "eight": "ate",
    "nine": "nein",
    "ten": "tin",
}
_HOMOPHONES = {heard: number for number, alike in _ALIKE.items() for heard in alike.split()}
"""Words that sound like a number, whatever their letters are."""


class _Kind(NamedTuple):
    """`factor` is what a guess costs, `single` is added for a single character.

    `doubted` is what it costs that one of them was heard and another is meant.
    """

    known: Known
    factor: float
    doubted: float
    single: float = _SINGLE


class NearMisses:
    """Of one language; `names` are those of the home, which come and go."""

    def __init__(self, language: Language, vocabulary: Vocabulary, names: Known) -> None:
        self._common = COMMON[language]
        self._known = vocabulary.known
        self._names = names
        self._numbers = _Kind(Known(vocabulary.numbers), 1.0, _ANOTHER_KNOWN, _SINGLE / 2)
        self._kinds = (
            _Kind(names, 1.0, _ANOTHER_KNOWN),
            _Kind(Known(vocabulary.names), 1.0, _ANOTHER_KNOWN),
            self._numbers,
            _Kind(Known(vocabulary.words), _OF_TEMPLATES, _ANOTHER_WORD),
        )

    def knows(self, word: str) -> bool:
        """Whether it is a word of any sentence or name, or a number in digits."""
        return word in self._known or self._names.knows(word) or not word.isalpha()

    def edges(self, words: Sequence[str], doubted: Collection[int] = ()) -> list[Edge]:
        """What each of `words`, the lower-case tokens of an utterance, may stand for instead.

        Where any are `doubted` (by their places), only what touches these.
        """
        spans = [
            (start, end) for start, end in _spans(words) if not doubted or any(start <= at < end for at in doubted)
        ]
        guesses = self._guesses_of({tuple(words[start:end]) for start, end in spans})
        found: dict[tuple[int, int, Run], float] = {}
        for start, end in spans:
            for cost, run in guesses[tuple(words[start:end])]:
                key = (start, end, run)
                if cost <= _COST_MAX and cost < found.get(key, _COST_MAX + 1):
                    found[key] = round(cost, 3)
        return [Edge(start, end, cost, run) for (start, end, run), cost in found.items()]

    def _guesses_of(self, runs: Collection[Run]) -> dict[Run, list[_Guess]]:
        """Of each run; the more there are, the fewer words each is compared with."""
        chinese = sum(map(is_chinese, runs))
        words_max = min(WORDS_COMPARED_MAX, _WORDS_COMPARED // (len(runs) - chinese + 1))
        chars_max = min(CHARS_COMPARED_MAX, _CHARS_COMPARED // (chinese + 1))
        return {run: list(self._guesses(run, words_max, chars_max)) for run in runs}

    def _guesses(self, heard: Run, words_max: int, chars_max: int) -> Iterator[_Guess]:
        if is_chinese(heard):
            return self._of_chars("".join(heard), chars_max)
        return self._of_word(heard[0], words_max) if len(heard) == 1 else self._of_joined(heard, words_max)

    def _of_chars(self, heard: str, compared_max: int) -> Iterator[_Guess]:
        doubt = max((kind.doubted for kind in self._kinds if heard in kind.known.chars), default=0.0)
        common = [word for word in self._common if word in heard] if len(heard) > 1 else []
        for kind in self._kinds:
            for near in self._near_chars(kind, heard, compared_max):
                other = any(word not in "".join(near.words) for word in common)
                unlike = min(near.unlike, _FAR_NUMBER) if kind is self._numbers else near.unlike
                cost = (_GUESS + (kind.single if len(heard) == 1 else 0.0) + unlike) * kind.factor
                yield cost + max(doubt, _ANOTHER_KNOWN * other), near.words

    def _of_word(self, heard: str, compared_max: int) -> Iterator[_Guess]:
        doubt = self._doubt(heard)
        for kind in self._kinds:
            for near in self._near_words(kind, heard, compared_max):
                if near.words != (heard,):
                    yield (_GUESS + near.unlike) * kind.factor + doubt, near.words
        if heard in _HOMOPHONES:
            yield _SAME_SOUND + doubt, (_HOMOPHONES[heard],)

    def _of_joined(self, heard: Run, compared_max: int) -> Iterator[_Guess]:
        """Several words that are one."""
        doubt = max(map(self._doubt, heard)) / 2
        joined = "".join(heard)
        for kind in self._kinds:
            for near in kind.known.words.near(joined, compared_max):
                if len(near.words) == 1 and len(near.words[0]) >= len(joined) - (kind is not self._numbers):
                    cost = (_GUESS * len(heard) + near.unlike) * kind.factor + (doubt if near.unlike else 0.0)
                    yield cost, near.words

    def _near_words(self, kind: _Kind, heard: str, compared_max: int) -> list[Near]:
        words = kind.known.words
        if kind is self._numbers:
            return words.nearest(heard, _NUMBER_MAX, compared_max)
        return words.near(heard, compared_max)

    def _near_chars(self, kind: _Kind, heard: str, compared_max: int) -> list[Near]:
        chars = kind.known.chars
        return chars.nearest(heard, _RHYME_MAX) if kind is self._numbers else chars.near(heard, compared_max)

    def _doubt(self, heard: str) -> float:
        """Short words are in everything, so that they tell little."""
        if heard in self._common:
            return _ANOTHER_KNOWN
        if len(heard) < _TELLING:
            return _ANOTHER_WORD if any(heard in kind.known.words for kind in self._kinds) else 0.0
        return max((kind.doubted for kind in self._kinds if heard in kind.known.words), default=0.0)


def _spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every run of Chinese characters up to the longest name, and every few other words that may be one."""
    for start, word in enumerate(words):
        if is_chinese((word,)):
            for end in range(start + 1, min(len(words), start + CHARS_MAX) + 1):
                if not is_chinese((words[end - 1],)):
                    break
                yield start, end
        elif len(word) > 1 and word.isalpha():
            for end in range(start + 1, min(len(words), start + _JOINED_MAX) + 1):
                if not words[end - 1].isalpha() or is_chinese((words[end - 1],)):
                    break
                yield start, end
