"""The recogniser's own process: grammars and sound in, words out. Ends when its pipe closes."""

import gc
import time
from pathlib import Path
from typing import NamedTuple

from pocketsphinx import get_model_path

from jingling.speech.acceptor import Net, net_of, words_of
from jingling.speech.engines.decoding import NOTHING, PHONES, Search
from jingling.speech.engines.frames import Message
from jingling.speech.engines.hearing import Features
from jingling.speech.engines.pronunciation import sounds
from jingling.speech.engines.trust import trust
from jingling.speech.engines.walk import Walk
from jingling.speech.engines.worker_inbox import Inbox
from jingling.speech.plugboard import Plugboard

ARCS_MAX = 120_000  # of all grammars kept compiled; about 1.5 kB each
DICTIONARY = Path(get_model_path("en-us/cmudict-en-us.dict"))
SILENT: Message = {"text": "", "language": "en", "confidence": 0.0, "alternatives": []}


class Kept(NamedTuple):
    """`frames`: what stays the same when only names change."""

    arcs: int
    walk: Walk
    frames: tuple[str, ...]


class Open(NamedTuple):
    """A stream under way."""

    stream: object
    name: str
    features: Features


class Ears:
    """One decoder, the grammars compiled for it, and the one stream that it hears."""

    def __init__(self) -> None:
        self._search = Search()
        self._kept: dict[str, Kept] = {}
        self._taught: set[str] = set()
        self._plugboard = Plugboard()
        self._open: Open | None = None

    def knows(self, digests: list[str]) -> bool:
        return "+".join(digests) in self._kept

    def compile(self, digests: list[str], nets: list[Net]) -> None:
        """Makes ready the union of `nets`; words that nobody can say are left out with their sentences."""
        self._teach(frozenset().union(*map(words_of, nets)) - self._taught)
        acceptor = self._plugboard.unite(nets, self._taught)
        name = "+".join(digests)
        frames = tuple(net.frame or digest for net, digest in zip(nets, digests, strict=True))
        self._make_room(len(acceptor.arcs), frames)
        self._search.add(name, acceptor)
        self._kept[name] = Kept(len(acceptor.arcs), Walk(acceptor), frames)

    def begin(self, stream: object, digests: list[str]) -> None:
        """Drops a stream that is open."""
        self.drop()
        name = "+".join(digests)
        self._kept[name] = self._kept.pop(name)
        self._open = Open(stream, name, Features())
        self._search.start(name)

    def feed(self, stream: object, pcm: bytes) -> Message:
        """The words so far."""
        if self._open is None or self._open.stream != stream:
            return {"text": "", "language": "en", "at_s": 0.0, "complete": False, "open": True}
        features = self._open.features
        self._search.feed(features.feed(pcm))
        text = self._search.words()
        complete, further = self._kept[self._open.name].walk.ends(text.split())
        return {"text": text, "language": "en", "at_s": features.at_s, "complete": complete, "open": further}

    def finish(self, stream: object) -> Message:
        """The best sentence, with the confidence that it was one; no text where any other sounds fit far better."""
        if self._open is None or self._open.stream != stream:
            return {**SILENT, "ms": {}}
        begun = time.perf_counter()
        found = self._second(self._open.name, self._open.features)
        self._open = None
        return {**found, "ms": {"second": round(1000 * (time.perf_counter() - begun), 1)}}

    def drop(self) -> None:
        if self._open is not None:
            self._search.finish()
            self._open = None

    def _second(self, name: str, features: Features) -> Message:
        self._search.finish()
        whole = features.whole
        heard = self._search.decode(name, whole) if len(whole) else NOTHING
        if not heard.text or not heard.frames:
            return SILENT
        sounds_alone = self._search.decode(PHONES, whole)
        confidence = round(trust((heard.score - sounds_alone.score) / heard.frames), 3)
        return {**SILENT, "text": heard.text if confidence >= 0.5 else "", "confidence": confidence}

    def _make_room(self, arcs: int, frames: tuple[str, ...]) -> None:
        """The same with other names is of no use any longer; then the ones unused for longest go."""
        for name in [name for name, kept in self._kept.items() if kept.frames == frames]:
            self._forget(name)
        while self._kept and sum(kept.arcs for kept in self._kept.values()) + arcs > ARCS_MAX:
            self._forget(next(iter(self._kept)))

    def _forget(self, name: str) -> None:
        self._search.remove(name)
        del self._kept[name]

    def _teach(self, words: frozenset[str]) -> None:
        if not words:
            return
        with DICTIONARY.open(encoding="utf-8") as dictionary:
            found = sounds(words, dictionary)
        self._search.teach(found)
        self._taught |= {word for word, ways in found.items() if ways}


def answer(ears: Ears, request: Message) -> Message:
    """`missing` asks for the nets of the grammars, which come with the next request."""
    do = request["do"]
    if do in ("prepare", "begin", "recognize") and not _ready(ears, request):
        return {"missing": True}
    if do == "begin":
        ears.begin(request["stream"], request["digests"])
    elif do == "feed":
        return ears.feed(request["stream"], request.get("pcm", b""))
    elif do == "finish":
        return ears.finish(request["stream"])
    elif do == "drop":
        ears.drop()
    elif do == "recognize":
        ears.begin(None, request["digests"])
        ears.feed(None, request.get("pcm", b""))
        return ears.finish(None)
    return {}


def _ready(ears: Ears, request: Message) -> bool:
    digests: list[str] = request["digests"]
    if not ears.knows(digests):
        if "nets" not in request:
            return False
        ears.drop()
        ears.compile(digests, [net_of(net) for net in request.pop("nets")])
        gc.freeze()  # else each collection looks through all that is kept
    return True


def main() -> None:
    inbox = Inbox()
    ears = Ears()
    for request in inbox.requests():
        inbox.answer(request["id"], answer(ears, request), end=True)


if __name__ == "__main__":
    main()
