"""The recogniser's own process: grammars and sound in, words out. Ends when its pipe closes."""

import gc
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jingling.speech.acceptor import Net, net_of, words_of
from jingling.speech.engines.decoding import Path, SentenceSearch, SoundSearch
from jingling.speech.engines.frames import Message
from jingling.speech.engines.hearing import Features
from jingling.speech.engines.mandarin_reading import written
from jingling.speech.engines.trust import trust
from jingling.speech.engines.vocabulary import Vocabulary, spoken_language
from jingling.speech.engines.walk import Walk
from jingling.speech.engines.worker_inbox import Inbox
from jingling.speech.plugboard import Plugboard

ARCS_MAX = 120_000  # of all grammars kept compiled; about 1.5 kB each
ACCEPTED = 0.5
SURE = 0.8  # an answer to a question that is believed as much leaves no doubt that it is one
FURTHER_BETTER = 0.15  # so much more is to be said for a request than for an answer
WARPS = (0.88, 1.14)  # of voices far from the usual, tried when nothing was believed
WARPED_ACCEPTED = 0.9
WARPED_SPEECH_MS = 1_000
ANSWER_ARCS_MAX = 400  # of a grammar that holds the answers to a question alone
CONTRAST_CLEAR = 5.0  # a room as quiet as this against the voice needs no second look


class Kept(NamedTuple):
    """A compiled grammar. `frames`: what stays the same when only names change."""

    arcs: int
    walk: Walk
    words: Mapping[str, frozenset[str]]  # by language
    frames: tuple[str, ...]


@dataclass(frozen=True)
class Open:
    """A stream under way."""

    stream: object
    name: str
    further: str
    prior: Mapping[str, float]
    features: Features


