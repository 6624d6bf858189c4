"""Takes what the loudspeaker plays out of what the microphone hears: WebRTC's processing, from LiveKit's wheel."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

from jingling.core.audio import AudioChunk
from jingling.core.errors import NotReady
from jingling.speaker.link import Card

RATE_HZ = 16_000
STEP_BYTES = 320
"""10 ms of 16 kHz mono: the only step that it takes."""


class EchoCanceller(Protocol):
    def played(self, pcm: bytes, rate_hz: int) -> None:
        """What goes to the loudspeaker, in any length; mono."""

    def heard(self, pcm: bytes) -> bytes:
        """The microphone's sound without it; whole steps come out, the rest with the next."""


class WebRtcEchoCanceller:
    """Echo, noise and low rumble; `delay_ms` is how long sound takes from the one to the other through the card.

    Raises NotReady when the package is not installed.
    """

    def __init__(self, delay_ms: int = 60) -> None:
        try:
            from livekit.rtc import AudioFrame, AudioResampler
            from livekit.rtc.apm import AudioProcessingModule
        except ImportError:
            raise NotReady("Echo cancelling needs one more package: pip install 'jingling[speaker]'.") from None
        self._frame, self._resampler_of = AudioFrame, AudioResampler
        self._resampler: tuple[int, Any] = (RATE_HZ, None)
        self._module = AudioProcessingModule(echo_cancellation=True, noise_suppression=True, high_pass_filter=True)
        self._module.set_stream_delay_ms(delay_ms)
        self._played = b""
        self._heard = b""

    def played(self, pcm: bytes, rate_hz: int) -> None:
        self._played += self._at_our_rate(pcm, rate_hz)
        while len(self._played) >= STEP_BYTES:
            self._module.process_reverse_stream(self._step(self._played))
            self._played = self._played[STEP_BYTES:]

    def heard(self, pcm: bytes) -> bytes:
        self._heard += pcm
        clean = bytearray()
        while len(self._heard) >= STEP_BYTES:
            frame = self._step(self._heard)
            self._module.process_stream(frame)
            clean += bytes(frame.data)
            self._heard = self._heard[STEP_BYTES:]
        return bytes(clean)

    def _at_our_rate(self, pcm: bytes, rate_hz: int) -> bytes:
        """Without seams between the pieces."""
        if rate_hz != self._resampler[0]:
            self._resampler = (rate_hz, self._resampler_of(rate_hz, RATE_HZ) if rate_hz != RATE_HZ else None)
        if self._resampler[1] is None:
            return pcm
        frame = self._frame(bytearray(pcm), rate_hz, 1, len(pcm) // 2)
        return b"".join(bytes(one.data) for one in self._resampler[1].push(frame))

    def _step(self, pcm: bytes) -> Any:
        return self._frame(bytearray(pcm[:STEP_BYTES]), RATE_HZ, 1, STEP_BYTES // 2)


class Cleaned:
    """A sound card whose microphone does not hear its loudspeaker."""

    def __init__(self, card: Card, echo: EchoCanceller) -> None:
        self._card = card
        self._echo = echo
        self.play = card.play
        self.silence = card.silence

    async def microphone(self) -> AsyncIterator[AudioChunk]:
        async for chunk in self._card.microphone():
            if clean := self._echo.heard(chunk.pcm):
                yield AudioChunk(clean, chunk.rate_hz)
