"""`jingling` whose virtual things write down every change, and then hang while the file HANG exists."""

import asyncio
import os
import time
from pathlib import Path

from jingling.cli import main
from jingling.core.command import Outcome
from jingling.core.thing import Value
from jingling.home.drivers.virtual import VirtualDriver

DONE = Path(os.environ["DONE_FILE"])
HANG = Path(os.environ["HANG_FILE"])
_set = VirtualDriver.set_property


async def set_and_hang(driver: VirtualDriver, thing_id: str, name: str, value: Value) -> Outcome:
    outcome = await _set(driver, thing_id, name, value)
    await asyncio.to_thread(note_and_hang, f"{thing_id}.{name}\n")
    return outcome


def note_and_hang(line: str) -> None:
    with DONE.open("a") as done:
        done.write(line)
    while HANG.exists():
        time.sleep(0.02)


VirtualDriver.set_property = set_and_hang  # type: ignore[method-assign]

if __name__ == "__main__":
    main(prog_name="jingling")
