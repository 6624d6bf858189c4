"""An utterance for engines that hear only when all of it is there."""

from collections.abc import Awaitable, Callable

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.core.turn import Utterance
from jingling.speech.base import Partial

RATE_HZ = 16_000


class WholeUtterance:
    """A Recognition that keeps the sound and hands it to `hear` in one piece."""

    def __init__(self, hear: Callable[[AudioChunk], Awaitable[Utterance | None]], seconds_max: float) -> None:
        self._hear = hear
        self._bytes_max = int(seconds_max * RATE_HZ) * 2
        self._pcm = bytearray()

    @property
    def partial(self) -> Partial | None:
        return None

    def feed(self, chunk: AudioChunk) -> None:
        checked(chunk)
        if len(self._pcm) + len(chunk.pcm) > self._bytes_max:
            raise BadInput(f"At most {self._bytes_max / 2 / RATE_HZ:g} s can be heard at once; say it in parts.")
        self._pcm += chunk.pcm

    async def finish(self) -> Utterance | None:
        return await self._hear(AudioChunk(bytes(self._pcm)))

    def give_up(self) -> None:
        self._pcm.clear()


def checked(chunk: AudioChunk) -> AudioChunk:
    """`chunk` itself. Raises BadInput unless it is 16 kHz mono."""
    if chunk.rate_hz != RATE_HZ or chunk.channels != 1:
        raise BadInput(
            f"A recogniser takes 16 kHz mono, not {chunk.rate_hz} Hz with {chunk.channels} channels;"
            " resample it first."
        )
    return chunk
