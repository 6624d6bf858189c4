"""The recogniser's own process: grammars and sound in, words out. Ends when its pipe closes."""

import gc
import math
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pocketsphinx import Decoder, get_model_path

from jingling.core.audio import AudioChunk
from jingling.speech.acceptor import Acceptor, Net, unite
from jingling.speech.engines.frames import Message
from jingling.speech.engines.microvad import MicroVoiceDetector
from jingling.speech.engines.pronunciation import sounds
from jingling.speech.engines.worker_inbox import Inbox
from jingling.speech.trimming import trimmed

ARCS_MAX = 120_000  # of all grammars kept compiled; about 1.5 kB each
DICTIONARY = Path(get_model_path("en-us/cmudict-en-us.dict"))
PHONES = "any sounds"
DISTANCE_EVEN = -10.0
DISTANCE_WIDTH = 2.0
DITHER_LSB = 3
SCORE_UNIT = 1e-4  # the decoder's logarithms have the base 1.0001


class Heard(NamedTuple):
    """The words of the best path, its score, and how many frames of it are not silence."""

    text: str
    score: float
    frames: int


NOTHING = Heard("", 0.0, 0)


class Ears:
    """One decoder and the grammars compiled for it.

    With all senones computed in each frame (`compallsen`), a path's score is its distance from the best that any
    sounds could have had, and so comparable to that of another search on the same sound.
    """

    def __init__(self) -> None:
        self._decoder = _decoder()
        _add_phones(self._decoder)
        self._kept: dict[str, int] = {}
        self._taught: set[str] = set()

    def knows(self, digests: list[str]) -> bool:
        return "+".join(digests) in self._kept

    def compile(self, digests: list[str], nets: list[Net]) -> Message:
        """Makes ready the union of `nets`; counts its arcs and the words that nobody can say."""
        words = {word for net in nets for _, _, word in net.arcs if word}
        self._teach(words - self._taught)
        acceptor = unite(nets, self._taught)
        self._keep("+".join(digests), acceptor)
        return {"arcs": len(acceptor.arcs), "mute": len(words - self._taught)}

    def recognize(self, digests: list[str], pcm: bytes) -> Message:
        """The best sentence, with the confidence that it was one; no text where any other sounds fit far better."""
        name = "+".join(digests)
        self._kept[name] = self._kept.pop(name)
        pcm = trimmed(AudioChunk(pcm), MicroVoiceDetector()).pcm
        heard = self._decode(name, pcm) if pcm else NOTHING
        if not heard.text or not heard.frames:
            return {"text": "", "confidence": 0.0}
        sounds_alone = self._decode(PHONES, pcm)
        confidence = trust((heard.score - sounds_alone.score) / heard.frames)
        return {"text": heard.text if confidence >= 0.5 else "", "confidence": round(confidence, 3)}

    def _decode(self, search: str, pcm: bytes) -> "Heard":
        self._decoder.activate_search(search)
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, False, True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        if not found or found.score <= 0:
            return NOTHING
        spoken = (one for one in self._decoder.seg() if one.word[0] not in "<[(+" and one.word != "SIL")
        frames = sum(one.end_frame - one.start_frame + 1 for one in spoken)
        return Heard(found.hypstr, math.log(found.score) / SCORE_UNIT, frames)

    def _keep(self, name: str, acceptor: Acceptor) -> None:
        """The ones unused for longest make room."""
        while self._kept and sum(self._kept.values()) + len(acceptor.arcs) > ARCS_MAX:
            oldest = next(iter(self._kept))
            self._decoder.remove_search(oldest)
            del self._kept[oldest]
        arcs = [(source, target, 1.0, *([word] if word else [])) for source, target, word in acceptor.arcs]
        self._decoder.add_fsg(name, self._decoder.create_fsg(name, 0, acceptor.final, arcs))
        self._kept[name] = len(acceptor.arcs)

    def _teach(self, words: set[str]) -> None:
        with DICTIONARY.open(encoding="utf-8") as dictionary:
            found = sounds(words, dictionary)
        entries = [
            (f"{word}({number})" if number > 1 else word, phones)
            for word, ways in found.items()
            for number, phones in enumerate(ways, start=1)
        ]
        for number, (entry, phones) in enumerate(entries, start=1):
            self._decoder.add_word(entry, phones, number == len(entries))
        self._taught |= {word for word, ways in found.items() if ways}


def _decoder() -> Decoder:
    """Its dictionary holds only the words it is taught: the whole one would be half of this process."""
    with tempfile.NamedTemporaryFile("w", suffix=".dict") as dictionary:
        return Decoder(
            lm=None,
            dict=dictionary.name,
            bestpath=False,
            cmn="batch",
            dither=False,
            beam=1e-57,
            wbeam=1e-40,
            compallsen=True,
            topn=8,
            allphone_ci=True,
            loglevel="FATAL",
        )


def _add_phones(decoder: Decoder) -> None:
    """A search for any row of sounds, weighed by which follow which in English. It has its own narrower beams."""
    own = {"lw": 2.0, "beam": 1e-20, "pbeam": 1e-20}
    others = {key: decoder.config[key] for key in own}
    for key, value in own.items():
        decoder.config[key] = value
    decoder.add_allphone_file(PHONES, get_model_path("en-us/en-us-phone.lm.bin"))
    for key, value in others.items():
        decoder.config[key] = value


def trust(distance: float) -> float:
    """0…1 from how much better, a frame, the sentence explains the sound than any row of English sounds does.

    In a whole home's grammar real orders lie at -8…19, the same heard by a grammar without them at -86…-5,
    single foreign words at -30…-4, noise below -40.
    """
    return 1 / (1 + math.exp(-(distance - DISTANCE_EVEN) / DISTANCE_WIDTH))


class Desk:
    """Takes the requests; of a stream it hears only the whole."""

    def __init__(self) -> None:
        self._ears = Ears()
        self._digests: list[str] = []
        self._pcm = bytearray()

    def answer(self, request: Message) -> Message:
        """`missing` asks for the nets of the grammars, which come with the next request."""
        match request["do"]:
            case "feed":
                self._pcm += request["pcm"]
                return {"text": ""}
            case "finish":
                return self._ears.recognize(self._digests, dithered(bytes(self._pcm)))
            case "drop":
                return {}
        digests: list[str] = request["digests"]
        if not self._ears.knows(digests):
            if "nets" not in request:
                return {"missing": True}
            self._ears.compile(digests, [Net(*net[:4]) for net in request.pop("nets")])
            gc.collect()
        if request["do"] == "begin":
            self._digests, self._pcm = digests, bytearray()
        return self._ears.recognize(digests, dithered(request["pcm"])) if "pcm" in request else {}


def dithered(pcm: bytes) -> bytes:
    """Digital silence would break the decoder's features: adds noise that nobody can hear."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.int32)
    noise = np.random.default_rng(0).integers(-DITHER_LSB, DITHER_LSB + 1, len(samples))
    return (samples + noise).clip(-32_768, 32_767).astype("<i2").tobytes()


def main() -> None:
    inbox = Inbox()
    desk = Desk()
    for request in inbox.requests():
        inbox.answer(request["id"], desk.answer(request), end=True)


if __name__ == "__main__":
    main()
