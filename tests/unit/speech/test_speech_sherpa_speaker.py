from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fakes.tiny_models import silence, speaker_model, tone
from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.speech.engines.sherpa_process import SherpaModel
from jingling.speech.engines.sherpa_speaker import SherpaSpeakerKnower


@pytest.fixture
async def knower(tmp_path: Path) -> AsyncIterator[SherpaSpeakerKnower]:
    parts = {role: tmp_path / path for role, path in speaker_model(tmp_path).items()}
    made = SherpaSpeakerKnower(SherpaModel("who", "speaker", frozenset({"en"}), parts))
    yield made
    await made.close()


def likeness(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def test_like_voices_are_alike_and_others_are_not(knower: SherpaSpeakerKnower) -> None:
    deep, deeper, high = [await knower.embed(AudioChunk(tone(hz, 1))) for hz in (300, 320, 3_000)]
    assert likeness(deep, deep) == pytest.approx(1)
    assert likeness(deep, deeper) > 0.98
    assert likeness(deep, high) < 0.7


async def test_too_little_or_other_sound_is_refused(knower: SherpaSpeakerKnower) -> None:
    with pytest.raises(BadInput, match="too little"):
        await knower.embed(AudioChunk(tone(300, 0.4)))
    with pytest.raises(BadInput, match="16 kHz mono"):
        await knower.embed(AudioChunk(tone(300, 1), 8_000))
    assert len(await knower.embed(AudioChunk(silence(0.6) + tone(300, 30)))) == 8
