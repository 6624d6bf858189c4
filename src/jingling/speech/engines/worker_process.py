"""An engine in a process of its own: its crash, its memory and its licence stay there."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import jingling
from jingling.core.errors import BadInput, NotReady
from jingling.speech.engines.frames import FrameSplitter, Message, pack

log = logging.getLogger(__name__)

READ_BYTES = 65_536
STOP_SECONDS = 2.0


class WorkerGone(Exception):
    """The process ended, or wrote what is no frame, in the middle of a request."""


class WorkerProcess:
    """Runs `python -m module` and asks it one thing at a time.

    Each request carries an `id`; its answers carry the same, the last one with `end` true. Answers to a
    request that was given up are passed over. A worker that dies is started again at the next request.
    """

    def __init__(self, module: str, *, name: str, waiting_max: int = 8, silent_seconds_max: float = 30.0) -> None:
        self._module = module
        self._name = name
        self._waiting_max = waiting_max
        self._silent_seconds_max = silent_seconds_max
        self._waiting = 0
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._splitter = FrameSplitter()
        self._last_id = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Held while one request runs. Raises NotReady when too many wait already."""
        if self._closed:
            raise NotReady(f"The {self._name} is switched off; start Jingling again.")
        if self._waiting >= self._waiting_max:
            raise NotReady(f"The {self._name} is busy with {self._waiting} requests; try again in a moment.")
        self._waiting += 1
        try:
            async with self._turn:
                yield
        finally:
            self._waiting -= 1

    async def start(self) -> None:
        """Starts the process unless it runs. Raises NotReady."""
        if self.pid is not None:
            return
        self._splitter = FrameSplitter()
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise NotReady(f"The {self._name} cannot be started: {error}.") from error
        log.info("%s started, process %d", self._name, self._process.pid)

    async def ask(self, request: Message) -> AsyncIterator[Message]:
        """Yields the answers to `request`. Call within `turn`. Raises WorkerGone, BadInput, NotReady."""
        await self.start()
        self._last_id += 1
        request_id = self._last_id
        await self._send({**request, "id": request_id})
        try:
            while not (answer := await self._receive(request_id)).get("end"):
                yield answer
        except (asyncio.CancelledError, GeneratorExit):
            self._give_up(request_id)
            raise
        yield answer

    def _give_up(self, request_id: int) -> None:
        """Tells the worker that nobody wants its answers any longer."""
        process = self._process
        if process and process.stdin and not process.stdin.is_closing():
            process.stdin.write(pack({"do": "cancel", "id": request_id}))

    async def stop(self) -> None:
        """Ends the process: first by closing its pipe, then by force."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        assert process.stdin is not None
        process.stdin.close()
        drain = asyncio.ensure_future(process.communicate())
        done, _ = await asyncio.wait({drain}, timeout=STOP_SECONDS)
        if not done:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await asyncio.wait({drain})
        log.info("%s stopped", self._name)

    async def close(self) -> None:
        self._closed = True
        await self.stop()

    async def _send(self, message: Message) -> None:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(pack(message))
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError, RuntimeError) as error:
            await self._bury()
            raise WorkerGone(f"the {self._name} has closed its pipe") from error

    async def _receive(self, request_id: int) -> Message:
        """The next answer to this request; those to earlier ones, given up since, are dropped."""
        try:
            async with asyncio.timeout(self._silent_seconds_max):
                while (answer := await self._next_frame()).get("id") != request_id:
                    pass
        except TimeoutError as error:
            await self._bury()
            raise NotReady(f"The {self._name} gave no answer in {self._silent_seconds_max:g} s.") from error
        if problem := answer.get("problem"):
            raise BadInput(problem)
        return answer

    async def _next_frame(self) -> Message:
        assert self._process is not None and self._process.stdout is not None
        try:
            while True:
                for value in self._splitter.take():
                    return value
                data = await self._process.stdout.read(READ_BYTES)
                if not data:
                    raise WorkerGone(f"the {self._name} ended")
                self._splitter.feed(data)
        except (WorkerGone, ValueError) as error:
            await self._bury()
            raise WorkerGone(str(error)) from error

    async def _bury(self) -> None:
        """The process is of no more use: make sure that it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)  # Process.kill() would reap a zombie that asyncio waits for
        await process.wait()
        log.warning("%s ended with code %s", self._name, process.returncode)


def _environment() -> dict[str, str]:
    """The worker imports the same jingling, installed or not."""
    root = str(Path(jingling.__file__).parent.parent)
    inherited = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": root + (os.pathsep + inherited if inherited else "")}
