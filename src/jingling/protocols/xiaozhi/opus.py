"""Opus packets to sound and back; libopus comes inside the wheel of opuslib-next-bundled."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import numpy as np

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.protocols.xiaozhi.messages import FRAME_MS, RATE_HZ
from jingling.speech.resampling import Samples, convert, to_chunk

HEARD_HZ = 16_000
PACKET_MS_MAX = 120
COMPLEXITY = 5
_MARGIN_S = 0.005


def codec() -> Any:
    """The library, loaded when the first board connects. Raises NotReady."""
    try:
        import opuslib_next
    except (ImportError, OSError, RuntimeError) as error:
        raise NotReady(
            f"boards cannot be heard, because Opus is missing ({type(error).__name__}): "
            "install the package opuslib-next-bundled"
        ) from error
    return opuslib_next


class OpusEars:
    """One board's packets of any length, in order, as 16 kHz mono. Raises NotReady."""

    def __init__(self) -> None:
        library = codec()
        self._error: type[Exception] = library.OpusError
        self._decoder = library.Decoder(HEARD_HZ, 1)

    def decode(self, packet: bytes) -> AudioChunk:
        """Raises BadInput for what is no Opus."""
        if not packet:
            raise BadInput("a packet of sound is empty")
        try:
            pcm: bytes = self._decoder.decode(packet, HEARD_HZ * PACKET_MS_MAX // 1000)
        except self._error:
            raise BadInput("a packet of sound is no Opus") from None
        return AudioChunk(pcm, HEARD_HZ)


class OpusMouth:
    """Sound of any rate as packets of 60 ms; the last one of a sound is filled up with silence. Raises NotReady."""

    def __init__(self, rate_hz: int = RATE_HZ, frame_ms: int = FRAME_MS) -> None:
        library = codec()
        self._rate_hz = rate_hz
        self._samples = rate_hz * frame_ms // 1000
        self._encoder = library.Encoder(rate_hz, 1, "voip")
        self._encoder.complexity = COMPLEXITY

    async def packets(self, audio: AsyncIterator[AudioChunk]) -> AsyncGenerator[bytes, None]:
        """Closes `audio` when it is left early."""
        pcm = bytearray()
        size = 2 * self._samples
        async with aclosing(_at_rate(audio, self._rate_hz)) as sound:
            async for chunk in sound:
                pcm += chunk.pcm
                while len(pcm) >= size:
                    yield self._encode(bytes(pcm[:size]))
                    del pcm[:size]
        if pcm:
            yield self._encode(bytes(pcm).ljust(size, b"\0"))

    def _encode(self, pcm: bytes) -> bytes:
        return bytes(self._encoder.encode(pcm, self._samples))


async def _at_rate(audio: AsyncIterator[AudioChunk], rate_hz: int) -> AsyncGenerator[AudioChunk, None]:
    """Mono at `rate_hz`; one stream has one rate."""
    stream: Stream | None = None
    try:
        async for chunk in audio:
            if chunk.rate_hz == rate_hz and chunk.channels == 1:
                yield chunk
                continue
            stream = stream or Stream(chunk.rate_hz, rate_hz)
            yield to_chunk(stream.feed(_mono(chunk)), rate_hz)
        if stream is not None:
            yield to_chunk(stream.finish(), rate_hz)
    finally:
        if isinstance(audio, AsyncGenerator):
            await audio.aclose()


def _mono(chunk: AudioChunk) -> Samples:
    samples = np.frombuffer(chunk.pcm[: chunk.frames * 2 * chunk.channels], "<i2").astype(np.float32) / 32_768
    mono: Samples = samples.reshape(-1, chunk.channels).mean(axis=1, dtype=np.float32)
    return mono


class Stream:
    """A sound that comes in pieces, converted as if it were whole. Pure."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        divisor = int(np.gcd(from_hz, to_hz))
        self._rates = (from_hz, to_hz)
        self._up, self._down = to_hz // divisor, from_hz // divisor
        self._margin = self._down * (int(from_hz * _MARGIN_S) // self._down + 1)
        self._kept: Samples = np.zeros(self._margin, np.float32)

    def feed(self, samples: Samples) -> Samples:
        self._kept = np.concatenate([self._kept, samples])
        return self._take((len(self._kept) - 2 * self._margin) // self._down * self._down)

    def finish(self) -> Samples:
        """What was held back."""
        rest = len(self._kept) - self._margin
        padding = np.zeros(self._margin + self._down - rest % self._down, np.float32)
        self._kept = np.concatenate([self._kept, padding])
        return self._take(rest // self._down * self._down + self._down)[: rest * self._up // self._down]

    def _take(self, count: int) -> Samples:
        """`count` samples behind the margin, a multiple of the rates' ratio."""
        if count <= 0:
            return np.zeros(0, np.float32)
        margin = self._margin
        out = convert(self._kept[: margin + count + margin], *self._rates)
        self._kept = self._kept[count:]
        start, end = margin * self._up // self._down, (margin + count) * self._up // self._down
        return out[start:end]
