"""What learning from sentences costs the hub: `python benchmarks/learned.py`.

A new process with the demo home learns both languages; a second one reads them from disk. Memory is the growth of
the process (resident) over `prepare`, and over all requests as well. A request is the time of `understand` without
that of the matcher it asks, on known sentences with one strange or doubled word in them (seeded).
Writes results/learned.json.
"""

import argparse
import asyncio
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from report import save, table

from jingling.app import App, Engines, build
from jingling.core.turn import Language, Utterance
from jingling.language.base import Context
from jingling.language.learned.phrases import PhraseBook
from jingling.language.learned.samples import samples
from jingling.language.learned.understander import LearnedUnderstander
from jingling.sdk.manifest import LANGUAGES
from jingling.settings import Settings

SENTENCES = 600
STRANGE = {"en": ("really", "somehow", "blorp", "kindly", "again"), "zh": ("真的", "再", "咕噜", "稍微", "一定")}
_MB = 1e6


def resident() -> float:
    """Megabytes of this process that are in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MB


def disturbed(words: Sequence[str], language: Language, chance: random.Random) -> str:
    """The words with one of them said twice, or a strange one among them."""
    at = chance.randrange(len(words) + 1)
    other = chance.choice([*STRANGE[language], words[at - 1]])
    return ("" if language == "zh" else " ").join([*words[:at], other, *words[at:]])


def texts(app: App, language: Language, seed: int) -> list[Utterance]:
    chance = random.Random(seed)
    known = [one.words for one in samples(app.templates.banks[language])]
    plain = [words for words in known if not any("{" in word for word in words)]
    chosen = chance.sample(plain, min(SENTENCES, len(plain)))
    return [Utterance(disturbed(words, language, chance), language) for words in chosen]


class Clocked:
    """Adds up the seconds of computing that what it wraps takes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def clocked(*given: Any) -> Any:
            start = time.thread_time()
            found = function(*given)
            self.seconds += time.thread_time() - start
            return found

        return clocked


def requests(
    learned: LearnedUnderstander, matcher: Clocked, said: Sequence[Utterance], now: datetime
) -> list[float]:
    """Milliseconds of each, without the matcher's part."""
    taken = []
    for utterance in said:
        matcher.seconds, start = 0.0, time.thread_time()
        learned.understand(utterance, Context(now=now))
        taken.append(1000 * (time.thread_time() - start - matcher.seconds))
    return sorted(taken)


async def measure(folder: Path, seed: int) -> dict[str, Any]:
    async with build(Settings(data_dir=folder, learn=False), engines=Engines()) as app:
        known, matcher, now = app.templates, Clocked(), app.clock.now()
        said = {language: texts(app, language, seed) for language in LANGUAGES}
        for utterance in (one for of in said.values() for one in of):
            known.understand(utterance, Context(now=now))  # what the matcher keeps is not counted
        learned = LearnedUnderstander(
            known.banks,
            matcher.wrap(known.values),
            matcher.wrap(known.understand),
            PhraseBook(None),
            folder / "cache",
        )
        before, start = resident(), time.perf_counter()
        learned.prepare(LANGUAGES)
        seconds = time.perf_counter() - start
        after = resident()
        figures: dict[str, Any] = {"seconds": round(seconds, 2), "mb_before": round(before, 1)}
        figures |= {"mb_after": round(after, 1), "mb_learned": round(after - before, 1)}
        for language in LANGUAGES:
            taken = requests(learned, matcher, said[language], now)
            figures[f"{language}_requests"] = len(taken)
            figures[f"{language}_ms_median"] = round(taken[len(taken) // 2], 3)
            figures[f"{language}_ms_p99"] = round(taken[int(0.99 * len(taken))], 3)
        return {**figures, "mb_learned_and_in_use": round(resident() - before, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        print(json.dumps(asyncio.run(measure(options.folder, options.seed))))
        return
    with tempfile.TemporaryDirectory() as folder:
        again = [sys.executable, __file__, "--seed", str(options.seed), "--folder", folder]
        runs = [json.loads(subprocess.run(again, check=True, capture_output=True).stdout) for _ in range(2)]
    rows = [[name.replace("_", " "), *(str(run[name]) for run in runs)] for name in runs[0]]
    print(table(("figure", "learned now", "read from disk"), rows))
    save("learned", {"seed": options.seed, "first": runs[0], "cached": runs[1]})


if __name__ == "__main__":
    main()
