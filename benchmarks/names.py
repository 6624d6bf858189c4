"""Homes of 30 to 3,000 names: `python benchmarks/names.py [DATA]`, a folder with `speech/*.flac` and `labels.json`.

Half of the names are rooms and things, the others songs and products, all made up from a seed. Measures how long
the hub and the recogniser's worker take to make the grammar ready, at first and for one new name; the worker's
memory; and what is heard, and how fast: real orders of DATA (not part of this project), and commands with the
home's names, spoken by the built-in voice. Decoding is counted in seconds of the worker's own work for each
second of sound.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import psutil
import soundfile
from names_homes import files, home, one_more
from noise_homes import FixedNames
from report import save, table

from jingling.core.audio import AudioChunk
from jingling.core.grammar import Grammar
from jingling.core.turn import ANYWHERE, Language, Utterance
from jingling.language.base import Context, Name
from jingling.language.matcher import TemplateUnderstander
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.engines.pocketsphinx import PocketsphinxRecognizer
from jingling.speech.resampling import resample

SEED = 5
SIZES = (30, 100, 300, 1_000, 3_000)
CONTEXT = Context(datetime(2026, 11, 22, 9, tzinfo=UTC), area=ANYWHERE)
NEW_NAMES = 5
WISHES: Mapping[str, Sequence[str]] = {
    "light": ("turn on the {}", "turn off the {}", "dim the {} to thirty percent", "is the {} on"),
    "fan": ("turn on the {}", "turn off the {}"),
    "cover": ("open the {}", "close the {}"),
    "switch": ("turn on the {}", "turn off the {}"),
    "area": ("turn on the lights in the {}", "turn off all the lights in the {}"),
    "song": ("play {}", "play me the song {}", "I want to hear {}"),
    "product": ("buy {}", "order some {}", "put {} in my basket"),
}


class Spoken(NamedTuple):
    """`meant`: the intent and its slots, as JSON."""

    audio: AudioChunk
    meant: str


def commands(names: Sequence[Name], count: int, seed: int) -> list[str]:
    """As many of each kind of name."""
    rng = random.Random(f"{seed}commands")
    kinds: dict[str, list[Name]] = {}
    for name in names:
        kinds.setdefault(name.context.get("domain", name.kind), []).append(name)
    asked = [kind for kind in sorted(kinds) if kind in WISHES]
    return [
        rng.choice(WISHES[kind]).format(rng.choice(kinds[kind]).text)
        for kind in (asked[at % len(asked)] for at in range(count))
    ]


def meaning(understander: TemplateUnderstander, text: str) -> str:
    intent = understander.understand(Utterance(text, "en"), CONTEXT).intent
    return json.dumps([intent.name, intent.slots], sort_keys=True) if intent else ""


async def spoken(voice: EspeakSynthesizer, text: str) -> AudioChunk:
    pcm = b"".join([resample(chunk, 16_000).pcm async for chunk in voice.speak(text, "en")])
    return AudioChunk(bytes(8_000) + pcm + bytes(8_000))


def orders(data: Path, count: int, seed: int) -> list[Spoken]:
    labels = json.loads((data / "labels.json").read_text())
    paths = [path for path in sorted((data / "speech").glob("*.flac")) if path.stem in labels]
    random.Random(seed).shuffle(paths)
    return [
        Spoken(AudioChunk(soundfile.read(path, dtype="int16")[0].tobytes()), order(labels[path.stem]))
        for path in paths[:count]
    ]


def order(label: Mapping[str, Any]) -> str:
    """A label in the form of `meaning`."""
    return json.dumps([f"coffee.{label['intent']}", label["slots"]], sort_keys=True)


class Hub:
    """The understander of a home and its recogniser, as they stand in a hub."""

    def __init__(self, names: FixedNames, folder: Path) -> None:
        self.names = names
        self.understander = TemplateUnderstander(files(folder), names)
        self.recognizer = PocketsphinxRecognizer()

    def grammars(self, language: Language = "en") -> list[Grammar]:
        return list(self.understander.grammars([language], CONTEXT))

    async def ready(self) -> tuple[float, float]:
        """Seconds of the hub, and until the worker can hear."""
        begun = time.perf_counter()
        grammars = self.grammars()
        compiled = time.perf_counter()
        await self.recognizer.prepare(grammars)
        return compiled - begun, time.perf_counter() - compiled

    async def take(self, name: Name) -> float:
        """Milliseconds until a new name can be heard."""
        self.names.take("en", [*self.names.names("en"), name])
        return sum(await self.ready()) * 1000

    @property
    def worker(self) -> psutil.Process:
        assert self.recognizer.pid is not None
        return psutil.Process(self.recognizer.pid)

    async def hear(self, said: Iterable[Spoken]) -> dict[str, float]:
        """Share that was understood as meant, and seconds of work for each of sound."""
        right, heard_s, taken, grammars = [], 0.0, _work(self.worker), self.grammars()
        for one in said:
            found = await self.recognizer.recognize(one.audio, grammars)
            right.append(found is not None and meaning(self.understander, found.text) == one.meant)
            heard_s += one.audio.seconds
        taken = _work(self.worker) - taken
        return {"right_percent": round(100 * sum(right) / len(right), 1), "rtf": round(taken / heard_s, 3)}


def _work(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def measured(size: int, options: argparse.Namespace, real: Sequence[Spoken]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        hub = Hub(home(size, options.seed), Path(folder))
    voice = EspeakSynthesizer(rate=150)
    try:
        hub_s, worker_s = await hub.ready()
        begun = time.perf_counter()
        chinese = hub.grammars("zh")[0]
        found: dict[str, Any] = {"hub_s": round(hub_s, 2), "hub_zh_s": round(time.perf_counter() - begun, 2)}
        found |= {"arcs": len(hub.grammars()[0].arcs), "arcs_zh": len(chinese.arcs), "worker_s": round(worker_s, 2)}
        found["new_name_ms"] = round(median([await hub.take(one_more("en", n)) for n in range(NEW_NAMES)]))
        texts = commands(hub.names.names("en"), options.commands, options.seed)
        said = [Spoken(await spoken(voice, text), meaning(hub.understander, text)) for text in texts]
        found["commands"] = await hub.hear(said)
        if real:
            found["orders"] = await hub.hear(real)
        found["worker_mb"] = round(hub.worker.memory_info().rss / 1024**2)
    finally:
        await hub.recognizer.close()
        await voice.close()
    return found


def rows(found: Mapping[int, Mapping[str, Any]]) -> list[tuple[str, ...]]:
    def row(title: str, value: Callable[[Mapping[str, Any]], Any]) -> tuple[str, ...]:
        return (title, *(str(value(one)) for one in found.values()))

    lines = [row(key, lambda one, key=key: one[key]) for key in next(iter(found.values())) if "_" in key]
    for kind in ("commands", "orders"):
        if all(kind in one for one in found.values()):
            lines.append(row(f"{kind}: right %", lambda one, kind=kind: one[kind]["right_percent"]))
            lines.append(row(f"{kind}: real-time factor", lambda one, kind=kind: one[kind]["rtf"]))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--commands", type=int, default=42)
    parser.add_argument("--orders", type=int, default=40)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    real: list[Spoken] = []
    if options.data is None or not (options.data / "labels.json").is_file():
        print("There is no folder with labels.json and speech/: real orders are left out.")
    else:
        real = orders(options.data, options.orders, options.seed)
    found = {size: asyncio.run(measured(size, options, real)) for size in options.sizes}
    print(table(("names", *(f"{size:,}" for size in found)), rows(found)))
    save("names", {"seed": options.seed, "names": found})


if __name__ == "__main__":
    main()
