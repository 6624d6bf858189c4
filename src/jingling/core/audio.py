"""Sound as everyone here passes it on."""

from msgspec import Struct


class AudioChunk(Struct, frozen=True):
    """Signed 16-bit little-endian PCM, interleaved when `channels` > 1."""

    pcm: bytes
    rate_hz: int = 16_000
    channels: int = 1

    @property
    def frames(self) -> int:
        return len(self.pcm) // (2 * self.channels)

    @property
    def seconds(self) -> float:
        return self.frames / self.rate_hz
