"""How many of the Recognizers cases are read right: numbers, units, dates and times, per kind and language.

    python benchmarks/values.py DATA [--language English] [--only DateTime] [--file Date] [--missed 20] [--peers]

A case counts when every span, type and value agrees and nothing else is found. Of the two totals, "all" are all
cases of a file, and "supported" those that the data does not mark as beyond its authors' own Python port.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from peers import PEERS, Peer
from recognizers import Case, Miss, Recognize, cases, compare, loaded
from report import save, table

HEADLINES: dict[str, Callable[[Case], bool]] = {
    "numbers": lambda case: case.domain == "Number",
    "numbers, without ranges": lambda case: case.domain == "Number" and "Range" not in case.kind,
    "units": lambda case: case.domain == "NumberWithUnit",
    "dates and times": lambda case: case.domain == "DateTime",
}


class Measured(NamedTuple):
    case: Case
    miss: Miss | None
    seconds: float


def measure(every: Iterable[Case], recognizer: Callable[[Case], Recognize | None]) -> Iterator[Measured]:
    for case in every:
        recognize = recognizer(case)
        if recognize is None:
            continue
        begun = time.perf_counter()
        try:
            found = recognize(case.text, case.now, case.kind)
        except Exception as error:
            yield Measured(case, Miss("error", "", repr(error)), time.perf_counter() - begun)
            continue
        seconds = time.perf_counter() - begun
        yield Measured(case, compare(case, found), seconds)


def row(name: str, measured: list[Measured]) -> tuple[str, ...]:
    whys = Counter(one.miss.why for one in measured if one.miss)
    said = ", ".join(f"{why} {count}" for why, count in whys.most_common())
    return (name, *rate(measured), *rate([one for one in measured if one.case.supported]), said)


def rate(measured: list[Measured]) -> tuple[str, str]:
    passed = sum(one.miss is None for one in measured)
    return f"{passed}/{len(measured)}", f"{100 * passed / len(measured):.1f}" if measured else "–"


def by_file(measured: list[Measured]) -> dict[str, list[Measured]]:
    files: dict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        files[one.case.file].append(one)
    return files


def headlines(measured: list[Measured]) -> Iterator[tuple[str, list[Measured]]]:
    for language in sorted({one.case.language for one in measured}):
        for name, belongs in HEADLINES.items():
            chosen = [one for one in measured if one.case.language == language and belongs(one.case)]
            if chosen:
                yield f"{name} ({language})", chosen


def speed(measured: list[Measured]) -> dict[str, float]:
    """Microseconds a request."""
    took = [one.seconds * 1e6 for one in measured]
    if len(took) < 2:
        return {}
    return {"median_us": round(median(took), 1), "p99_us": round(quantiles(took, n=100)[98], 1)}


def print_missed(measured: list[Measured], count: int) -> None:
    """By file and kind of miss, at most `count` each."""
    for file, ones in by_file([one for one in measured if one.miss]).items():
        for why in sorted({one.miss.why for one in ones if one.miss}):
            chosen = [one for one in ones if one.miss and one.miss.why == why]
            print(f"\n{file}: {why}, {len(chosen)}")
            for one in chosen[:count]:
                assert one.miss
                mark = "" if one.case.supported else " (unsupported)"
                print(f"  {one.case.text!r}{mark}: wanted {one.miss.wanted!r}, got {one.miss.got!r}")


HEAD = ("cases", "all", "%", "supported", "%", "what is missed")


def ours(every: list[Case], missed: int) -> dict[str, Any]:
    recognizers = {key: loaded(*key) for key in {(case.domain, case.language) for case in every}}
    for key in sorted(key for key, found in recognizers.items() if found is None):
        print(f"No recogniser yet for {key[0]} in {key[1]}: its cases are left out.")
    for case in every[:20]:  # the phrases prepare themselves on their first use
        list(measure([case], lambda it: recognizers[it.domain, it.language]))
    measured = list(measure(every, lambda case: recognizers[case.domain, case.language]))
    files = {file: row(file, ones) for file, ones in by_file(measured).items()}
    top = [row(name, ones) for name, ones in headlines(measured)]
    print(table(HEAD, [*files.values(), *top]))
    print(f"\na request: {speed(measured)}")
    if missed:
        print_missed(measured, missed)
    return {"files": list(files.values()), "headlines": top, "speed": speed(measured)}


def peer(one: Peer, every: list[Case]) -> dict[str, Any] | None:
    """What another library reaches on the same cases, by headline; None when it is not installed."""
    found = one.load()
    if found is None:
        print(f"{one.name} is not installed: left out.")
        return None
    chosen = [case for case in every if one.asked(case)]
    measured = list(measure(chosen, lambda _: found.recognize))
    rows = [row(name, ones) for name, ones in headlines(measured)]
    print(f"\n{one.name} {found.version}: {speed(measured)}, memory of the import {found.memory_mb:.0f} MB")
    print(table(HEAD, rows))
    files = [row(file, ones) for file, ones in by_file(measured).items()]
    return {
        "version": found.version,
        "memory_mb": found.memory_mb,
        "speed": speed(measured),
        "rows": rows,
        "files": files,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with Number, NumberWithUnit and DateTime")
    parser.add_argument("--language", help="English, Chinese, …")
    parser.add_argument("--only", help="Number, NumberWithUnit or DateTime")
    parser.add_argument("--file", default="", help="only files whose name begins so")
    parser.add_argument("--missed", type=int, nargs="?", const=20, default=0, help="list what is missed")
    parser.add_argument(
        "--peers", action="store_true", help="measure other libraries too, those that are installed"
    )
    asked = parser.parse_args()
    every = [
        case
        for case in cases(asked.data, asked.language, asked.only)
        if case.file.rpartition("/")[2].startswith(asked.file)
    ]
    if not every:
        sys.exit(
            f"There are no cases in {asked.data}: give the folder that holds Number, NumberWithUnit and DateTime."
        )
    measured: dict[str, Any] = {"ours": ours(every, asked.missed)}
    if asked.peers:
        measured["peers"] = {one.name: peer(one, every) for one in PEERS}
    save("values", measured)


if __name__ == "__main__":
    main()
