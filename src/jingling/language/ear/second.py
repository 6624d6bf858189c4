"""The second hearing: what may have been meant when the words as they were heard mean nothing."""

from collections.abc import Sequence
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
_ALTERNATIVES_MAX = 4
_GUESSED_AT_MAX = 2
"""So many of the hearings are guessed at."""
_ANOTHER_HEARING = 0.1
_STRANGE_MAX = 2
"""With more words than these that are like none we know, nothing can be meant that we understand."""
_CHEAP = 0.15
"""Up to this, words are doubted that are known, in a sentence with others that are not."""


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
        guesses = [
            _dearer(reading, _ANOTHER_HEARING * number)
            for number, text in enumerate(texts[:_GUESSED_AT_MAX])
            for reading in self._guesses(text, matcher, bool(loose))
        ]
        return judged(guesses, texts[0], loose) if texts else Understanding()

    def edges(self, words: Sequence[str]) -> list[Edge]:
        """All that the lower-case words of an even text may stand for besides themselves."""
        slips = tongue.edges(words)
        if len(words) > _WORDS_MAX:
            return slips
        return [*slips, *self._mixed.edges(words), *self._misses.edges(words)]

    def _guesses(self, text: str, matcher: Matcher, free: bool) -> Sequence[Reading]:
        words = matcher.words(text)
        corrections = tongue.corrected(words)
        found = _corrected(corrections, matcher) if corrections else []
        if found:
            return found
        edges = self._worth_trying(words, self.edges(words), free)
        found = matcher.correct(text, edges) if edges else ()
        return [reading for reading in found if not (reading.free and reading.skill == CORE)]

    def _worth_trying(self, words: Sequence[str], edges: Sequence[Edge], free: bool) -> list[Edge]:
        """All that can lead to a reading: a word that nobody knows must be another, or be among free words."""
        unknown = {at for at, word in enumerate(words) if not self._misses.knows(word)}
        covered = {at for edge in edges for at in range(edge.start, edge.end)}
        if len(unknown - covered) > (len(words) if free else _STRANGE_MAX):
            return []
        if not unknown:
            return list(edges)
        return [
            edge for edge in edges if edge.cost <= _CHEAP or not unknown.isdisjoint(range(edge.start, edge.end))
        ]


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
    return list(dict.fromkeys(text for text in texts if text))
