"""From the last sample of speech to the first audible sample of the answer: `python benchmarks/latency.py DATA`.

Real recordings (DATA/coffee/speech) are sent in real time over the browser's own socket (frames of 20 ms) or, with
`--socket xiaozhi`, as Opus over a board's (60 ms), to a hub in a process of its own. Someone is cut off when the
words were decided on before the last sample of speech, or miss the end that is heard with the whole recording at
hand. Then answers are interrupted: by a tap, and by the wake word (DATA/wake/alexa), from where a detector finds
it. DATA is not part of this project.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from curves import keep, shares
from recordings import Recording, cut_off, orders, recording, sound
from report import RESULTS, save, table
from speaking_hub import Answered, BrowserSocket, Hub, browser, running_hub
from xiaozhi_board import adopted, board_socket

from jingling.core.audio import AudioChunk
from jingling.screen.messages import StartListening, Stop
from jingling.speech.engines.microwake import MicroWakeDetector

SEED = 11
FRAME_S = 0.02
STAGES = ("ended", "heard", "thought", "acted", "voiced", "sent")
LONG_QUESTION = "what can you do"


@dataclass(frozen=True)
class Case:
    """`ms` None: no answer was heard."""

    name: str
    ms: float | None
    heard: str
    whole: str
    cut: bool
    partials: int
    after_ms: dict[str, float]


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 1).__int__() - 1))]


async def by_browser(hub: Hub, one: Recording) -> tuple[str, float, Answered]:
    """The device's id, when the last sample of speech was sent, and what came back."""
    device_id = f"latency-{one.name}"[:60]
    async with browser(hub, device_id) as socket:
        last_at, answered = await socket.say(one)
        await socket.send(Stop("tap"))
    return device_id, last_at, answered


async def by_board(hub: Hub, one: Recording) -> tuple[str, float, Answered]:
    """All by one board, which is spoken to again and again."""
    board = await asyncio.to_thread(adopted, hub, 1)
    async with board_socket(board) as socket:
        last_at, answered = await socket.say(one)
        await socket.abort()
    devices = (await asyncio.to_thread(hub.get, "/api/devices"))["devices"]
    return next(each["id"] for each in devices if each["kind"] == "xiaozhi"), last_at, answered


async def spoken_to(hub: Hub, one: Recording, kind: str) -> Case:
    device_id, last_at, answered = await (by_board if kind == "xiaozhi" else by_browser)(hub, one)
    whole = await asyncio.to_thread(hub.hear, one.wav(), f"whole-{one.name}"[:60])
    traces = [each for each in await asyncio.to_thread(hub.get, "/api/turns") if each["device_id"] == device_id]
    spoken = [each["after_ms"] for each in traces if each["spoken"]]
    text = whole.get("utterance", {}).get("text", "")
    early = answered.heard_at is not None and answered.heard_at < last_at
    return Case(
        one.name,
        None if answered.audible_at is None else round(1000 * (answered.audible_at - last_at), 1),
        answered.heard,
        text,
        cut_off(answered.heard, text, early),
        answered.partials,
        spoken[-1] if spoken else {},
    )


async def all_of(hub: Hub, recordings: Sequence[Recording], at_once: int, kind: str) -> list[Case]:
    places = asyncio.Semaphore(at_once)

    async def one(each: Recording) -> Case:
        async with places:
            return await spoken_to(hub, each, kind)

    return await asyncio.gather(*map(one, recordings))


@dataclass(frozen=True)
class Silence:
    """`ms` from the interruption to silence, None: not heeded. `late`: sound of the old answer came after it."""

    ms: float | None
    late: bool


async def interrupted(hub: Hub, number: int, wake: Recording | None) -> Silence:
    """A long answer, cut by a tap or by `wake`."""
    able = ("microphone", "speaker", "screen", "cancels_echo")
    async with browser(hub, f"interrupting-{number}", capabilities=able) as socket:
        if wake is not None:
            await socket.send(StartListening("wake"))
        await socket.type(LONG_QUESTION)
        await socket.until(lambda: socket.answered.audible_at is not None)
        await asyncio.sleep(random.Random(number).random() / 2)
        try:
            at = await (_tap(socket) if wake is None else _wake(socket, wake))
            await socket.until(lambda: bool(socket.stopped_at), 3.0)
        except TimeoutError:
            return Silence(None, False)
        await asyncio.sleep(0.3)
        return Silence(round(1000 * (socket.stopped_at - at), 1), socket.last_sound_at > socket.stopped_at)


