"""Sound files in and out: wav, flac, mp3, ogg and what else libsndfile reads."""

import contextlib
from pathlib import Path

import numpy as np
import soundfile

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.speech.resampling import Samples, convert, to_chunk

RATE_HZ = 16_000
RATES_HZ = range(4_000, 384_001)
BLOCK_FRAMES = 4_096
KINDS = "wav, flac, mp3 or ogg"


def read_sound(path: Path, seconds_max: float) -> AudioChunk:
    """16 kHz mono, whatever the file has. Of a file cut short, what is there.

    Raises BadInput for what is no sound, holds none, or lasts longer than `seconds_max`.
    """
    _check(path)
    try:
        with soundfile.SoundFile(path) as file:
            samples, rate_hz = _read(file, path, seconds_max), file.samplerate
    except (soundfile.LibsndfileError, OSError) as error:
        raise BadInput(f"{path.name} is no sound file that can be read; give a {KINDS} file.") from error
    if not len(samples):
        raise BadInput(f"{path.name} holds no sound; record it again or give another {KINDS} file.")
    return to_chunk(convert(samples, rate_hz, RATE_HZ), RATE_HZ)


def write_wav(path: Path, chunk: AudioChunk) -> None:
    """16-bit PCM. Raises BadInput where the file cannot be written."""
    samples = np.frombuffer(chunk.pcm, "<i2").reshape(-1, chunk.channels)
    try:
        soundfile.write(path, samples, chunk.rate_hz, subtype="PCM_16", format="WAV")
    except (soundfile.LibsndfileError, OSError) as error:
        raise BadInput(f"{path} cannot be written; choose a folder that exists and has room.") from error


def _check(path: Path) -> None:
    if path.is_dir():
        raise BadInput(f"{path.name or path} is a folder; name the sound files in it.")
    if not path.is_file():
        raise BadInput(f"There is no file {path}; check its name.")
    if path.stat().st_size == 0:
        raise BadInput(f"{path.name} is empty; give a {KINDS} file.")


def _read(file: soundfile.SoundFile, path: Path, seconds_max: float) -> Samples:
    """Never more than a little over `seconds_max`, whatever the file says of its length."""
    if file.samplerate not in RATES_HZ:
        raise BadInput(f"{path.name} has {file.samplerate} samples a second; give one with 8 000 to 192 000.")
    frames_max = round(seconds_max * file.samplerate)
    try:
        samples: Samples = file.read(frames_max + 1, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        samples = _until_damaged(file, frames_max)
    if len(samples) > frames_max:
        raise BadInput(f"{path.name} lasts longer than {seconds_max:g} s; cut it into shorter files.")
    mono: Samples = np.nan_to_num(samples.mean(axis=1, dtype=np.float32))
    return mono


def _until_damaged(file: soundfile.SoundFile, frames_max: int) -> Samples:
    """Block by block up to the first that cannot be read. Only for damaged files: blocks harm mp3."""
    blocks: list[Samples] = [np.zeros((0, file.channels), np.float32)]
    with contextlib.suppress(soundfile.LibsndfileError):
        file.seek(0)
        while sum(map(len, blocks)) <= frames_max and len(
            block := file.read(BLOCK_FRAMES, "float32", always_2d=True)
        ):
            blocks.append(block)
    return np.concatenate(blocks)
