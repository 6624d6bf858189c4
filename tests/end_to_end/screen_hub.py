"""A hub as a person starts it: a process of its own with a data folder, which may be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
COMMAND = "from jingling.cli import main; main()"
READY_S = 60.0
POLL_S = 0.05


class Hub:
    """Listens on one free port of loopback, the same after each start."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self._log = folder / "hub.log"
        self._options: Sequence[str] = ("--data-dir", str(folder / "data"), "--port", str(self.port), *options)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def printed(self) -> str:
        return self._log.read_text(errors="replace")

    def start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "200"}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", COMMAND, "up", *self._options], stdout=log, stderr=log, env=environment
            )
        self._wait(self._process)

    def kill(self) -> None:
        """As when the plug is pulled."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(20)
            self._process = None

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + READY_S
        while not self._answers():
            assert process.poll() is None, f"the hub ended at once:\n{self.printed}"
            assert time.monotonic() < until, f"the hub did not answer within {READY_S:.0f} s:\n{self.printed}"
            time.sleep(POLL_S)

    def _answers(self) -> bool:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.url}api/session", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def running_hub(folder: Path, *options: str) -> Iterator[Hub]:
    hub = Hub(folder, *options)
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
