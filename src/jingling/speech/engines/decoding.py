"""The search itself: pocketsphinx over features of our own, one search active at a time."""

import math
import tempfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pocketsphinx import Decoder, get_model_path

from jingling.speech.acceptor import Acceptor
from jingling.speech.engines.front_end import Floats
from jingling.speech.engines.fsg import fsg_of

PHONES = "any sounds"
SCORE_UNIT = 1e-4  # the decoder's logarithms have the base 1.0001
# As the model's own feat.params, whose evening out would come on top of ours.
FEATURES = "-feat 1s_c_d_dd\n-svspec 0-12/13-25/26-38\n-agc none\n-cmn none\n-varnorm no\n-model ptm\n"
FRAMES_AT_ONCE = 50  # the decoder loses frames of longer pieces
FILLERS = ("<", "[", "(", "+")


class Heard(NamedTuple):
    """The words of the best path, its score, and how many frames of it are not silence."""

    text: str
    score: float
    frames: int


NOTHING = Heard("", 0.0, 0)


class Search:
    """A decoder whose dictionary holds only the words it is taught: the whole one would be half of this process.

    With all senones computed in each frame (`compallsen`), a path's score is its distance from the best that any
    sounds could have had, and so comparable to that of another search on the same sound.
    """

    def __init__(self) -> None:
        with tempfile.NamedTemporaryFile("w") as dictionary, tempfile.NamedTemporaryFile("w") as parameters:
            parameters.write(FEATURES)
            parameters.flush()
            self._decoder = Decoder(
                lm=None,
                dict=dictionary.name,
                featparams=parameters.name,
                bestpath=False,
                dither=False,
                beam=1e-57,
                wbeam=1e-40,
                compallsen=True,
                topn=8,
                allphone_ci=True,
                fsgusealtpron=False,
                loglevel="FATAL",
            )
        self._ways: dict[str, int] = {}
        self._add_phones()

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
        self._decoder.add_fsg(name, fsg_of(self._decoder, name, acceptor, self._ways))

    def remove(self, name: str) -> None:
        self._decoder.remove_search(name)

    def decode(self, name: str, features: Floats) -> Heard:
        """A whole utterance at once."""
        self.start(name)
        self._decoder.process_cep(features.astype("<f4").tobytes(), False, True)
        return self.finish()

    def start(self, name: str) -> None:
        self._decoder.activate_search(name)
        self._decoder.start_utt()

    def feed(self, features: Floats) -> None:
        for at in range(0, len(features), FRAMES_AT_ONCE):
            part = features[at : at + FRAMES_AT_ONCE]
            self._decoder.process_cep(part.astype("<f4").tobytes(), False, False)

    def words(self) -> str:
        """Those of the best path so far."""
        found = self._decoder.hyp()
        return found.hypstr if found else ""

    def finish(self) -> Heard:
        self._decoder.end_utt()
        found = self._decoder.hyp()
        if not found or found.score <= 0:
            return NOTHING
        spoken = (one for one in self._decoder.seg() if not one.word.startswith(FILLERS) and one.word != "SIL")
        frames = sum(one.end_frame - one.start_frame + 1 for one in spoken)
        return Heard(found.hypstr, math.log(found.score) / SCORE_UNIT, frames)

    def _add_phones(self) -> None:
        """A search for any row of sounds, weighed by which follow which in English. Its own beams are narrower."""
        own = {"lw": 2.0, "beam": 1e-20, "pbeam": 1e-20}
        config = self._decoder.config
        others = {key: config[key] for key in own}
        for key, value in own.items():
            config[key] = value
        self._decoder.add_allphone_file(PHONES, get_model_path("en-us/en-us-phone.lm.bin"))
        for key, value in others.items():
            config[key] = value
