"""How long a typed turn takes: several hundred sentences in both languages, carried out on a database in a file.

Beside it stands its peer, hassil's own `recognize_best` with the packaged intents and the same names, which
only understands: it neither answers nor acts.
"""

import argparse
import asyncio
import logging
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import msgspec
from hassil import Intents, recognize_best
from hassil.intents import TextSlotList
from home_assistant_intents import get_intents
from report import save, table

from jingling.app import App, Engines, build
from jingling.core.endpoint import EndpointInfo
from jingling.core.turn import Language
from jingling.settings import Settings

SEED = 7
EACH = 250
PACKAGED: dict[Language, str] = {"en": "en", "zh": "zh-CN"}
PATTERNS: dict[Language, tuple[str, ...]] = {
    "en": (
        "turn on the {}", "turn off the {}", "switch the {} off please", "could you turn on the {}",
        "set the {} to 40 percent",
        "is the {} on", "open the {}", "close the {}", "make the {} blue", "what is the state of the {}",
        "lock the {}", "start the {}", "sing me a song about the {}",
    ),
    "zh": (
        "打开{}", "关闭{}", "请把{}关掉", "麻烦打开一下{}", "把{}调到百分之四十",
        "{}开着吗", "{}是什么状态", "把{}调成蓝色", "锁上{}", "启动{}", "给我唱一首{}的歌",
    ),
}  # fmt: skip


def sentences(app: App, language: Language) -> list[str]:
    """What people are told that they can say, and wishes about everything that has a name; some mean nothing."""
    names = sorted({name.text for name in app.home.names(language)})
    said = [example.text for example in app.understander.examples(language)]
    wishes = [pattern.format(name) for pattern in PATTERNS[language] for name in names]
    chosen = random.Random(SEED).sample(wishes, max(0, min(len(wishes), EACH - len(said))))
    return [*said, *chosen]


async def turns(app: App, language: Language, texts: list[str]) -> list[dict[str, Any]]:
    """The record of each turn, and its `seconds`. Every turn is a conversation of its own."""
    records = []
    for number, text in enumerate(texts):
        caller = EndpointInfo(f"benchmark-{number}", place_id="kitchen", language=language)
        begun = time.perf_counter()
        record = await app.ask(text, language, caller)
        records.append({**record, "seconds": time.perf_counter() - begun})
    return records


def peer(app: App, language: Language) -> Callable[[str], bool]:
    """Whether hassil by itself understands a text."""
    intents = Intents.from_dict(get_intents(PACKAGED[language]))
    kinds = ("name", "area", "floor")
    lists = {
        kind: TextSlotList.from_tuples(
            [(one.text, one.value, one.context) for one in app.home.names(language) if one.kind == kind], name=kind
        )
        for kind in kinds
    }
    return lambda text: recognize_best(text, intents, slot_lists=lists, language=PACKAGED[language]) is not None


def timed(understood: Callable[[str], bool], texts: list[str]) -> tuple[list[float], int]:
    seconds, found = [], 0
    for text in texts:
        begun = time.perf_counter()
        found += understood(text)
        seconds.append(time.perf_counter() - begun)
    return seconds, found


def summary(seconds: list[float]) -> dict[str, float]:
    """Milliseconds."""
    hundredths = quantiles(seconds, n=100)
    wanted = {
        "median_ms": median(seconds),
        "p95_ms": hundredths[94],
        "p99_ms": hundredths[98],
        "max_ms": max(seconds),
    }
    return {name: round(value * 1000, 2) for name, value in wanted.items()}


async def measured(language: Language, folder: Path) -> dict[str, Any]:
    settings = msgspec.structs.replace(Settings(), data_dir=folder)
    async with build(settings, engines=Engines()) as app:
        texts = sentences(app, language)
        for text in texts[:10]:
            await app.ask(text, language, EndpointInfo("warm-up"))
        records = await turns(app, language, texts)
        other = peer(app, language)
        timed(other, texts[:2])
        seconds, found = timed(other, texts)
    acted = [record["seconds"] for record in records if record["commands"]]
    return {
        "sentences": len(texts),
        "understood": sum(record["intent"] is not None for record in records),
        "acted": len(acted),
        "turn": summary([record["seconds"] for record in records]),
        "turn_with_commands": summary(acted),
        "understanding": summary([record["ms"].get("think", 0.0) / 1000 for record in records]),
        "hassil": {**summary(seconds), "understood": found},
    }


def rows(language: str, found: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    parts = {
        "whole turn": (found["turn"], found["understood"], found["sentences"]),
        "  of which acted": (found["turn_with_commands"], found["acted"], found["acted"]),
        "  of which understanding": (found["understanding"], found["understood"], found["sentences"]),
        "hassil recognize_best": (found["hassil"], found["hassil"]["understood"], found["sentences"]),
    }
    for name, (times, understood, count) in parts.items():
        milliseconds = (f"{times[f'{mark}_ms']:.2f}" for mark in ("median", "p95", "p99", "max"))
        yield (f"{language} {name}", f"{understood}/{count}", *milliseconds)


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    logging.disable(logging.WARNING)
    found: dict[str, Any] = {}
    for language in PACKAGED:
        with tempfile.TemporaryDirectory() as folder:
            found[language] = asyncio.run(measured(language, Path(folder)))
    head = ("ms a turn", "understood", "median", "p95", "p99", "slowest")
    print(table(head, [row for language in found for row in rows(language, found[language])]))
    save("turn", found)


if __name__ == "__main__":
    main()
