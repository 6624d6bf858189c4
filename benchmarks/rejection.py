"""Whether what is no command is left alone: `python benchmarks/rejection.py DATA`.

DATA has `wake/<word>/*.flac` (wake words alone), `speech-zh/words/*.mp3` (Mandarin words) and `coffee` with orders
and `kitchen.flac`. All are heard with the demo home's English sentences. Says what share is accepted; an order
counts as lost when it is rejected. Writes results/rejection.json.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from report import save, table

from jingling.app import App, build
from jingling.cli.asking import user_cache
from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.settings import Settings
from jingling.speech.sound_file import read_sound

SEED = 5
NOISE_PIECES = 60


def clips(data: Path, sample: int) -> Iterator[tuple[str, list[AudioChunk]]]:
    """Sets of clips by name; those of what is no command first."""
    draw = np.random.default_rng(SEED)
    folders = {f"wake: {folder.name}": folder for folder in sorted((data / "wake").glob("*")) if folder.is_dir()}
    folders |= {"Mandarin words": data / "speech-zh" / "words", "orders": data / "coffee" / "speech"}
    for name, folder in folders.items():
        files = sorted(path for path in folder.glob("*") if path.is_file())
        taken = sorted(draw.permutation(len(files))[:sample]) if sample else range(len(files))
        yield name, [read_sound(files[at], 60) for at in taken]
        if name == "Mandarin words" and (data / "coffee" / "kitchen.flac").is_file():
            yield "kitchen noise", list(pieces(read_sound(data / "coffee" / "kitchen.flac", 600), draw))


def pieces(noise: AudioChunk, draw: np.random.Generator) -> Iterator[AudioChunk]:
    """Of one to four seconds."""
    for _ in range(NOISE_PIECES):
        size = int(draw.integers(16_000, 64_000))
        start = int(draw.integers(0, max(1, noise.frames - size)))
        yield AudioChunk(noise.pcm[2 * start : 2 * (start + size)])


async def accepted(app: App, sounds: list[AudioChunk]) -> tuple[int, list[str]]:
    """How many, and what was heard in them."""
    assert app.recognizer is not None
    texts = []
    for sound in sounds:
        try:
            heard = await app.recognizer.recognize(sound, app.grammars("en"))
        except BadInput:
            continue
        texts += [heard.text] if heard else []
    return len(texts), texts


async def measure(data: Path, sample: int, show: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="jingling-") as folder:
        settings = msgspec.structs.replace(Settings(), data_dir=Path(folder))
        async with build(settings, cache=user_cache()) as app:
            for name, sounds in clips(data, sample):
                if sounds:
                    count, texts = await accepted(app, sounds)
                    found[name] = {"clips": len(sounds), "accepted": count}
                    print(name, found[name], texts if show and name != "orders" else "", flush=True)
    return found


def summed(found: dict[str, Any]) -> dict[str, float]:
    """The shares that are promised."""
    others = [row for name, row in found.items() if name != "orders"]
    shares = {
        "accepted_share": sum(row["accepted"] for row in others) / max(1, sum(row["clips"] for row in others))
    }
    if "orders" in found:
        shares["orders_lost_share"] = 1 - found["orders"]["accepted"] / found["orders"]["clips"]
    return {name: round(share, 4) for name, share in shares.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="So many of each kind by chance, instead of all.")
    parser.add_argument("--show", action="store_true", help="Print what was heard in what is no command.")
    options = parser.parse_args()
    if not (options.data / "wake").is_dir():
        parser.error(f"there is no folder {options.data / 'wake'}; the recordings are not part of this project")
    found = asyncio.run(measure(options.data, options.sample, options.show))
    rows = [(name, str(row["clips"]), str(row["accepted"])) for name, row in found.items()]
    print(table(("", "clips", "accepted"), rows), summed(found), sep="\n")
    save("rejection", {"seed": SEED, "sets": found, **summed(found)})


if __name__ == "__main__":
    main()
