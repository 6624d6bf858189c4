"""Three devices hear one wake word: `python benchmarks/arbitration.py DATA`, DATA a folder of "alexa" spoken.

The same voice reaches a near, a farther and a far device: quieter, later, with more of its room and of each
microphone's own noise and gain, and over networks of different haste. The rule in use (the first answers) stands
beside its peer (wait 0.3 s, then the loudest above its noise). Writes results/arbitration.json.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from report import save, table

from jingling.assistant.arbiter import Arbiter
from jingling.core.audio import AudioChunk
from jingling.speech.engines.microwake import MicroWakeDetector
from jingling.speech.sound_file import read_sound

RATE_HZ = 16_000
CHUNK_BYTES = 640
METRES = (1.0, 3.0, 5.0)
SOUND_METRES_PER_S = 343.0
WINDOW_S = 0.3
Samples = NDArray[np.float64]


class Wake(NamedTuple):
    """`device` counts from the nearest; `at_s` is when the hub is told; `above_noise` in dB."""

    device: int
    at_s: float
    above_noise: float


def heard(voice: Samples, metres: float, rng: np.random.Generator) -> tuple[Samples, float]:
    """What a microphone so far away hears, and how far the voice is above its noise, in dB."""
    delay = int(metres / SOUND_METRES_PER_S * RATE_HZ)
    tail = rng.normal(0, 1, 4_000) * np.exp(-np.arange(4_000) / 1_200) * 0.02 * metres
    reflected = np.convolve(voice, tail)[: len(voice)] * 0.3
    gain = 10 ** (rng.normal(0, 3) / 20)
    sound = np.concatenate([np.zeros(delay), voice / metres + reflected])[: len(voice)] * gain
    noise = rng.normal(0, 40 * 10 ** (rng.normal(0, 4) / 20), len(voice))
    ratio = 10 * np.log10((sound**2).mean() / (noise**2).mean())
    return sound + noise, float(ratio)


def wakes(voice: Samples, detector: MicroWakeDetector, rng: np.random.Generator) -> list[Wake]:
    """Of each device that woke."""
    found = []
    for device, metres in enumerate(METRES):
        sound, ratio = heard(voice, metres, rng)
        at_s = _woken_at(sound, detector)
        if at_s is not None:
            found.append(Wake(device, at_s + rng.gamma(2.0, 0.008), ratio))
    return sorted(found, key=lambda one: one.at_s)


def _woken_at(sound: Samples, detector: MicroWakeDetector) -> float | None:
    detector.reset()
    pcm = bytes(RATE_HZ * 2) + sound.clip(-32_768, 32_767).astype("<i2").tobytes() + bytes(RATE_HZ * 2)
    for at in range(0, len(pcm), CHUNK_BYTES):
        if found := detector.process(AudioChunk(pcm[at : at + CHUNK_BYTES])):
            return found[0].at_s
    return None


def first_answers(found: Sequence[Wake]) -> list[int]:
    """The rule in use: who answers."""
    arbiter = Arbiter()
    return [one.device for one in found if arbiter.answers(str(one.device), one.at_s)]


def loudest_answers(found: Sequence[Wake]) -> list[int]:
    """The peer: those within the window are compared; one that comes later answers too."""
    answering, rest = [], list(found)
    while rest:
        together = [one for one in rest if one.at_s < rest[0].at_s + WINDOW_S]
        answering.append(max(together, key=lambda one: one.above_noise).device)
        rest = rest[len(together) :]
    return answering


def score(cases: Sequence[Sequence[int]], waited_ms: float) -> dict[str, float]:
    """Shares in percent of the cases in which any device woke."""
    woken = [case for case in cases if case]
    share = 100 / max(1, len(woken))
    return {
        "one_answers": round(share * sum(len(case) == 1 for case in woken), 1),
        "nearest_answers": round(share * sum(case[0] == 0 for case in woken), 1),
        "waited_ms": waited_ms,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = sorted(path for path in options.data.glob("*.flac"))
    if not files:
        parser.error(f"there are no recordings in {options.data}; they are not part of this project")
    rng = np.random.default_rng(options.seed)
    detector = MicroWakeDetector(("alexa",))
    voices = (np.frombuffer(read_sound(path, 60).pcm, "<i2").astype(float) for path in files)
    cases = [wakes(voice, detector, rng) for voice in voices]
    rules = {
        "first answers (ours)": score([first_answers(case) for case in cases], 0.0),
        "loudest in 0.3 s": score([loudest_answers(case) for case in cases], 1000 * WINDOW_S),
    }
    several = sum(len(case) > 1 for case in cases)
    print(f"{len(files)} calls, {several} of them woke several of {len(METRES)} devices")
    head = ("rule", "one answers %", "nearest %", "waited ms")
    rows = [(name, *(f"{value:g}" for value in row.values())) for name, row in rules.items()]
    print(table(head, rows))
    save("arbitration", {"seed": options.seed, "files": len(files), "woke_several": several, "rules": rules})


if __name__ == "__main__":
    main()
