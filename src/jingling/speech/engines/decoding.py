"""The searches themselves: pocketsphinx over features of our own."""

import math
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pocketsphinx import Decoder, get_model_path

from jingling.speech.acceptor import Acceptor
from jingling.speech.engines.front_end import Floats
from jingling.speech.engines.fsg import fsg_of
from jingling.speech.engines.mandarin_reading import is_han

SCORE_UNIT = 1e-4  # the decoder's logarithms have the base 1.0001
# As the model's own feat.params, whose evening out would come on top of ours.
FEATURES = "-feat 1s_c_d_dd\n-svspec 0-12/13-25/26-38\n-agc none\n-cmn none\n-varnorm no\n-model ptm\n"
FRAMES_AT_ONCE = 50  # the decoder loses frames of longer pieces
FEW_ARCS, FEW_WAYS = 2_000, 3  # a larger grammar has but so many ways for a Chinese character to sound
FILLERS = ("<", "[", "(", "+", "SIL")


class Part(NamedTuple):
    """A word or sound on the best path: frames from `start` up to `end`, and its score."""

    name: str
    start: int
    end: int
    score: float


class Path(NamedTuple):
    """The best path. A score is the distance from the best that any sounds could have had in each frame."""

    text: str
    score: float
    parts: tuple[Part, ...]

    @property
    def spoken(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.name.startswith(FILLERS))


NOTHING = Path("", 0.0, ())


class Search:
    """One decoder at one utterance at a time, fed piece by piece or decoding it at once.

    All senones are computed in each frame (`compallsen`), which makes the scores of two searches comparable.
    """

    def __init__(self, **settings: Any) -> None:
        with tempfile.NamedTemporaryFile("w") as dictionary, tempfile.NamedTemporaryFile("w") as parameters:
            parameters.write(FEATURES)
            parameters.flush()
            self._decoder = Decoder(
                lm=None,
                dict=dictionary.name,
                featparams=parameters.name,
                bestpath=False,
                dither=False,
                compallsen=True,
                topn=8,
                loglevel="FATAL",
                **settings,
            )

    def decode(self, features: Floats) -> Path:
        """A whole utterance at once."""
        self.start()
        self._decoder.process_cep(features.astype("<f4").tobytes(), False, True)
        return self.finish()

    def start(self) -> None:
        self._decoder.start_utt()

    def feed(self, features: Floats) -> None:
        for at in range(0, len(features), FRAMES_AT_ONCE):
            part = features[at : at + FRAMES_AT_ONCE]
            self._decoder.process_cep(part.astype("<f4").tobytes(), False, False)

    def words(self) -> str:
        """Those of the best path so far."""
        found = self._decoder.hyp()
        return found.hypstr if found else ""

    def finish(self) -> Path:
        self._decoder.end_utt()
        found = self._decoder.hyp()
        if not found or found.score <= 0:
            return NOTHING
        parts = tuple(
            Part(one.word, one.start_frame, one.end_frame + 1, _log(one.ascore))
            for one in self._decoder.seg()
            if one.word != "(NULL)"
        )
        return Path(found.hypstr, _log(found.score), parts)


class SentenceSearch(Search):
    """Over grammars. Its dictionary holds only what it is taught: the whole one would be half of the process."""

    def __init__(self) -> None:
        super().__init__(beam=1e-57, wbeam=1e-40, fillprob=1e-2, fsgusealtpron=False)
        self._ways: dict[str, int] = {}

    def teach(self, found: Mapping[str, Sequence[str]]) -> None:
        """Each word's ways to sound. Searches there are stay as they are: none of them has a new word."""
        entries = [
            (f"{word}({number})" if number > 1 else word, phones)
            for word, ways in found.items()
            for number, phones in enumerate(ways, start=1)
        ]
        for entry, phones in entries:
            self._decoder.add_word(entry, phones, False)
        self._ways |= {word: len(ways) for word, ways in found.items()}

    def add(self, name: str, acceptor: Acceptor) -> None:
        self._decoder.add_fsg(name, fsg_of(self._decoder, name, acceptor, ways_in(acceptor, self._ways)))

    def remove(self, name: str) -> None:
        self._decoder.remove_search(name)

    def choose(self, name: str) -> None:
        """The grammar of the utterances that follow."""
        self._decoder.activate_search(name)


def ways_in(acceptor: Acceptor, known: Mapping[str, int]) -> Mapping[str, int]:
    """How many ways to sound each word has there; more for Chinese cost a large grammar time and memory."""
    if len(acceptor.arcs) <= FEW_ARCS:
        return known
    return {word: min(ways, FEW_WAYS) if is_han(word) else ways for word, ways in known.items()}


class SoundSearch(Search):
    """For any row of sounds, weighed by which follow which in English."""

    def __init__(self) -> None:
        phones = get_model_path("en-us/en-us-phone.lm.bin")
        super().__init__(beam=1e-20, pbeam=1e-20, lw=2.0, allphone=phones, allphone_ci=True)


def _log(score: float) -> float:
    return math.log(score) / SCORE_UNIT if score > 0 else 0.0
