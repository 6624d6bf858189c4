"""Wake words on real recordings: `python benchmarks/wake.py DATA`, DATA a folder with one folder a word.

Prints how many files of each folder woke each bundled word, and the cost; writes results/wake.json.
"""

import argparse
import json
import time
from pathlib import Path

from jingling.core.audio import AudioChunk
from jingling.speech.engines.microwake import WORDS, MicroWakeDetector
from jingling.speech.sound_file import read_sound

CHUNK_BYTES = 640  # 20 ms
RESULTS = Path(__file__).parent / "results"


def woken(detector: MicroWakeDetector, audio: AudioChunk) -> set[str]:
    """The words found in `audio`, which has a second of silence put before and after it."""
    detector.reset()
    pcm = bytes(32_000) + audio.pcm + bytes(32_000)
    chunks = (AudioChunk(pcm[at : at + CHUNK_BYTES]) for at in range(0, len(pcm), CHUNK_BYTES))
    return {found.word for chunk in chunks for found in detector.process(chunk)}


def measure(folder: Path, detector: MicroWakeDetector) -> dict[str, float]:
    counts = dict.fromkeys(("files", *WORDS), 0)
    heard_s = 0.0
    start = time.process_time()
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        audio = read_sound(path, seconds_max=60)
        heard_s += audio.seconds + 2
        counts["files"] += 1
        for word in woken(detector, audio):
            counts[word] += 1
    return {**counts, "cpu_percent": round(100 * (time.process_time() - start) / heard_s, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sensitivity", type=float, default=0.5)
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"there is no folder {options.data}; the recordings are not part of this project")
    detector = MicroWakeDetector(WORDS, options.sensitivity)
    rows = {folder.name: measure(folder, detector) for folder in sorted(options.data.iterdir()) if folder.is_dir()}
    columns = ("files", *WORDS, "cpu_percent")
    print(f"{'folder':14}" + "".join(f"{column:>13}" for column in columns))
    for name, row in rows.items():
        print(f"{name:14}" + "".join(f"{row[column]:13}" for column in columns))
    RESULTS.mkdir(exist_ok=True)
    report = {"sensitivity": options.sensitivity, "folders": rows}
    (RESULTS / "wake.json").write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
