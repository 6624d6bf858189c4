"""Runs of words that can be said, found by what they sound like."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from jingling.language.base import Name
from jingling.language.ear.near_chars import CHARS_MAX, NearChars
from jingling.language.ear.near_words import NearWords
from jingling.language.ear.vocabulary import Run, is_chinese, run_of
from jingling.language.text import detect, even
from jingling.language.values.spelling import spelled


class Known:
    """Words of one kind in both scripts; each run is known as often as it was added."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self.words = NearWords()
        self.chars = NearChars()
        self._single_chars: Counter[str] = Counter()
        for run in runs:
            self.add(run)

    def add(self, run: Run) -> None:
        if is_chinese(run):
            self._single_chars.update(run)
            if len(run) <= CHARS_MAX:
                self.chars.add("".join(run))
            return
        for words in _singles_and_pairs(run):
            self.words.add(*words)

    def remove(self, run: Run) -> None:
        """One that was added."""
        if is_chinese(run):
            self._single_chars.subtract(run)
            if len(run) <= CHARS_MAX:
                self.chars.remove("".join(run))
            return
        for words in _singles_and_pairs(run):
            self.words.remove(*words)

    def knows(self, word: str) -> bool:
        """Whether it is a word or a character of any run."""
        return word in self.words or self._single_chars[word] > 0


class KnownNames(Known):
    """The names of the home, in all languages."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: dict[str, tuple[Run, ...]] = {}

    def take(self, names: Iterable[Name]) -> None:
        """From now on these; only what has changed is worked on."""
        texts = {name.text for name in names}
        for text in self._taken.keys() - texts:
            for run in self._taken.pop(text):
                self.remove(run)
        for text in texts - self._taken.keys():
            self._taken[text] = runs = tuple(_forms(text))
            for run in runs:
                self.add(run)


def _singles_and_pairs(run: Sequence[str]) -> Iterator[Run]:
    for word in run:
        yield (word,)
    yield from pairwise(run)


def _forms(text: str) -> Iterator[Run]:
    """The words of a name, and the same with its numbers said in words."""
    run = run_of(text)
    if run:
        yield run
        said = run_of(spelled(even(text), detect(text)))
        if said != run:
            yield said
