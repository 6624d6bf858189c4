"""Spoken coffee orders: `python benchmarks/hear_coffee.py DATA`, a folder with `speech/*.flac` and `labels.json`.

Runs `jingling hear --json` on all recordings in one process. An order is right when its intent and every slot are
as labelled and there is nothing more. DATA is not part of this project; `--wrong` names what was not right.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import soundfile
from report import save, table

SKILL = "coffee."


def hear(files: list[Path], further: list[str]) -> tuple[list[dict[str, Any]], float]:
    """The records, and the seconds that it all took."""
    command = [sys.executable, "-m", "jingling", "hear", "--json", *further, *map(str, files)]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    records = [json.loads(line) for line in done.stdout.splitlines()]
    if len(records) != len(files):
        raise SystemExit(f"jingling hear failed:\n{done.stderr}")
    return records, seconds


def meant(record: dict[str, Any]) -> dict[str, Any] | None:
    """As the labels have it."""
    intent = record.get("intent")
    return intent and {"intent": intent["name"].removeprefix(SKILL), "slots": intent["slots"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--wrong", action="store_true", help="Name what was not right.")
    parser.add_argument("further", nargs="*", help="Options for `jingling hear`, after --.")
    options = parser.parse_args()
    if not (options.data / "labels.json").is_file():
        parser.error(f"there is no {options.data / 'labels.json'}; the recordings are not part of this project")
    labels = json.loads((options.data / "labels.json").read_text())
    files = [path for path in sorted((options.data / "speech").glob("*.flac")) if path.stem in labels]
    records, seconds = hear(files, options.further)
    wrong = [
        (path, record) for path, record in zip(files, records, strict=True) if meant(record) != labels[path.stem]
    ]
    heard_s = sum(soundfile.info(path).duration for path in files)
    hear_ms = [record["ms"]["hear"] for record in records if "hear" in record.get("ms", {})]
    right = len(files) - len(wrong)
    measured = {
        "orders": len(files),
        "right": right,
        "right_percent": round(100 * right / len(files), 1),
        "hear_median_ms": round(median(hear_ms), 1),
        "hear_p95_ms": round(quantiles(hear_ms, n=20)[-1], 1),
        "real_time_factor": round(sum(hear_ms) / 1000 / heard_s, 3),
        "seconds_in_all": round(seconds, 1),
    }
    print(table(("coffee", ""), [(name, str(value)) for name, value in measured.items()]))
    save("hear_coffee", measured)
    if options.wrong:
        for path, record in wrong:
            print(f"{path.stem}: {record.get('utterance', {}).get('text', record.get('error'))}")
            print(f"  wanted {labels[path.stem]}\n  found  {meant(record)}")


if __name__ == "__main__":
    main()
