"""The recogniser's own process: grammars and sound in, words out. Ends when its pipe closes."""

import logging
from typing import Any

import numpy as np
from pocketsphinx import Decoder

from jingling.speech.engines.pronunciation import pronounce
from jingling.speech.engines.worker_inbox import Inbox

log = logging.getLogger(__name__)

GRAMMARS_MAX = 16
DITHER_LSB = 3
Message = dict[str, Any]


class Ears:
    """One decoder and the grammars compiled for it."""

    def __init__(self) -> None:
        self._decoder = Decoder(
            lm=None, bestpath=False, cmn="batch", dither=False, beam=1e-57, wbeam=1e-40, loglevel="FATAL"
        )
        self._grammars: dict[str, Message] = {}
        self._compiled: list[str] = []

    def load(self, grammar: Message) -> int:
        """Keeps `grammar`; returns how many of its words got a made-up pronunciation."""
        self._grammars[grammar["digest"]] = grammar
        return self._teach(grammar["words"])

    def recognize(self, digests: list[str], pcm: bytes) -> Message:
        name = self.prepare(digests)
        self._decoder.activate_search(name)
        self._decoder.start_utt()
        self._decoder.process_raw(dithered(pcm), False, True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        text = found.hypstr if found else ""
        return {"text": text, "confidence": 1.0 if text else 0.0, "alternatives": []}

    def prepare(self, digests: list[str]) -> str:
        """Compiles the union of the grammars, unless kept, and names it."""
        name = "+".join(digests)
        if name in self._compiled:
            self._compiled.remove(name)
        else:
            self._decoder.add_fsg(name, self._union(name, [self._grammars[d] for d in digests]))
        self._compiled.append(name)
        if len(self._compiled) > GRAMMARS_MAX:
            self._decoder.remove_search(self._compiled.pop(0))
        return name

    def _union(self, name: str, grammars: list[Message]) -> Any:
        arcs: list[tuple[Any, ...]] = []
        base = 2
        for grammar in grammars:
            for arc in grammar["arcs"]:
                tail = (arc["word"],) if arc["word"] else ()
                arcs.append((arc["source"] + base, arc["target"] + base, arc["weight"], *tail))
            arcs.append((0, grammar["start"] + base, 1.0))
            arcs.append((grammar["final"] + base, 1, 1.0))
            base += grammar["states"]
        return self._decoder.create_fsg(name, 0, 1, arcs)

    def _teach(self, words: list[str]) -> int:
        unknown = [word for word in words if self._decoder.lookup_word(word) is None]
        for word in unknown:
            self._decoder.add_word(word, pronounce(word) or "SIL", word == unknown[-1])
        return len(unknown)


def dithered(pcm: bytes) -> bytes:
    """Digital silence would break the decoder's features: add noise that nobody can hear."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.int32)
    noise = np.random.default_rng(0).integers(-DITHER_LSB, DITHER_LSB + 1, len(samples))
    return (samples + noise).clip(-32768, 32767).astype("<i2").tobytes()


def answer(ears: Ears, request: Message) -> Message:
    match request["do"]:
        case "load":
            return {"unknown": ears.load(request["grammar"])}
        case "prepare":
            return {"name": ears.prepare(request["digests"])}
        case "recognize":
            return ears.recognize(request["digests"], request["pcm"])
    return {}


def main() -> None:
    inbox = Inbox()
    ears = Ears()
    for request in inbox.requests():
        inbox.answer(request["id"], answer(ears, request), end=True)


if __name__ == "__main__":
    main()
