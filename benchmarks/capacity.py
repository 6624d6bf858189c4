"""How many people can talk at once: `python benchmarks/capacity.py DATA`.

Each of them says one of the recorded orders (DATA/coffee/speech) in real time over a browser's socket of their own,
listens to the answer, thinks for 10 to 20 seconds, and says the next. Their number grows step by step until the
answer of one in twenty takes longer than 1.5 seconds after the last sample of speech. Then one device connects and
goes away again thousands of times, and people talk for `--hours`, with the pauses for thought left out (a simulated
hour is as many turns as one person has in an hour). DATA is not part of this project.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from latency import percentile
from picture import keep, lines
from recordings import Recording, orders
from report import RESULTS, save, table
from speaking_hub import Hub, browser, running_hub

SEED = 5
RAMP = (5, 10, 20, 35, 50, 65, 80)
P95_MS_MAX = 1500.0
THINKS_S = (10.0, 20.0)
TURN_S = 22.0
"""What one takes with thinking: an order, the answer, and about fifteen seconds."""
MEGABYTE = 1024**2


@dataclass
class Step:
    """`people` at once; `lost` are requests that got no answer, `busy` those who were asked to say it again."""

    people: int
    ms: list[float] = field(default_factory=list)
    lost: int = 0
    busy: int = 0
    memory_mb: float = 0.0
    cores: float = 0.0

    def row(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "turns": len(self.ms) + self.lost + self.busy,
            "p50_ms": percentile(self.ms, 0.5) if self.ms else None,
            "p95_ms": percentile(self.ms, 0.95) if self.ms else None,
            "lost": self.lost,
            "busy": self.busy,
            "memory_mb": round(self.memory_mb, 1),
            "cores": round(self.cores, 2),
        }

    @property
    def holds(self) -> bool:
        return bool(self.ms) and percentile(self.ms, 0.95) <= P95_MS_MAX and not self.lost


def family(hub: Hub) -> list[psutil.Process]:
    """The hub and the processes that it started."""
    root = psutil.Process(hub.process.pid)
    return [root, *root.children(recursive=True)]


def memory_mb(hub: Hub) -> float:
    """What they hold for themselves alone, in all."""
    return float(sum(one.memory_full_info().uss for one in family(hub))) / MEGABYTE


def cpu_s(hub: Hub) -> float:
    return float(sum(sum(one.cpu_times()[:2]) for one in family(hub)))


async def person(hub: Hub, number: int, recordings: Sequence[Recording], step: Step, until: float) -> None:
    """Comes at some moment of the first pause, and stays."""
    chance = random.Random(SEED * 1000 + number)
    await asyncio.sleep(chance.uniform(0, min(TURN_S, max(0.0, until - time.monotonic()) / 2)))
    async with browser(hub, f"person-{number:04}") as socket:
        while time.monotonic() < until:
            await one_turn(socket, chance.choice(recordings), step)
            await asyncio.sleep(chance.uniform(*THINKS_S))


async def one_turn(socket: Any, recording: Recording, step: Step) -> None:
    last_at, answered = await socket.say(recording, 8.0)
    if "at once" in answered.answer:
        step.busy += 1
    elif answered.audible_at is None:
        step.lost += 1
    else:
        step.ms.append(round(1000 * (answered.audible_at - last_at), 1))
    try:
        await socket.quiet()
    except TimeoutError:
        step.lost += 1


async def at_once(hub: Hub, people: int, recordings: Sequence[Recording], seconds: float) -> Step:
    step, cpu, begun = Step(people), cpu_s(hub), time.monotonic()
    until = begun + seconds
    await asyncio.gather(*(person(hub, number, recordings, step, until) for number in range(people)))
    step.memory_mb = memory_mb(hub)
    step.cores = (cpu_s(hub) - cpu) / (time.monotonic() - begun)
    return step


async def reconnects(hub: Hub, count: int) -> list[tuple[float, float]]:
    """Memory after so many connections of twenty devices that come and go."""
    found = [(0.0, memory_mb(hub))]
    for number in range(1, count + 1):
        async with browser(hub, f"coming-{number % 20:04}") as socket:
            await socket.until(lambda: socket.greeted)
        if number % max(1, count // 20) == 0:
            found.append((float(number), memory_mb(hub)))
    return found


async def talk_on(
    hub: Hub, recordings: Sequence[Recording], hours: float, people: int
) -> list[tuple[float, float]]:
    """Memory by simulated hours: turns without a thought between them, of `people` at once."""
    turns = round(hours * 3600 / TURN_S)
    done, found = 0, [(0.0, memory_mb(hub))]
    left = iter(range(turns))

    async def one(number: int) -> None:
        nonlocal done
        chance = random.Random(number)
        async with browser(hub, f"talking-{number:04}") as socket:
            for _ in left:
                await one_turn(socket, chance.choice(recordings), Step(people))
                done += 1
                if done % max(1, turns // 12) == 0:
                    found.append((round(done * TURN_S / 3600, 2), memory_mb(hub)))

    await asyncio.gather(*map(one, range(people)))
    return found


def ramp(most: int) -> Iterator[int]:
    yield from (people for people in RAMP if people <= most)


async def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    recordings = orders(options.data, options.count, options.seed)
    steps: list[Step] = []
    roomy = {"JINGLING_LIMITS__SOCKETS_MAX": "128", "JINGLING_LIMITS__REQUESTS_PER_MINUTE": "60000"}
    with running_hub(folder, **roomy) as hub:
        await at_once(hub, 2, recordings, 1.0)
        alone_mb = memory_mb(hub)
        for people in ramp(options.people):
            steps.append(await at_once(hub, people, recordings, options.seconds))
            print({**steps[-1].row()}, flush=True)
            if not steps[-1].holds:
                break
        come_and_gone = await reconnects(hub, options.reconnects)
        talked = await talk_on(hub, recordings, options.hours, 4)
    rows = [step.row() for step in steps]
    print(table(list(rows[0]), [tuple(map(str, row.values())) for row in rows]))
    held = [step for step in steps if step.holds]
    most = held[-1].people if held else 0
    each_mb = (held[-1].memory_mb - alone_mb) / most if most else 0.0
    growth = {"grown over reconnects": grown(come_and_gone), "grown over the talk": grown(talked)}
    memory = {"with two people": alone_mb, "a person more": each_mb, **growth}
    print(table(("memory", "MB"), [(name, f"{mb:.2f}") for name, mb in memory.items()]))
    points = {"p95": [(step.people, percentile(step.ms, 0.95)) for step in steps if step.ms]}
    keep(RESULTS / "capacity.svg", lines("One in twenty answers takes longer than this", points, "people", "ms"))
    return {
        "seed": options.seed,
        "people_at_once": most,
        "steps": rows,
        "memory_with_two_mb": round(alone_mb, 1),
        "memory_a_person_mb": round(each_mb, 2),
        "reconnects": {"count": options.reconnects, "memory_mb": come_and_gone},
        "talk": {"simulated_hours": options.hours, "turn_s": TURN_S, "memory_mb": talked},
    }


def grown(points: Sequence[tuple[float, float]]) -> float:
    """From the first quarter's mean to the last quarter's: what is only kept once does not count."""
    quarter = max(1, len(points) // 4)
    means = [sum(mb for _, mb in part) / len(part) for part in (points[:quarter], points[-quarter:])]
    return round(means[1] - means[0], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=100, help="How many of the recordings.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--people", type=int, default=RAMP[-1], help="At most so many at once.")
    parser.add_argument("--seconds", type=float, default=60.0, help="How long each step lasts.")
    parser.add_argument("--reconnects", type=int, default=2000)
    parser.add_argument("--hours", type=float, default=1.0, help="Of simulated talk.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = asyncio.run(measure(options, Path(folder)))
    save("capacity", measured)


if __name__ == "__main__":
    main()
