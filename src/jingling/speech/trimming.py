"""The part of a recording that holds speech."""

from jingling.core.audio import AudioChunk
from jingling.speech.base import VoiceDetector

STEP_MS = 10
SPEECH = 0.5
MARGIN_MS = 400


def trimmed(audio: AudioChunk, voice: VoiceDetector) -> AudioChunk:
    """From a little before the first speech in `audio` to a little after the last; empty when there is none.

    A recogniser evens out the room by the mean of what it is given: silence around the words spoils that.
    """
    step = audio.rate_hz * STEP_MS // 1000 * 2
    steps = range(0, len(audio.pcm) - step + 1, step)
    spoken = [at for at in steps if voice.process(AudioChunk(audio.pcm[at : at + step], audio.rate_hz)) >= SPEECH]
    if not spoken:
        return AudioChunk(b"", audio.rate_hz)
    margin = step * MARGIN_MS // STEP_MS
    return AudioChunk(audio.pcm[max(0, spoken[0] - margin) : spoken[-1] + margin], audio.rate_hz)
