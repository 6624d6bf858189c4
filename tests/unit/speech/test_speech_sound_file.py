from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.speech.resampling import convert, resample
from jingling.speech.sound_file import read_sound, write_wav


def sine(rate_hz: int, seconds: float = 1.0, hz: float = 440) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(rate_hz * seconds)) / rate_hz)).astype("f4")


def samples(chunk: AudioChunk) -> np.ndarray:
    return np.frombuffer(chunk.pcm, "<i2") / 32_768


@pytest.mark.parametrize(
    ("name", "rate_hz", "channels", "subtype"),
    [
        ("a.wav", 16_000, 1, "PCM_16"),
        ("phone.wav", 8_000, 2, "PCM_16"),
        ("eight.wav", 22_050, 1, "PCM_U8"),
        ("studio.wav", 48_000, 2, "PCM_24"),
        ("float.wav", 44_100, 1, "FLOAT"),
        ("law.wav", 8_000, 1, "ULAW"),
        ("a.flac", 44_100, 2, "PCM_16"),
        ("a.ogg", 48_000, 1, "VORBIS"),
        ("a.mp3", 44_100, 2, "MPEG_LAYER_III"),
    ],
)
def test_every_kind_becomes_16_khz_mono(
    tmp_path: Path, name: str, rate_hz: int, channels: int, subtype: str
) -> None:
    sound = np.repeat(sine(rate_hz)[:, None], channels, axis=1)
    soundfile.write(tmp_path / name, sound, rate_hz, subtype=subtype)
    heard = read_sound(tmp_path / name, 10)
    assert (heard.rate_hz, heard.channels) == (16_000, 1)
    assert abs(heard.seconds - 1.0) < 0.15  # mp3 pads
    middle = samples(heard)[4_000:12_000]
    spectrum = np.abs(np.fft.rfft(middle))
    assert abs(np.argmax(spectrum) * 2 - 440) <= 4
    assert abs(middle.std() - 0.5 / np.sqrt(2)) < 0.03


def test_a_flac_cut_short_gives_what_is_there(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 32_000)
    soundfile.write(tmp_path / "whole.flac", noise, 16_000)
    whole = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "cut.flac").write_bytes(whole[: len(whole) // 2])
    assert 0.5 < read_sound(tmp_path / "cut.flac", 10).seconds < 1.1


def bad(folder: Path, name: str) -> Path:
    path = folder / name
    match name:
        case "folder":
            path.mkdir()
        case "empty.wav":
            path.touch()
        case "text.wav":
            path.write_text("turn on the light\n" * 50)
        case "noise.mp3":
            path.write_bytes(np.random.default_rng(3).bytes(4_000))
        case "no_samples.wav":
            soundfile.write(path, np.zeros(0), 16_000)
        case "head.flac":
            soundfile.write(path, sine(16_000), 16_000)
            path.write_bytes(path.read_bytes()[:50])
        case "long.wav":
            soundfile.write(path, np.zeros(16_000 * 11, "i2"), 16_000)
    return path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("folder", "is a folder"),
        ("missing.wav", "There is no file"),
        ("empty.wav", "is empty"),
        ("text.wav", "no sound file"),
        ("noise.mp3", "sound"),
        ("no_samples.wav", "holds no sound"),
        ("head.flac", "sound"),
        ("long.wav", "cut it into shorter"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_sound(bad(tmp_path, name), 10)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    chunk = AudioChunk((sine(16_000) * 32_767).astype("<i2").tobytes())
    write_wav(tmp_path / "out.wav", chunk)
    assert read_sound(tmp_path / "out.wav", 10) == chunk


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        write_wav(tmp_path / "no" / "out.wav", AudioChunk(b"\0\0"))


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
def test_resampling_keeps_a_tone_and_drops_what_would_fold(rate_hz: int) -> None:
    tone = convert(sine(rate_hz), rate_hz, 16_000)[1_000:-1_000]
    wanted = sine(16_000)[1_000 : 1_000 + len(tone)]
    assert np.abs(tone - wanted).max() < 0.001
    if rate_hz > 22_000:
        assert np.abs(convert(sine(rate_hz, hz=9_500), rate_hz, 16_000)[1_000:-1_000]).max() < 0.001


RATES_HZ = st.sampled_from([4_000, 8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])


@given(RATES_HZ, RATES_HZ, st.integers(0, 500))
def test_resampling_keeps_the_length(from_hz: int, to_hz: int, frames: int) -> None:
    before = AudioChunk(bytes(2 * frames), from_hz)
    assert abs(resample(before, to_hz).frames - frames * to_hz / from_hz) <= 1


def test_stereo_is_mixed() -> None:
    both = np.stack([np.full(100, 1_000), np.full(100, -1_000)], axis=1).astype("<i2")
    mono = resample(AudioChunk(both.tobytes(), 16_000, 2), 16_000)
    assert mono == AudioChunk(bytes(200))