async def _tap(socket: BrowserSocket) -> float:
    at = time.monotonic()
    await socket.send(Stop("tap"))
    return at


def found_at(wake: Recording) -> float:
    """When the wake word can be known in it at the earliest: where the detector alone finds it, in seconds."""
    detector, number = MicroWakeDetector(("alexa",)), 0
    while number * FRAME_S < wake.seconds + 1:
        if found := detector.process(AudioChunk(wake.frame(number))):
            return found[0].at_s
        number += 1
    return wake.end_s


async def _wake(socket: BrowserSocket, wake: Recording) -> float:
    return await socket.stream(wake, 2.0, lambda: bool(socket.stopped_at)) + found_at(wake)


def silence_row(name: str, found: Sequence[Silence]) -> dict[str, Any]:
    known = [each.ms for each in found if each.ms is not None]
    return {
        "by": name,
        "tried": len(found),
        "heeded": len(known),
        "p50_ms": percentile(known, 0.5) if known else None,
        "p95_ms": percentile(known, 0.95) if known else None,
        "sound_after": sum(each.late for each in found),
    }


def stage_rows(cases: Sequence[Case]) -> list[tuple[str, str, str]]:
    rows = []
    for stage in STAGES:
        values = [case.after_ms[stage] for case in cases if stage in case.after_ms]
        if values:
            rows.append((stage, f"{median(values):.0f}", f"{percentile(values, 0.95):.0f}"))
    return rows


def summary(cases: Sequence[Case]) -> dict[str, Any]:
    answered = [case.ms for case in cases if case.ms is not None]
    return {
        "recordings": len(cases),
        "answered": len(answered),
        "p50_ms": percentile(answered, 0.5) if answered else None,
        "p95_ms": percentile(answered, 0.95) if answered else None,
        "cut_off": sum(case.cut for case in cases),
        "cut_off_percent": round(100 * sum(case.cut for case in cases) / max(1, len(cases)), 2),
    }


async def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    recordings = orders(options.data, options.count, options.seed)
    wakes = [recording(path.stem, sound(path)) for path in sorted((options.data / "wake" / "alexa").glob("*.flac"))]
    with running_hub(folder) as hub:
        await spoken_to(hub, recordings[0], options.socket)
        cases = await all_of(hub, recordings, options.at_once, options.socket)
        taps = [await interrupted(hub, number, None) for number in range(options.interruptions)]
        said = wakes[: options.interruptions]
        words = [await interrupted(hub, 1000 + number, wake) for number, wake in enumerate(said)]
    silences = [silence_row("tap", taps), silence_row("wake word", words)]
    found = summary(cases)
    told(options.socket, cases, found, silences)
    if options.show:
        show(cases)
    heard = [case.ms for case in cases if case.ms is not None]
    title = "From the last sample of speech to the first of the answer"
    keep(
        RESULTS / ("latency.svg" if options.socket == "browser" else f"latency_{options.socket}.svg"),
        shares(title, {options.socket: heard}, 1500.0),
    )
    stages = {name: {"median_ms": float(middle), "p95_ms": float(late)} for name, middle, late in stage_rows(cases)}
    return {"seed": options.seed, **found, "stages": stages, "silence": silences, "ms": heard}


def results_name(kind: str) -> str:
    return "latency" if kind == "browser" else f"latency_{kind}"


def told(kind: str, cases: Sequence[Case], found: dict[str, Any], silences: Sequence[dict[str, Any]]) -> None:
    print(table((kind, ""), [(name, str(value)) for name, value in found.items()]))
    print(table(("ms after speech until", "median", "p95"), stage_rows(cases)))
    print(table(("silence", *list(silences[0])[1:]), [tuple(map(str, each.values())) for each in silences]))


def show(cases: Sequence[Case]) -> None:
    for case in sorted(cases, key=lambda one: one.ms or 1e9):
        whole = "=" if case.whole == case.heard else case.whole
        print(case.ms, "CUT" if case.cut else "", case.partials, case.heard, "|", whole, case.after_ms)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=1000, help="How many of the recordings.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--at-once", type=int, default=1, help="How many people speak at the same time.")
    parser.add_argument("--socket", choices=("browser", "xiaozhi"), default="browser")
    parser.add_argument("--interruptions", type=int, default=20)
    parser.add_argument("--show", action="store_true", help="Every recording.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = asyncio.run(measure(options, Path(folder)))
    save(results_name(options.socket), measured)


if __name__ == "__main__":
    main()
