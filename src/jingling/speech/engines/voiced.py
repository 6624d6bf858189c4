"""The part of a stream of sound that holds speech, as it comes in."""

from jingling.core.audio import AudioChunk
from jingling.speech.engines.microvad import MicroVoiceDetector
from jingling.speech.trimming import MARGIN_MS, SPEECH, STEP_MS

STEP_BYTES = STEP_MS * 32


class Voiced:
    """Lets through what lies between a little before the first speech and a little after the latest."""

    def __init__(self) -> None:
        self._detector = MicroVoiceDetector()
        self._rest = b""
        self._held = b""
        self._spoke = False
        self._quiet_ms = 0
        self.speech_ms = 0

    def feed(self, pcm: bytes) -> bytes:
        """The sound that is known to belong to the speech by now."""
        pcm = self._rest + pcm
        whole = len(pcm) // STEP_BYTES * STEP_BYTES
        self._rest = pcm[whole:]
        return b"".join(self._step(pcm[at : at + STEP_BYTES]) for at in range(0, whole, STEP_BYTES))

    def _step(self, pcm: bytes) -> bytes:
        if self._detector.process(AudioChunk(pcm)) >= SPEECH:
            self._spoke = True
            self._quiet_ms = 0
            self.speech_ms += STEP_MS
            held, self._held = self._held + pcm, b""
            return held
        self._quiet_ms += STEP_MS
        if self._spoke and self._quiet_ms <= MARGIN_MS:
            return pcm
        self._held += pcm
        if not self._spoke:
            self._held = self._held[-MARGIN_MS // STEP_MS * STEP_BYTES :]
        return b""
