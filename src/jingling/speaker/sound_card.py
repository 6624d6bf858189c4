"""The microphone and the loudspeaker of a Linux box, by miniaudio (ALSA, PulseAudio, PipeWire …)."""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator
from typing import Any

from jingling.core.audio import AudioChunk
from jingling.core.errors import NotReady

MICROPHONE_HZ = 16_000
PERIOD_MS = 20
WAITING_CHUNKS_MAX = 100
"""Two seconds of microphone sound; beyond it the oldest is dropped."""


class Queue:
    """Sound waiting for the loudspeaker, taken by its thread. `taken` is told what is about to be heard."""

    def __init__(self, taken: Callable[[bytes], None], played_out: Callable[[], None]) -> None:
        self._taken = taken
        self._played_out = played_out
        self._lock = threading.Lock()
        self._waiting: deque[bytes] = deque()
        self._playing = False

    def put(self, pcm: bytes) -> None:
        with self._lock:
            self._waiting.append(pcm)
            self._playing = True

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._playing = False

    def take(self, size: int) -> bytes:
        """Exactly `size` bytes: what waits, then silence."""
        pcm, over = self._next(size)
        self._taken(pcm)
        if over:
            self._played_out()
        return pcm

    def _next(self, size: int) -> tuple[bytes, bool]:
        with self._lock:
            taken = bytearray()
            while self._waiting and len(taken) < size:
                piece = self._waiting.popleft()
                room = size - len(taken)
                taken += piece[:room]
                if len(piece) > room:
                    self._waiting.appendleft(piece[room:])
            over = self._playing and not self._waiting
            if over:
                self._playing = False
            return bytes(taken).ljust(size, b"\0"), over


class SoundCard:
    """`taken` gets all that is played as (pcm, rate), also silence; `played_out` is called in the event loop when
    nothing is left to play.

    Open it as a context. Raises NotReady without the package or without a device.
    """

    def __init__(self, taken: Callable[[bytes, int], None], backends: Any = None) -> None:
        self.played_out: Callable[[], None] = lambda: None
        self._taken = taken
        self._backends = backends
        self._loop = asyncio.get_running_loop()
        self._heard: asyncio.Queue[AudioChunk] = asyncio.Queue(WAITING_CHUNKS_MAX)
        self._rate_hz = 0
        self._loudspeaker: Any = None
        self._microphone: Any = None
        self._queue = Queue(self._was_taken, self._was_played_out)

    def __enter__(self) -> "SoundCard":
        miniaudio = _miniaudio()
        try:
            self._microphone = miniaudio.CaptureDevice(
                nchannels=1, sample_rate=MICROPHONE_HZ, buffersize_msec=PERIOD_MS, backends=self._backends
            )
            self._microphone.start(_started(self._capture()))
        except miniaudio.MiniaudioError as error:
            self.__exit__()
            raise NotReady(
                f"No microphone can be opened ({error}). Plug one in, or choose it as default."
            ) from None
        return self

    def __exit__(self, *_: object) -> None:
        for device in (self._microphone, self._loudspeaker):
            if device is not None:
                device.close()
        self._microphone = self._loudspeaker = None

    async def microphone(self) -> AsyncIterator[AudioChunk]:
        """16 kHz mono."""
        while True:
            yield await self._heard.get()

    def play(self, audio: AudioChunk) -> None:
        """Mono, after what waits. Raises NotReady when there is no loudspeaker."""
        if audio.rate_hz != self._rate_hz:
            self._open(audio.rate_hz)
        self._queue.put(audio.pcm)

    def silence(self) -> None:
        self._queue.clear()

    def _open(self, rate_hz: int) -> None:
        """One rate at a time, as one voice has one."""
        miniaudio = _miniaudio()
        if self._loudspeaker is not None:
            self._loudspeaker.close()
        try:
            self._loudspeaker = miniaudio.PlaybackDevice(
                nchannels=1, sample_rate=rate_hz, buffersize_msec=2 * PERIOD_MS, backends=self._backends
            )
            self._rate_hz = rate_hz
            self._loudspeaker.start(_started(self._playback()))
        except miniaudio.MiniaudioError as error:
            self._rate_hz = 0
            raise NotReady(f"No loudspeaker can be opened ({error}). Plug one in, or choose it.") from None

    def _capture(self) -> Generator[None, bytes, None]:
        while True:
            pcm = yield
            self._loop.call_soon_threadsafe(self._keep, bytes(pcm))

    def _keep(self, pcm: bytes) -> None:
        if self._heard.full():
            self._heard.get_nowait()
        self._heard.put_nowait(AudioChunk(pcm, MICROPHONE_HZ))

    def _playback(self) -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            frames = yield self._queue.take(2 * frames)

    def _was_taken(self, pcm: bytes) -> None:
        self._taken(pcm, self._rate_hz)

    def _was_played_out(self) -> None:
        self._loop.call_soon_threadsafe(self.played_out)


def _started(generator: Generator[Any, Any, None]) -> Generator[Any, Any, None]:
    next(generator)
    return generator


def _miniaudio() -> Any:
    try:
        import miniaudio
    except ImportError:
        raise NotReady("A speaker needs one more package: pip install 'jingling[speaker]'.") from None
    return miniaudio