class Ears:
    """The searches, the grammars compiled for them, and the one stream that is heard."""

    def __init__(self) -> None:
        self._sentences = SentenceSearch()
        self._sounds = SoundSearch()
        self._vocabulary = Vocabulary()
        self._plugboard = Plugboard()
        self._kept: dict[str, Kept] = {}
        self._plans: dict[str, tuple[str, str]] = {}
        self._open: Open | None = None

    def knows(self, digests: Sequence[str]) -> bool:
        plan = self._plans.get("+".join(digests))
        return plan is not None and all(name in self._kept for name in plan if name)

    def compile(self, digests: Sequence[str], nets: Sequence[Net]) -> None:
        """Compiles what is expected and what may be said besides, each unless it is there."""
        plan = ["", ""]
        for further in (True, False):
            named = {digest: net for digest, net in zip(digests, nets, strict=True) if net.further is further}
            plan[further] = "+".join(named)
            if plan[further] in self._kept:
                self._use(plan[further])
            elif named:
                self._united([*named], [*named.values()])
        self._plans = {name: one for name, one in self._plans.items() if one[0] in self._kept}
        self._plans["+".join(digests)] = (plan[0], plan[1])

    def _united(self, digests: Sequence[str], nets: Sequence[Net]) -> None:
        """Makes ready the union of `nets`; words that nobody can say are left out with their sentences.

        An open stream goes on afterwards, from its beginning.
        """
        self._halt()
        self._sentences.teach(self._vocabulary.new(nets))
        acceptor = self._plugboard.unite(nets, self._vocabulary.taught)
        name = "+".join(digests)
        frames = tuple(net.frame or digest for net, digest in zip(nets, digests, strict=True))
        self._make_room(len(acceptor.arcs), frames)
        self._sentences.add(name, acceptor)
        self._kept[name] = Kept(len(acceptor.arcs), Walk(acceptor), _words(nets), frames)
        self._resume()

    def begin(self, stream: object, digests: Sequence[str], prior: Mapping[str, float]) -> None:
        """Drops a stream that is open."""
        self.drop()
        name, further = self._plans["+".join(digests)]
        for used in filter(None, (further, name)):
            self._use(used)
        features = Features(patient="zh" in self._kept[name].words)
        self._open = Open(stream, name, further, prior, features)
        self._resume()

    def feed(self, stream: object, pcm: bytes) -> Message:
        """The words so far; no words for a stream that is gone."""
        if self._open is None or self._open.stream != stream:
            return {"text": "", "language": "en", "at_s": 0.0, "complete": False, "open": True}
        features = self._open.features
        self._search(features.feed(pcm))
        text = self._sentences.words()
        complete, further = self._kept[self._open.name].walk.ends(text.split())
        language = self._language(text, self._open, self._open.name)
        return {
            "text": written(text),
            "language": language,
            "at_s": features.at_s,
            "complete": complete,
            "open": further,
        }

    def finish(self, stream: object) -> Message:
        """The best sentence, with the confidence that it was one; no text where any other sounds fit far better."""
        if self._open is None or self._open.stream != stream:
            return _result("", "en", 0.0)
        was, begun = self._open, time.perf_counter()
        self._search(was.features.rest())
        heard = self._believed(was, was.name, self._sentences.finish(), self._sounds.finish())
        self._open = None
        decoded = time.perf_counter()
        if max(heard.values(), default=0.0) < ACCEPTED and was.features.contrast < CONTRAST_CLEAR:
            heard = self._second(was, was.name, heard)
        if max(heard.values(), default=0.0) < ACCEPTED and was.features.speech_ms >= WARPED_SPEECH_MS:
            heard = {**self._warped(was), **heard}
        name, heard = self._besides(was, heard)
        ms = {"decode": _ms(decoded - begun), "second": _ms(time.perf_counter() - decoded)}
        (text, confidence), *others = [*heard.items()] or [("", 0.0)]
        accepted = text if confidence >= ACCEPTED else ""
        return _result(accepted, self._language(text, was, name), confidence, others if accepted else (), ms)

    def drop(self) -> None:
        self._halt()
        self._open = None

    def _search(self, features: Any) -> None:
        self._sentences.feed(features)
        self._sounds.feed(features)

    def _resume(self) -> None:
        """Begins the open stream's search, with all that came of it."""
        if self._open is not None:
            self._sentences.choose(self._open.name)
            self._sentences.start()
            self._sounds.start()
            self._open.features.again()

    def _halt(self) -> None:
        """Ends the open stream's search."""
        if self._open is not None:
            self._sentences.finish()
            self._sounds.finish()

    def _besides(self, was: Open, answers: dict[str, float]) -> tuple[str, dict[str, float]]:
        """Instead of a doubtful answer something else may have been said, which then comes before it."""
        best = max(answers.values(), default=0.0)
        if not was.further or best >= SURE:
            return was.name, answers
        both = self._second(was, was.further, answers)
        better = max((both[text] for text in both if text not in answers), default=0.0)
        wanted = best + FURTHER_BETTER if best >= ACCEPTED else max(best, ACCEPTED)
        return (was.further, both) if better >= wanted else (was.name, answers)

    def _second(self, was: Open, name: str, first: dict[str, float]) -> dict[str, float]:
        """Another look, knowing all of the utterance; what it finds comes before `first`."""
        whole = was.features.whole()
        if not len(whole):
            return first
        self._sentences.choose(name)
        found = self._believed(was, name, self._sentences.decode(whole), self._sounds.decode(whole))
        return {**found, **{text: trusted for text, trusted in first.items() if text not in found}}

    def _believed(self, was: Open, name: str, sentence: Path, sounds: Path) -> dict[str, float]:
        if not sentence.spoken:
            return {}
        length = self._vocabulary.length(sentence.text)
        expected = name != was.further and bool(was.further) and self._kept[name].arcs <= ANSWER_ARCS_MAX
        return {sentence.text: trust(sentence, sounds, length, was.features.contrast, expected=expected)}

    def _warped(self, was: Open) -> dict[str, float]:
        """What is well believed of a voice far from the usual, of the kind that its sounds speak for."""
        looks = [(self._sounds.decode(features), features) for features in map(was.features.warped, WARPS)]
        sounds, features = max(looks, key=lambda look: look[0].score)
        self._sentences.choose(was.name)
        found = self._believed(was, was.name, self._sentences.decode(features), sounds)
        return {text: trusted for text, trusted in found.items() if trusted >= WARPED_ACCEPTED}

    def _language(self, text: str, stream: Open, name: str) -> str:
        return spoken_language(text, self._kept[name].words, stream.prior)

    def _use(self, name: str) -> None:
        """The ones unused for longest stand first."""
        self._kept[name] = self._kept.pop(name)

    def _make_room(self, arcs: int, frames: tuple[str, ...]) -> None:
        """The same with other names is of no use any longer; then those longest unused go, but no open one."""
        idle = [
            name for name in self._kept if self._open is None or name not in (self._open.name, self._open.further)
        ]
        for name in sorted(idle, key=lambda one: self._kept[one].frames != frames):
            full = sum(kept.arcs for kept in self._kept.values()) + arcs > ARCS_MAX
            if full or self._kept[name].frames == frames:
                self._sentences.remove(name)
                del self._kept[name]


def _words(nets: Sequence[Net]) -> dict[str, frozenset[str]]:
    """By language."""
    words: dict[str, frozenset[str]] = {}
    for net in nets:
        language = net.language or "en"
        words[language] = words.get(language, frozenset()) | words_of(net)
    return words


def _result(
    text: str,
    language: str,
    confidence: float,
    others: Sequence[tuple[str, float]] = (),
    ms: Mapping[str, float] | None = None,
) -> Message:
    alternatives = [[written(other), round(trusted, 3)] for other, trusted in others]
    return {
        "text": written(text),
        "language": language,
        "confidence": round(confidence, 3),
        "alternatives": alternatives,
        "ms": dict(ms or {}),
    }


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


def answer(ears: Ears, request: Message) -> Message:
    """`missing` asks for the nets of the grammars, which come with the next request."""
    do = request["do"]
    if do in ("prepare", "begin", "recognize") and not _ready(ears, request):
        return {"missing": True}
    pcm: bytes = request.get("pcm", b"")
    if do == "begin":
        ears.begin(request["stream"], request["digests"], request.get("prior", {}))
    elif do == "feed":
        return ears.feed(request["stream"], pcm)
    elif do == "finish":
        return ears.finish(request["stream"])
    elif do == "drop":
        ears.drop()
    elif do == "recognize":
        ears.begin(None, request["digests"], request.get("prior", {}))
        ears.feed(None, pcm)
        return ears.finish(None)
    return {}


def _ready(ears: Ears, request: Message) -> bool:
    digests: list[str] = request["digests"]
    if ears.knows(digests):
        return True
    if "nets" not in request:
        return False
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
