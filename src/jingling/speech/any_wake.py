"""Several wake word detectors on one stream, as one."""

from collections.abc import Sequence

from jingling.core.audio import AudioChunk
from jingling.speech.base import Detection, WakeDetector


class AnyWakeDetector:
    """Finds what any of `detectors` finds."""

    def __init__(self, detectors: Sequence[WakeDetector]) -> None:
        self._detectors = tuple(detectors)
        self.words = tuple(word for one in detectors for word in one.words)

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        return [found for one in self._detectors for found in one.process(chunk)]

    def reset(self) -> None:
        for one in self._detectors:
            one.reset()
