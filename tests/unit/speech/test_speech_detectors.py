import numpy as np
import pytest

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.engines.microvad import MicroVoiceDetector
from jingling.speech.engines.microwake import MicroWakeDetector, cutoff
from jingling.speech.resampling import resample


async def spoken(text: str) -> bytes:
    voice = EspeakSynthesizer()
    pcm = b"".join([resample(chunk, 16_000).pcm async for chunk in voice.speak(text, "en")])
    await voice.close()
    return pcm


def noise(seconds: float) -> bytes:
    return np.random.default_rng(0).normal(0, 1_000, round(16_000 * seconds)).astype("<i2").tobytes()


async def test_the_wake_word_is_heard_at_its_time_in_chunks_of_any_length() -> None:
    pcm = bytes(32_000) + await spoken("Alexa") + bytes(32_000)
    heard = []
    for size in (320, 1_002, 7_000, len(pcm)):
        detector = MicroWakeDetector(("alexa", "okay_nabu"))
        found = [
            one for at in range(0, len(pcm), size) for one in detector.process(AudioChunk(pcm[at : at + size]))
        ]
        heard.append(found)
    assert [one.word for one in heard[0]] == ["alexa"]
    assert 1.2 < heard[0][0].at_s < 2.5
    assert all(found == heard[0] for found in heard)


async def test_a_second_wake_word_right_after_the_first_is_the_same_one() -> None:
    detector = MicroWakeDetector(("alexa",))
    word = await spoken("Alexa")
    found = detector.process(AudioChunk(bytes(32_000) + word + bytes(64_000) + word + bytes(32_000)))
    assert len(found) == 2
    assert found[1].at_s - found[0].at_s >= 1.0


def test_noise_wakes_nobody() -> None:
    assert MicroWakeDetector().process(AudioChunk(noise(5))) == []


def test_an_unknown_wake_word_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(BadInput, match="alexa"):
        MicroWakeDetector(("bananas",))


def test_more_sensitivity_lowers_the_cutoff() -> None:
    cutoffs = [cutoff(0.9, step / 10) for step in range(11)]
    assert cutoffs == sorted(cutoffs, reverse=True)
    assert cutoffs[5] == pytest.approx(0.9)
    assert all(0 < value < 1 for value in cutoffs)


async def test_voice_is_told_from_noise_and_silence() -> None:
    voice = MicroVoiceDetector()
    speech = await spoken("turn on the light in the kitchen please")
    probabilities = [voice.process(AudioChunk(speech[at : at + 640])) for at in range(0, len(speech), 640)]
    assert max(probabilities) > 0.5
    voice.reset()
    quiet = [voice.process(AudioChunk(bytes(640))) for _ in range(100)]
    assert max(quiet) < 0.35
