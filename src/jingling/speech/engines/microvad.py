"""Voice activity by pymicro-vad: its model is in the wheel, 16 kHz in steps of 10 ms."""

from pymicro_vad import MicroVad

from jingling.core.audio import AudioChunk

STEP_BYTES = 320  # 10 ms


class MicroVoiceDetector:
    """One stream's voice activity. The first ~100 ms are 0: the model has not heard enough yet."""

    def __init__(self) -> None:
        self._vad = MicroVad()
        self._rest = b""
        self._latest = 0.0

    def process(self, chunk: AudioChunk) -> float:
        pcm = self._rest + chunk.pcm
        whole = len(pcm) - len(pcm) % STEP_BYTES
        for start in range(0, whole, STEP_BYTES):
            self._latest = max(0.0, self._vad.process_10ms(pcm[start : start + STEP_BYTES]))
        self._rest = pcm[whole:]
        return self._latest

    def reset(self) -> None:
        self._vad.reset()
        self._rest = b""
        self._latest = 0.0
