"""The recogniser's own process: grammars and sound in, words out. Ends when its pipe closes."""

import gc
import tempfile
from pathlib import Path

from pocketsphinx import Decoder, get_model_path

from jingling.speech.acceptor import Acceptor, Net, unite
from jingling.speech.engines.frames import Message
from jingling.speech.engines.pronunciation import sounds
from jingling.speech.engines.worker_inbox import Inbox

ARCS_MAX = 120_000  # of all grammars kept compiled; about 1.5 kB each
DICTIONARY = Path(get_model_path("en-us/cmudict-en-us.dict"))
FRAME_SECONDS = 0.01
SCORE_UNIT = 1e-4  # the decoder's logarithms have the base 1.0001


class Ears:
    """One decoder and the grammars compiled for it.

    With all senones computed in each frame (`compallsen`), a path's score is its distance from the best that any
    sounds could have had: what is not in the grammar is far away, whatever the room or the microphone.
    """

    def __init__(self) -> None:
        self._decoder = _decoder()
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
        name = "+".join(digests)
        self._kept[name] = self._kept.pop(name)
        self._decoder.activate_search(name)
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, False, True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        if not found or not found.hypstr:
            return {"text": "", "confidence": 0.0, "alternatives": []}
        return {"text": found.hypstr, "confidence": 1.0, "alternatives": []}

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
            loglevel="FATAL",
        )


def answer(ears: Ears, request: Message) -> Message:
    """`missing` asks for the nets of the grammars, which come with the next request."""
    digests: list[str] = request["digests"]
    if not ears.knows(digests):
        if "nets" not in request:
            return {"missing": True}
        ears.compile(digests, [Net(*net) for net in request.pop("nets")])
        gc.collect()
    return ears.recognize(digests, request["pcm"]) if "pcm" in request else {}


def main() -> None:
    inbox = Inbox()
    ears = Ears()
    for request in inbox.requests():
        inbox.answer(request["id"], answer(ears, request), end=True)


if __name__ == "__main__":
    main()
