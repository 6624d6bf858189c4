import importlib.util
import sys
from pathlib import Path
from random import Random

import pytest

from jingling.core.audio import AudioChunk

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
spec = importlib.util.spec_from_file_location("voice_benchmark", BENCHMARKS / "voice.py")
assert spec and spec.loader
voice = importlib.util.module_from_spec(spec)
spec.loader.exec_module(voice)


def test_a_text_has_as_many_words_as_asked_for() -> None:
    text = voice.text_of(20, "en", Random(1))
    assert len(text.split()) == 20 and text.count(". ") == 3
    assert voice.text_of(20, "en", Random(1)) == text


def test_a_share_is_one_of_the_values() -> None:
    values = [float(value) for value in range(1, 21)]
    assert (
        voice.share(values, 0.5) == 11.0 and voice.share(values, 0.95) == 20.0 and voice.share([3.0], 0.95) == 3.0
    )


@pytest.mark.parametrize(
    ("sample", "heard"), [(voice.SOUND, False), (voice.SOUND + 1, True), (-voice.SOUND - 1, True)]
)
def test_silence_is_no_sound(sample: int, heard: bool) -> None:
    assert voice.sounds(AudioChunk(bytes(20) + sample.to_bytes(2, "little", signed=True))) is heard
