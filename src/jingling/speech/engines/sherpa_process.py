"""A model of sherpa-onnx in its worker, from the hub's side: loaded at need, and again when the process died."""

import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from pathlib import Path

from msgspec import Struct

from jingling.core.errors import BadInput, NotReady
from jingling.core.turn import Language
from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_process import WorkerGone, WorkerProcess

WORKER = "jingling.speech.engines.sherpa_worker"
SILENT_SECONDS_MAX = 120.0
"""Loading half a gigabyte from a slow card takes its time."""


class SherpaModel(Struct, frozen=True):
    """`parts` are files by what they are to the engine, and `options` its own: as in the manifest of models."""

    id: str
    method: str
    languages: frozenset[Language]
    parts: dict[str, Path]
    options: dict[str, str | int | float] = {}

    @property
    def streams(self) -> bool:
        """Whether it tells the words so far while somebody speaks."""
        return self.method.startswith("online-")


class SherpaProcess:
    """Asks one model one thing at a time. `more` goes with the request to load."""

    def __init__(self, model: SherpaModel, *, waiting_max: int = 32, more: Message | None = None) -> None:
        self.model = model
        self._worker = WorkerProcess(
            WORKER, name=f"model {model.id}", waiting_max=waiting_max, silent_seconds_max=SILENT_SECONDS_MAX
        )
        self._load = _load(model) | (more or {})
        self._loaded_pid: int | None = None
        self.about: Message = {}

    @property
    def pid(self) -> int | None:
        """The worker's process, while it runs."""
        return self._worker.pid

    async def prepare(self) -> None:
        """Loads the model ahead of need. Raises NotReady."""
        async with self._worker.turn():
            await self._ready()

    async def ask(self, request: Message, *, again: bool = True) -> Message:
        """The last answer. `again`: asked once more when the process dies of it. Raises NotReady."""
        async with self._worker.turn():
            for attempt in range(2 if again else 1):
                try:
                    async with aclosing(self._answers(request)) as answers:
                        return [one async for one in answers][-1]
                except WorkerGone as gone:
                    if attempt or not again:
                        raise NotReady(self._died(str(gone))) from None
        raise AssertionError

    async def stream(self, request: Message) -> AsyncIterator[Message]:
        """All answers as they come; asked once more when the process dies before the first. Raises NotReady."""
        async with self._worker.turn():
            for attempt in range(2):
                begun = False
                try:
                    async with aclosing(self._answers(request)) as answers:
                        async for one in answers:
                            begun = True
                            yield one
                    return
                except WorkerGone as gone:
                    if begun or attempt:
                        raise NotReady(self._died(str(gone))) from None

    async def close(self) -> None:
        await self._worker.close()

    async def _answers(self, request: Message) -> AsyncGenerator[Message, None]:
        await self._ready()
        try:
            async for one in self._worker.ask(request):
                yield one
        except BadInput as problem:
            raise NotReady(f"The model {self.model.id} failed: {problem}.") from None

    async def _ready(self) -> None:
        """Starts the process and loads the model, unless that is done. Raises NotReady, WorkerGone."""
        await self._worker.start()
        if self._worker.pid == self._loaded_pid:
            return
        try:
            answers = [one async for one in self._worker.ask(self._load)]
        except BadInput as problem:
            raise NotReady(f"The model {self.model.id} cannot be used: {problem}. {self._advice()}") from None
        except WorkerGone:
            raise NotReady(
                f"The model {self.model.id} ended its process while it was loaded. {self._advice()}"
            ) from None
        self.about, self._loaded_pid = answers[-1], self._worker.pid

    def _died(self, how: str) -> str:
        return f"The model {self.model.id} stopped ({how}); try again. {self._advice()}"

    def _advice(self) -> str:
        return f"Run: jingling models verify {self.model.id}"


def _load(model: SherpaModel) -> Message:
    """Two threads are enough for one utterance, and leave a core for the rest."""
    threads = int(model.options.get("threads", min(2, os.cpu_count() or 1)))
    parts = {role: str(path) for role, path in model.parts.items()}
    return {"do": "load", "method": model.method, "parts": parts, "options": model.options, "threads": threads}
