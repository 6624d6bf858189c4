"""A hub with a language model: what we add to its first sentence, how soon a failing one is given up, and memory.

The model is the small server of the tests on loopback, at a steady pace of words, so that its own speed is known.
"""

import argparse
import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from statistics import median

from report import save, table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fakes.chat_server import Answer, ChatServer, use
from jingling.app import App, Engines, build
from jingling.core.endpoint import Answered, EndpointInfo, Input, Progress, Typed
from jingling.settings import LanguageModelSettings, McpServerSettings, McpSettings, Settings

WORDS_PER_SECOND = 30
STORY = "Once upon a time there was a very small fox. " + "It ran and ran over the hills. " * 10
FIRST_WORDS = 11
"""Words until the second sentence has begun: no sooner can it be known that the first is no word before a call."""
FAULTS = {
    "not there": None,
    "hangs": Answer(fault="hang"),
    "stops in the middle": Answer(["Well"], fault="stall"),
    "vanishes in the middle": Answer(["Well"], fault="cut"),
    "garbage": Answer(fault="garbage"),
    "without end": Answer(fault="flood"),
    "refuses": Answer(fault="refusal"),
    "500": Answer(status=500),
    "unknown tool, twice": use("no-such-tool"),
}


class Listener:
    """A screen that asks once; `first` is when the first sentence came."""

    info = EndpointInfo("benchmark", language="en", capabilities=frozenset({"screen"}))

    def __init__(self, text: str) -> None:
        self._text = text
        self.first = 0.0

    async def inputs(self) -> AsyncIterator[Input]:
        yield Typed(self._text)

    async def tell(self, turn_id: str, progress: Progress) -> None:
        if isinstance(progress, Answered) and not self.first:
            self.first = time.perf_counter()

    async def show(self, *_: object) -> None:
        pass

    async def stop(self, *_: object) -> None:
        pass


def settings(server: ChatServer) -> Settings:
    return Settings(llm=LanguageModelSettings(base_url=server.url))


async def first_sentence_ms(app: App, server: ChatServer, turns: int, answers: Sequence[Answer]) -> list[float]:
    """Until the first sentence is told."""
    took = []
    for _ in range(turns):
        server.answers, server.requests[:] = list(answers), []
        listener, begun = Listener("tell me a story about a fox"), time.perf_counter()
        await app.serve(listener)  # type: ignore[arg-type]
        took.append((listener.first - begun) * 1000)
    return took


async def give_up_ms(app: App, server: ChatServer, turns: int, fault: Answer | None) -> list[float]:
    """Until the plain answer; each time as if it was the first failure."""
    took = []
    assert app.outside.converse is not None
    for _ in range(turns):
        app.outside.converse.breaker.worked()
        server.answers, server.requests[:] = [fault or Answer(status=500)], []
        record = await app.ask("what is the meaning of it all", "en", EndpointInfo("benchmark"))
        took.append(record["ms"]["act"])
    return took


async def measured(turns: int) -> dict[str, dict[str, float]]:
    words = STORY.split(" ")
    story = Answer([f"{word} " for word in words], pause_s=1 / WORDS_PER_SECOND)
    call = Answer(calls=[("HassTurnOn", '{"name": "kettle"}')])
    found: dict[str, list[float]] = {}
    server = ChatServer([story])
    async with server.running(), running(server) as app:
        await first_sentence_ms(app, server, 1, [Answer(["Hello."])])
        found["first sentence"] = await first_sentence_ms(app, server, turns, [story])
        found["first sentence after a tool"] = await first_sentence_ms(app, server, turns, [call, story])
        for name, fault in FAULTS.items():
            if fault is not None:
                found[name] = await give_up_ms(app, server, turns, fault)
    async with running(server) as app:
        found["not there"] = await give_up_ms(app, server, turns, None)
    return {name: {"median_ms": round(median(ms), 1), "max_ms": round(max(ms), 1)} for name, ms in found.items()}


def running(server: ChatServer):  # type: ignore[no-untyped-def]
    return build(settings(server), database=":memory:", engines=Engines())


def memory_mb(kind: str) -> float:
    """Of a hub without speech in a process of its own, once all is loaded."""
    done = subprocess.run([sys.executable, __file__, "--memory", kind], capture_output=True, text=True, check=True)
    return float(done.stdout)


async def own_memory_mb(kind: str) -> float:
    import psutil

    llm = LanguageModelSettings(base_url="http://127.0.0.1:9/v1" if "model" in kind else "")
    servers = {"one": McpServerSettings(command=("false",))} if "servers" in kind else {}
    chosen = Settings(llm=llm, mcp=McpSettings(servers=servers))
    async with build(chosen, database=":memory:", engines=Engines()) as app:
        await app.outside.prepare()
        await asyncio.sleep(3)
        return round(psutil.Process().memory_info().rss / 1e6, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--memory", help=argparse.SUPPRESS)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if given.memory is not None:
        print(asyncio.run(own_memory_mb(given.memory)))
        return
    found = asyncio.run(measured(given.turns))
    server_ms = 1000 * FIRST_WORDS / WORDS_PER_SECOND
    rows = [[name, f"{ms['median_ms']:.0f}", f"{ms['max_ms']:.0f}"] for name, ms in found.items()]
    print(table(["until something is said", "median ms", "max ms"], rows))
    print(f"(the server itself takes {server_ms:.0f} ms to the first sentence)\n")
    memory = {kind or "neither": memory_mb(kind) for kind in ("", "model", "servers", "model and servers")}
    print(table(["hub without speech, with", "MB"], [[kind, f"{mb:.0f}"] for kind, mb in memory.items()]))
    save("language_model", {"turns": given.turns, "server_ms": round(server_ms), "ms": found, "memory_mb": memory})


if __name__ == "__main__":
    main()
