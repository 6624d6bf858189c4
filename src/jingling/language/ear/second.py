"""The second hearing: what may have been meant when the words as they were heard mean nothing."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import msgspec

from jingling.core.turn import Language, Utterance
from jingling.language.base import Name, Reading, Understanding
from jingling.language.ear import tongue
from jingling.language.ear.judge import ASK_MAX, judged
from jingling.language.ear.mixed import Mixed
from jingling.language.ear.near import NearMisses
from jingling.language.ear.vocabulary import Vocabulary
from jingling.language.lattice import Edge
from jingling.language.text import TEXT_CHARS_MAX, Token, even, tokens

FREE_WORD = 0.15
"""What each word counts that a reading takes without knowing it (a wildcard)."""
_WORDS_MAX = 40
_ALTERNATIVES_MAX = 4
_ANOTHER_HEARING = 0.1

Match = Callable[[str, Sequence[Edge]], Sequence[Reading]]
"""All readings of an even text whose tokens may stand for what the edges say.

`cost` is the sum of the edges that were taken.
"""


class Freedom(Protocol):
    def __call__(self, reading: Reading) -> int:
        """How many words of the reading any other words could stand for."""


class Ear:
    """Of one language."""

    def __init__(self, language: Language, vocabulary: Vocabulary, freedom: Freedom) -> None:
        self._misses = NearMisses(language, vocabulary)
        self._mixed = Mixed(language)
        self._freedom = freedom

    def take_names(self, own: Iterable[Name], foreign: Iterable[Name] = ()) -> None:
        """Those of the home, in this language and in the other."""
        own = tuple(own)
        self._misses.take_names(own)
        self._mixed.take_names(own, foreign)

    def understand(self, utterance: Utterance, match: Match) -> Understanding:
        """Word for word if that is possible in any hearing; otherwise what is nearest."""
        texts = _texts(utterance)
        loose: list[Reading] = []
        for number, text in enumerate(texts):
            readings = match(text, ())
            if readings and not self._freedom(readings[0]):
                return Understanding(tuple(readings))
            loose += (self._costed(reading, number) for reading in readings)
        guesses = [
            self._costed(reading, number)
            for number, text in enumerate(texts[:2])
            for reading in self._guesses(text, match)
        ]
        return self._decided(loose, guesses, texts[0] if texts else "")

    def edges(self, words: Sequence[Token]) -> list[Edge]:
        """All that the tokens of an even text may stand for besides themselves."""
        plain = [word.text for word in words]
        if len(plain) > _WORDS_MAX:
            return tongue.edges(plain)
        return [*tongue.edges(plain), *self._mixed.edges(plain), *self._misses.edges(plain)]

    def _guesses(self, text: str, match: Match) -> Sequence[Reading]:
        edges = self.edges(tokens(text))
        return match(text, edges) if edges else ()

    def _costed(self, reading: Reading, number: int) -> Reading:
        cost = reading.cost + FREE_WORD * self._freedom(reading) + _ANOTHER_HEARING * number
        return msgspec.structs.replace(reading, cost=cost)

    def _decided(self, loose: Sequence[Reading], guesses: Sequence[Reading], heard: str) -> Understanding:
        """A reading with unknown words in it stands as it is, unless a guess is nearer."""
        understanding = judged(guesses, heard)
        if not loose:
            return understanding
        nearest = understanding.readings[0].cost if understanding.readings else ASK_MAX
        cheapest = min(reading.cost for reading in loose)
        return understanding if nearest < cheapest else Understanding(tuple(loose))


def _texts(utterance: Utterance) -> list[str]:
    heard = (utterance.text, *utterance.alternatives[:_ALTERNATIVES_MAX])
    texts = (even(text) for text in heard if len(text) <= TEXT_CHARS_MAX)
    return list(dict.fromkeys(text for text in texts if text))
