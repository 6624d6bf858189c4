"""The second hearing: what may have been meant when the words as they were heard mean nothing."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

import msgspec

from jingling.core.turn import Language, Utterance
from jingling.language.base import Reading, Understanding
from jingling.language.ear import tongue
from jingling.language.ear.judge import judged
from jingling.language.ear.known import Known
from jingling.language.ear.mixed import Mixed
from jingling.language.ear.near import NearMisses
from jingling.language.ear.vocabulary import Vocabulary
from jingling.language.lattice import Edge
from jingling.language.matching.words import joined
from jingling.language.templates import CORE
from jingling.language.text import TEXT_CHARS_MAX, even

_WORDS_MAX = 40
"""Longer than any order; what is longer is not guessed at."""
_WORDS_MAX_OF_ALL = 20
"""Of the first hearing and another that is guessed at too."""
_CHARS_MAX = 400
"""Of all hearings that are looked at besides the first."""
_CORRECTED_WORDS_MAX = 320
"""Of all that an utterance may say once it is put right: a long one is put right in fewer ways."""
_EDGES_MAX = 120
"""The cheapest guesses; the cost of a walk grows with them."""
_ALTERNATIVES_MAX = 4
_GUESSED_AT_MAX = 2
"""So many of the hearings are guessed at."""
_ANOTHER_HEARING = 0.1
_STRANGE_MAX = 4
"""With more words than these that nobody knows, nothing can be meant that we understand."""


class Matcher(Protocol):
    """Reads even texts; best readings first."""

    def read(self, text: str) -> Sequence[Reading]:
        """Word for word."""

    def words(self, text: str) -> Sequence[str]:
        """Lower-case, as the edges count them."""

    def correct(self, text: str, edges: Sequence[Edge]) -> Sequence[Reading]:
        """With some of the edges taken; a reading's cost is the sum of theirs and of its free words'."""


class Ear:
    """Of one language; `names` are those of the home."""

    def __init__(self, language: Language, vocabulary: Vocabulary, names: Known) -> None:
        self._misses = NearMisses(language, vocabulary, names)
        self._mixed = Mixed(language)

    def understand(self, utterance: Utterance, matcher: Matcher) -> Understanding:
        """Word for word if that is possible in any hearing; otherwise what is nearest."""
        texts = _texts(utterance)
        loose: Sequence[Reading] = ()
        for text in texts:
            readings = sorted(matcher.read(text), key=lambda reading: reading.free > 0)
            if readings and not readings[0].free:
                return Understanding(tuple(readings))
            loose = loose or readings
        guesses: list[Reading] = []
        words_heard = 0
        for number, text in enumerate(texts[:_GUESSED_AT_MAX]):
            words = matcher.words(text)
            words_heard += len(words)
            if words_heard <= (_WORDS_MAX_OF_ALL if number else _WORDS_MAX):
                found = self._guesses(text, words, matcher, loose)
                guesses += (_dearer(reading, _ANOTHER_HEARING * number) for reading in found)
        return judged(guesses, texts[0], loose) if texts else Understanding()

    def _guesses(
        self, text: str, words: Sequence[str], matcher: Matcher, loose: Sequence[Reading]
    ) -> Sequence[Reading]:
        corrections = [] if _belong(tongue.marks(words), loose) else tongue.corrected(words)
        corrections = corrections[: _CORRECTED_WORDS_MAX // (len(words) + 1)]
        found = _corrected(corrections, matcher) if corrections else []
        if found:
            return found
        edges = self._edges(words, bool(loose))
        guesses = matcher.correct(text, edges) if edges else ()
        return [reading for reading in guesses if not (reading.free and reading.skill == CORE)]

    def _edges(self, words: Sequence[str], free: bool) -> list[Edge]:
        """All that can lead to a reading: a word that nobody knows must be another, or be among `free` words."""
        slips = [*tongue.edges(words), *self._mixed.edges(words)]
        covered = {at for edge in slips for at in range(edge.start, edge.end)}
        unknown = {at for at, word in enumerate(words) if at not in covered and not self._misses.knows(word)}
        if len(unknown) > _STRANGE_MAX and not free:
            return []
        misses = self._misses.edges(words, unknown)
        covered.update(at for edge in misses for at in range(edge.start, edge.end))
        found = [] if unknown - covered and not free else [*slips, *misses]
        return found if len(found) <= _EDGES_MAX else sorted(found, key=lambda edge: edge.cost)[:_EDGES_MAX]


def _belong(marks: Sequence[Sequence[str]], loose: Sequence[Reading]) -> bool:
    """Whether the words that seem to take something back belong to the sentence: "when I say X I mean Y"."""
    return any(joined(mark) in reading.template.casefold() for mark in marks for reading in loose)


def _corrected(corrections: Sequence[tongue.Correction], matcher: Matcher) -> list[Reading]:
    """Of what was taken back nothing is done, so a correction is read word for word."""
    return [
        _dearer(reading, cost)
        for cost, words in corrections
        for reading in matcher.read(joined(words))
        if not reading.free
    ]


def _dearer(reading: Reading, by: float) -> Reading:
    return msgspec.structs.replace(reading, cost=reading.cost + by)


def _texts(utterance: Utterance) -> list[str]:
    heard = (utterance.text, *utterance.alternatives[:_ALTERNATIVES_MAX])
    texts = (even(text) for text in heard if len(text) <= TEXT_CHARS_MAX)
    first, *others = list(dict.fromkeys(text for text in texts if text)) or [""]
    lengths = accumulate(map(len, others))
    kept = [other for other, length in zip(others, lengths, strict=True) if length <= _CHARS_MAX]
    return [first, *kept] if first else []
