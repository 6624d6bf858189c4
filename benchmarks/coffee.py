"""Spoken coffee orders, clean and in kitchen noise: `python benchmarks/coffee.py DATA`.

DATA has `speech/*.flac`, `labels.json` and `kitchen.flac`. An order is right when its intent and every slot are as
labelled and there is nothing more. `--grammar coffee` hears with the coffee skill's sentences alone, as the
published engines did; `home` with all of the demo home. `--sample N` takes N orders by chance. Writes
results/coffee.json and results/coffee.svg.
"""

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import msgspec
import numpy as np
from bars import bars
from kitchen import Samples, mixed
from report import RESULTS, save, table

from jingling.app import App, build
from jingling.cli.asking import user_cache
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import EndpointInfo
from jingling.settings import Settings
from jingling.speech.sound_file import read_sound

SKILL = "coffee."
SNR_DB = (24, 21, 18, 15, 12, 9, 6)
PUBLISHED = {
    "Dialogflow": 0.79,
    "Amazon Lex": 0.85,
    "IBM Watson": 0.89,
    "Microsoft LUIS": 0.91,
    "Picovoice Rhino": 0.98,
}
SEED = 4


def meant(record: dict[str, Any]) -> dict[str, Any] | None:
    """As the labels have it."""
    intent = record.get("intent")
    return intent and {"intent": intent["name"].removeprefix(SKILL), "slots": intent["slots"]}


def samples(path: Path) -> Samples:
    found: Samples = np.frombuffer(read_sound(path, 600).pcm, "<i2")
    return found


async def hear(
    app: App, orders: dict[Path, Any], noise: Samples, snr_db: float | None, wrong: bool
) -> dict[str, Any]:
    """The share of `orders` heard rightly, and how long each took from its end."""
    draw = np.random.default_rng(SEED)
    right, hear_ms, heard_s = 0, [], 0.0
    for path, label in orders.items():
        sound = samples(path) if snr_db is None else mixed(samples(path), noise, snr_db, draw)
        record = await app.hub.hear(AudioChunk(sound.tobytes()), "en", EndpointInfo(f"file:{path}"))
        heard_s += len(sound) / 16_000
        hear_ms.append(record["ms"].get("hear", 0.0))
        right += meant(record) == label
        if wrong and meant(record) != label:
            print(f"{path.stem} {snr_db}: {record['utterance']['text']!r}, wanted {label['slots']}")
    return {
        "right": right,
        "share": round(right / len(orders), 4),
        "hear_median_ms": round(median(hear_ms)),
        "hear_p95_ms": round(quantiles(hear_ms, n=20)[-1]),
        "real_time_factor": round(sum(hear_ms) / 1000 / heard_s, 3),
    }


async def measure(
    grammar: str, orders: dict[Path, Any], noise: Samples, options: argparse.Namespace
) -> dict[str, Any]:
    skill = Path(__file__).parents[1] / "src" / "jingling" / "skills" / "coffee"
    found = {}
    with tempfile.TemporaryDirectory(prefix="jingling-") as folder:
        chosen = {"only_skill": skill} if grammar == "coffee" else {}
        settings = msgspec.structs.replace(Settings(), data_dir=Path(folder), dry_run=True, **chosen)
        async with build(settings, cache=user_cache()) as app:
            for snr_db in (None, *options.snr):
                name = "clean" if snr_db is None else f"{snr_db:g} dB"
                found[name] = await hear(app, orders, noise, snr_db, options.wrong)
                print(grammar, name, found[name], flush=True)
    noisy = [row["share"] for name, row in found.items() if name != "clean"]
    return {**found, "noisy_mean": round(sum(noisy) / len(noisy), 4) if noisy else None}


def chosen_orders(data: Path, sample: int | None) -> dict[Path, Any]:
    labels = json.loads((data / "labels.json").read_text())
    files = [path for path in sorted((data / "speech").glob("*.flac")) if path.stem in labels]
    if sample and sample < len(files):
        files = [files[at] for at in sorted(np.random.default_rng(SEED).choice(len(files), sample, replace=False))]
    return {path: labels[path.stem] for path in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--grammar", choices=("coffee", "home", "both"), default="both")
    parser.add_argument("--snr", type=float, nargs="*", default=list(SNR_DB), help="dB; none for clean alone.")
    parser.add_argument("--sample", type=int, help="So many orders by chance, instead of all.")
    parser.add_argument("--wrong", action="store_true", help="Name what was not right.")
    options = parser.parse_args()
    for needed in ("labels.json", "kitchen.flac"):
        if not (options.data / needed).is_file():
            parser.error(f"there is no {options.data / needed}; the recordings are not part of this project")
    orders, noise, begun = (
        chosen_orders(options.data, options.sample),
        samples(options.data / "kitchen.flac"),
        time.time(),
    )
    grammars = ("coffee", "home") if options.grammar == "both" else (options.grammar,)
    measured = {grammar: asyncio.run(measure(grammar, orders, noise, options)) for grammar in grammars}
    rows = [
        (grammar, name, f"{row['share']:.1%}", f"{row['hear_median_ms']} ms", f"{row['hear_p95_ms']} ms")
        for grammar, found in measured.items()
        for name, row in found.items()
        if isinstance(row, dict)
    ]
    print(table(("grammar", "noise", "right", "median", "p95"), rows))
    save(
        "coffee", {"orders": len(orders), "seed": SEED, "minutes": round((time.time() - begun) / 60, 1), **measured}
    )
    ours = [
        (f"Jingling, {name}", found["noisy_mean"], True) for name, found in measured.items() if found["noisy_mean"]
    ]
    others = [(name, share, False) for name, share in PUBLISHED.items()]
    picture = bars(
        "Coffee orders all right in kitchen noise, mean over the levels",
        sorted(others + ours, key=lambda row: row[1]),
    )
    (RESULTS / "coffee.svg").write_text(picture)


if __name__ == "__main__":
    main()
