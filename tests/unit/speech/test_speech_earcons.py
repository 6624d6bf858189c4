from typing import get_args

import numpy as np
import pytest

from jingling.speech.earcons import Earcon, chime, earcon

KINDS = get_args(Earcon)


def samples(kind: Earcon, volume: float = 1.0) -> np.ndarray:  # type: ignore[type-arg]
    return np.frombuffer(earcon(kind, volume).pcm, "<i2").astype(float)


@pytest.mark.parametrize("kind", KINDS)
def test_each_sounds_at_once_is_short_and_ends_softly(kind: Earcon) -> None:
    sound = samples(kind)
    assert earcon(kind).seconds <= (0.9 if kind == "call" else 0.42)
    assert np.abs(sound[:441]).max() > 1_000
    assert np.abs(sound).max() < 32_767
    assert np.abs(sound[-22:]).max() < 400


def test_they_can_be_told_apart() -> None:
    assert len({earcon(kind).pcm for kind in KINDS}) == len(KINDS)


def test_the_volume_is_kept_to() -> None:
    assert np.abs(samples("done", 0.5)).max() == pytest.approx(np.abs(samples("done")).max() / 2, rel=0.01)


def test_the_chime_is_a_second_and_a_half() -> None:
    assert chime().seconds == pytest.approx(1.54, abs=0.1)
