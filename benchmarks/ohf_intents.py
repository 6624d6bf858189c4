"""How many of Home Assistant's own test sentences are understood right, and how fast.

Each test names its home (areas, floors, things with their domain, device class and area) and sometimes the area
that the speaker stands in; a speaker of which nothing is said stands in some area of its own. What is right: the
intent and all slots; `ohf_cases.agrees` says what is left aside. Beside it stands hassil's `recognize_best` with
the same sentences and names, and an area only where the test names one. Times are of one thread's own work, the
best of three rounds for each sentence.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from hassil import Intents, recognize_best
from hassil.intents import TextSlotList
from ohf_cases import HERE, Case, agrees, read_cases
from ohf_sentences import OURS, count, from_folder, packaged, spoken
from report import save, table

from jingling.language.base import Name
from jingling.language.matching.names import NameIndex
from jingling.language.matching.spoken import ALL
from jingling.language.matching.tongue import Spans, Tongue
from jingling.language.text import edges, even

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROUNDS = 3
Found = tuple[str, Mapping[str, Any]]
"""An intent's name and its slots; no name: not understood."""


class Ours:
    """Our matcher with one language's sentences."""

    def __init__(self, content: Mapping[str, Any], language: str) -> None:
        begun = time.perf_counter()
        self.index = NameIndex()
        self._tongue = Tongue(spoken(content, language), self.index)
        self.seconds = time.perf_counter() - begun
        self._polite = OURS.get(language)

    def live_in(self, names: Sequence[Name]) -> None:
        self.index.replace(self._polite or "en", names)

    def __call__(self, text: str, area: str) -> Found:
        plain = even(text)
        spans = Spans(*edges(plain, self._polite)) if self._polite else None
        found = self._tongue.match(self._tongue.said(plain, NOW), ALL, area, spans)
        return (found[0].intent, found[0].slots) if found else ("", {})


class Hassil:
    """The peer, as it comes."""

    def __init__(self, content: Mapping[str, Any], language: str) -> None:
        self._intents = Intents.from_dict({"language": language, **content})
        self._language = language
        self._lists: dict[str, Any] = {}

    def live_in(self, names: Sequence[Name]) -> None:
        self._lists = hassil_names(names)

    def __call__(self, text: str, area: str) -> Found:
        context = None if area == HERE else {"area": area}
        result = recognize_best(
            text,
            self._intents,
            slot_lists=self._lists,
            intent_context=context,
            best_slot_name="name",
            language=self._language,
        )
        return (result.intent.name, {e.name: e.value for e in result.entities_list}) if result else ("", {})


def hassil_names(names: Iterable[Name]) -> dict[str, Any]:
    """Names as hassil takes them."""
    kept = list(names)
    return {
        kind: TextSlotList.from_tuples(
            [(name.text, name.value, name.context) for name in kept if name.kind == kind], name=kind
        )
        for kind in ("name", "area", "floor")
    }


def measured(reader: Ours | Hassil, cases: Sequence[Case], rounds: int = ROUNDS) -> tuple[list[Found], list[float]]:
    """What each case was understood as, and the seconds that it took."""
    found: list[Found] = []
    seconds: list[float] = []
    home: Sequence[Name] | None = None
    for case in cases:
        if case.names is not home:
            home = case.names
            reader.live_in(home)
        found.append(reader(case.text, case.area))
        seconds.append(min(timed(lambda case=case: reader(case.text, case.area)) for _ in range(rounds)))  # type: ignore[misc]
    return found, seconds


def timed(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def wrong(cases: Sequence[Case], found: Sequence[Found]) -> list[dict[str, Any]]:
    return [
        {"file": case.file, "text": case.text, "wanted": dict(case.slots), "found": [name, dict(slots)]}
        for case, (name, slots) in zip(cases, found, strict=True)
        if not agrees(case, name, slots)
    ]


def quantile(seconds: Sequence[float], share: float) -> float:
    """Milliseconds."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def summary(cases: Sequence[Case], found: Sequence[Found], seconds: Sequence[float]) -> dict[str, Any]:
    missed = wrong(cases, found)
    return {
        "right": len(cases) - len(missed),
        "total": len(cases),
        "median_ms": round(median(seconds) * 1000, 4),
        "p99_ms": round(quantile(seconds, 0.99), 4),
        "wrong": missed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of OHF-Voice/intents")
    parser.add_argument("--language", default="en", help="a folder of `tests`: en, zh-CN, de, …")
    parser.add_argument("--sentences", choices=("packaged", "folder"), default="packaged")
    parser.add_argument("--no-peer", action="store_true", help="leave hassil out")
    args = parser.parse_args()
    try:
        cases = read_cases(args.folder, args.language)
        folder = args.sentences == "folder"
        content = from_folder(args.folder, args.language) if folder else packaged(args.language)
    except (LookupError, FileNotFoundError) as error:
        raise SystemExit(str(error)) from None
    ours = Ours(content, args.language)
    result: dict[str, Any] = {"sentences": args.sentences, "templates": count(content), "compile_s": ours.seconds}
    result["ours"] = summary(cases, *measured(ours, cases))
    if not args.no_peer:
        result["hassil"] = summary(cases, *measured(Hassil(content, args.language), cases, 1))
    show(args.language, result)
    save(f"ohf_intents_{args.language}_{args.sentences}", result)


def show(language: str, result: Mapping[str, Any]) -> None:
    rows = [
        (who, f"{one['right']}/{one['total']}", f"{one['median_ms']:.3f}", f"{one['p99_ms']:.3f}")
        for who, one in result.items()
        if who in ("ours", "hassil")
    ]
    print(
        f"{language}: {result['templates']} {result['sentences']} templates,"
        f" compiled in {result['compile_s']:.2f} s"
    )
    print(table(("", "right", "median ms", "p99 ms"), rows))
    for miss in result["ours"]["wrong"]:
        print(f"  {miss['file']}: {miss['text']!r} wanted {miss['wanted']} found {miss['found']}")


if __name__ == "__main__":
    main()
