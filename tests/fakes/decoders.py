"""Decoders without sound: each second of it is said to be a word, and each answer waits until it is let go."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_process import WorkerGone

SECOND_BYTES = 32_000


@dataclass(eq=False)
class FakeDecoder:
    """Knows the seam to `pocketsphinx_worker`. `gate` holds back what it answers to a kind of request."""

    number: int
    asked: list[Message] = field(default_factory=list)
    known: set[tuple[str, ...]] = field(default_factory=set)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    deaths: int = 0
    closed: bool = False
    _pcm: bytearray = field(default_factory=bytearray)
    _stream: int | None = None

    async def ask(self, request: Message) -> Message:
        self.asked.append({key: value for key, value in request.items() if key not in ("pcm", "nets")})
        await asyncio.sleep(0)
        if gate := self.gates.get(request["do"]):
            await gate.wait()
        if self.deaths:
            self.deaths -= 1
            self.known.clear()
            self._stream = None
            raise WorkerGone("it died")
        return self._answer(request)

    def _answer(self, request: Message) -> Message:
        match request["do"]:
            case "feed":
                assert request["stream"] == self._stream, "a stream that was not begun"
                assert 640 <= len(request["pcm"]) <= 16_000
                self._pcm += request["pcm"]
                return {
                    "text": words(self._pcm),
                    "language": "en",
                    "at_s": seconds(self._pcm),
                    "complete": True,
                    "open": True,
                }
            case "finish":
                assert request["stream"] == self._stream, "a stream that was not begun"
                self._stream = None
                return heard(self._pcm)
            case "drop":
                self._stream = None
                return {}
        digests = tuple(request["digests"])
        if digests not in self.known and "nets" not in request:
            return {"missing": True}
        self.known.add(digests)
        if request["do"] == "begin":
            self._stream, self._pcm = request["stream"], bytearray()
        return heard(request["pcm"]) if request["do"] == "recognize" else {}

    async def close(self) -> None:
        self.closed = True

    @property
    def doings(self) -> list[str]:
        return [request["do"] for request in self.asked]


@dataclass
class Rack:
    """Makes them; `gates` hold for all that are made."""

    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    made: list[FakeDecoder] = field(default_factory=list)

    def make(self) -> FakeDecoder:
        self.made.append(FakeDecoder(len(self.made), gates=dict(self.gates)))
        return self.made[-1]

    def hold(self, *doings: str) -> asyncio.Event:
        """From now on every decoder waits before it answers these; set the event to let them go on."""
        gate = asyncio.Event()
        for gates in (self.gates, *(decoder.gates for decoder in self.made)):
            gates.update(dict.fromkeys(doings, gate))
        return gate

    @property
    def doings(self) -> list[str]:
        return [doing for decoder in self.made for doing in decoder.doings]


def seconds(pcm: Any) -> float:
    return len(pcm) / SECOND_BYTES


def words(pcm: Any) -> str:
    return " ".join(["word"] * int(seconds(pcm)))


def heard(pcm: Any) -> Message:
    return {"text": words(pcm), "language": "en", "confidence": 0.9, "alternatives": [["other", 0.4]], "ms": {}}
