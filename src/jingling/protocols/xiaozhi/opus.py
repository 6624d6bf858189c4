"""Opus packets to sound and back; libopus comes inside the wheel of opuslib-next-bundled."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.protocols.xiaozhi.messages import FRAME_MS, RATE_HZ
from jingling.speech.stream_resampler import StreamResampler

HEARD_HZ = 16_000
PACKET_MS_MAX = 120
COMPLEXITY = 5


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
    stream: StreamResampler | None = None
    try:
        async for chunk in audio:
            if chunk.rate_hz == rate_hz and chunk.channels == 1:
                yield chunk
                continue
            stream = stream or StreamResampler(chunk.rate_hz, rate_hz)
            yield stream.feed(chunk)
        if stream is not None:
            yield stream.finish()
    finally:
        if isinstance(audio, AsyncGenerator):
            await audio.aclose()
