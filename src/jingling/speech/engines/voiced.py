"""The part of a stream of sound that holds speech, as it comes in."""

from jingling.core.audio import AudioChunk
from jingling.speech.engines.microvad import MicroVoiceDetector
from jingling.speech.trimming import MARGIN_MS, SPEECH, STEP_MS

STEP_BYTES = STEP_MS * 32
PATIENT_LEAD_MS = 1_200  # the detector looks back 0.8 s, and knows of speech half a second late


class Voiced:
    """Lets through what lies between a little before the first speech and a little after the latest.

    `patient`: a lot before, and where no speech was found the latest may still have been one short word.
    """

    def __init__(self, *, patient: bool = False) -> None:
        self._patient = patient
        self._lead_ms = PATIENT_LEAD_MS if patient else MARGIN_MS
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

    def rest(self) -> bytes:
        """What may have been one short word, where no speech was found."""
        held, self._held = self._held if self._patient and not self._spoke else b"", b""
        return held

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
            self._held = self._held[-self._lead_ms // STEP_MS * STEP_BYTES :]
        return b""
