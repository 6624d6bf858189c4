"""How long a hub takes until it answers, and how much memory it has with ears and voice at work.

Starts `python -m jingling up` on a new data folder again and again. The first start makes the tables.
"""

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import msgspec
import psutil
from report import save, table
from websockets.asyncio.client import connect

from jingling.screen.messages import AnswerText, AudioEnd, EndListening, Hello, SayText, StartListening, ToBrowser

STARTS = 5
WAIT_S = 120.0
MEGABYTE = 1024**2
SPEECH_S = 1.5
CHUNK_BYTES = 3_200
_decoder: msgspec.json.Decoder[ToBrowser] = msgspec.json.Decoder(ToBrowser)


@contextmanager
def hub(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """The process, its port, and the seconds until /api/health answered."""
    log = data / "said.log"
    begun = time.monotonic()
    with log.open("wb") as out:
        command = [sys.executable, "-m", "jingling", "up", "--data-dir", str(data), "--port", "0"]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        port = _port(process, log, begun)
        yield process, port, time.monotonic() - begun
    finally:
        process.terminate()
        process.wait(30)


def _port(process: subprocess.Popen[bytes], log: Path, begun: float) -> int:
    while time.monotonic() - begun < WAIT_S:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text("utf-8", "replace"))
        if found and _answers(int(found[1])):
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.005)
    raise SystemExit(f"the hub did not start:\n{log.read_text('utf-8', 'replace')}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=30) as response:
            return bool(json.load(response)["ok"])
    except OSError:
        return False


async def one_typed_and_one_spoken_turn(port: int, recording: bytes) -> None:
    """As a screen with microphone and loudspeaker does it; returns when both answers have been spoken."""
    async with connect(f"ws://127.0.0.1:{port}/ws", origin=f"http://127.0.0.1:{port}", max_size=None) as socket:  # type: ignore[arg-type]

        async def send(message: object) -> None:
            await socket.send(msgspec.json.encode(message).decode())

        async def until(kind: type) -> None:
            async with asyncio.timeout(60):
                while True:
                    frame = await socket.recv()
                    if isinstance(frame, str) and isinstance(_decoder.decode(frame), kind):
                        return

        await send(Hello("benchmark", "en"))
        await send(SayText("turn on the floor lamp"))
        await until(AnswerText)
        await until(AudioEnd)
        await send(StartListening("hold"))
        for at in range(0, len(recording), CHUNK_BYTES):
            await socket.send(recording[at : at + CHUNK_BYTES])
        await send(EndListening())
        await until(AnswerText)
        await until(AudioEnd)


def memory_mb(process: subprocess.Popen[bytes]) -> dict[str, float]:
    """Resident megabytes of the hub and of each worker."""
    parent = psutil.Process(process.pid)
    found = {"hub": parent.memory_info().rss / MEGABYTE}
    for child in parent.children(recursive=True):
        name = re.search(r"(\w+)_worker", " ".join(child.cmdline()))
        found[name[1] if name else child.name()] = child.memory_info().rss / MEGABYTE
    found["all"] = sum(found.values())
    return {name: round(value, 1) for name, value in found.items()}


def recorded(path: Path | None) -> bytes:
    """16 kHz mono sound to speak: a recording, or silence, which loads the recogniser just as well."""
    if path is None:
        return bytes(int(SPEECH_S * 16_000) * 2)
    from jingling.speech.sound_file import read_sound

    return read_sound(path, 60).pcm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=STARTS)
    parser.add_argument("--recording", type=Path, help="What to say; silence when absent.")
    options = parser.parse_args()
    recording = recorded(options.recording)
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.starts + 1):
            with hub(Path(folder)) as (process, port, started_s):
                seconds.append(round(started_s, 2))
                if number == options.starts:
                    asyncio.run(one_typed_and_one_spoken_turn(port, recording))
                    memory = memory_mb(process)
    first, rest = seconds[0], seconds[1:]
    rows = [
        ("first start, which makes the tables", f"{first:.2f} s"),
        (f"start, median of {len(rest)}", f"{median(rest):.2f} s"),
        ("slowest of them", f"{max(rest):.2f} s"),
        *((f"memory of {name}", f"{megabytes:.0f} MB") for name, megabytes in memory.items()),
    ]
    print(table(("hub", ""), rows))
    save("start", {"first_s": first, "starts_s": rest, "median_s": median(rest), "memory_mb": memory})


if __name__ == "__main__":
    main()
