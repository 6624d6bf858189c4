import numpy as np
import pytest

from jingling.speech.engines.front_end import CEPSTRA, FILTERS, Spectrum, cepstra, mel
from jingling.speech.engines.hearing import Features
from jingling.speech.engines.noise_floor import NoiseFloor
from jingling.speech.engines.voiced import Voiced

SOUND = np.random.default_rng(1).normal(0, 3_000, 16_000).astype("<i2").tobytes()


def tone(hz: float) -> bytes:
    return (8_000 * np.sin(2 * np.pi * hz * np.arange(1_600) / 16_000)).astype("<i2").tobytes()


@pytest.mark.parametrize("step", [2, 320, 330, 3_202])
def test_the_pieces_in_which_sound_comes_change_nothing(step: int) -> None:
    spectrum, pieces = Spectrum(), Spectrum()
    whole = spectrum.feed(SOUND[:8_000])
    parts = [pieces.feed(SOUND[at : min(at + step, 8_000)]) for at in range(0, 8_000, step)]
    assert whole.shape == ((4_000 - 410) // 160 + 1, 257)
    assert np.allclose(np.concatenate(parts), whole, rtol=1e-4)


@pytest.mark.parametrize(("lower", "higher"), [(300, 600), (600, 2_000), (2_000, 5_000)])
def test_a_higher_tone_is_in_a_higher_band(lower: float, higher: float) -> None:
    loudest = [int(mel(Spectrum().feed(tone(hz))).mean(axis=0).argmax()) for hz in (lower, higher)]
    assert loudest[0] < loudest[1]


def test_every_band_holds_some_of_the_spectrum() -> None:
    assert (mel(np.ones((1, 257), np.float32)) > 0).all()


def test_twice_the_loudness_moves_only_the_first_cepstrum() -> None:
    mels = mel(Spectrum().feed(SOUND))
    change = cepstra(4 * mels) - cepstra(mels)
    assert change.shape[1] == CEPSTRA
    assert np.allclose(change[:, 0], np.log(4) * np.sqrt(FILTERS), atol=1e-2)
    assert np.allclose(change[:, 1:], 0, atol=1e-2)


def test_steady_noise_is_taken_away_and_what_rises_above_it_is_kept() -> None:
    mels = np.full((400, FILTERS), 1e6, np.float32)
    mels[300:320] *= 1_000
    cleaned = NoiseFloor().clean(mels)
    assert cleaned[299].max() < 0.5 * mels[299].max()
    assert cleaned[310].min() > 0.5 * mels[310].min()


def test_noise_without_a_voice_gives_no_features() -> None:
    features, voiced = Features(), Voiced()
    assert voiced.feed(SOUND) == b""
    assert len(features.feed(SOUND)) == 0
    assert len(features.rest()) == 0
    assert len(features.whole()) == 0
    assert features.at_s == 1.0
