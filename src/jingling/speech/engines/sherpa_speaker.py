"""Who speaks, by a voice embedding of sherpa-onnx. Never enough for money or doors."""

import math

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.speech.engines.sherpa_process import SherpaModel, sherpa_process
from jingling.speech.whole import checked

SECONDS_MIN = 0.5
SECONDS_MAX = 20.0


class SherpaSpeakerKnower:
    """One process for one model."""

    def __init__(self, model: SherpaModel) -> None:
        self._process = sherpa_process(model)

    @property
    def pid(self) -> int | None:
        return self._process.pid

    async def embed(self, audio: AudioChunk) -> tuple[float, ...]:
        """Of its first 20 s. Raises BadInput for less than half a second, NotReady."""
        checked(audio)
        if audio.seconds < SECONDS_MIN:
            raise BadInput(
                f"{audio.seconds:.1f} s are too little to know a voice by; {SECONDS_MIN:g} s are needed."
            )
        pcm = audio.pcm[: int(SECONDS_MAX * audio.rate_hz) * 2]
        answer = await self._process.ask({"do": "embed", "pcm": pcm})
        return _unit(answer["vector"])

    async def close(self) -> None:
        await self._process.close()


def _unit(vector: list[float]) -> tuple[float, ...]:
    length = math.sqrt(sum(one * one for one in vector))
    if not vector or not math.isfinite(length) or length == 0:
        raise BadInput("There is no voice in this sound to know anybody by.")
    return tuple(one / length for one in vector)
