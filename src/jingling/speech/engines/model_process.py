"""A model in its worker, from the hub's side: loaded at need, and again when the process has died."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from jingling.core.errors import BadInput, NotReady
from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_process import WorkerGone, WorkerProcess

SILENT_SECONDS_MAX = 120.0
"""Loading half a gigabyte from a slow card takes its time."""


class ModelProcess:
    """Runs the worker `module` and asks it one thing at a time, after the request `load` that makes it the model
    `model_id`."""

    def __init__(self, module: str, model_id: str, load: Message, waiting_max: int = 32) -> None:
        self.name = model_id
        self._worker = WorkerProcess(
            module, name=f"model {model_id}", waiting_max=waiting_max, silent_seconds_max=SILENT_SECONDS_MAX
        )
        self._load = {**load, "do": "load"}
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
            raise NotReady(f"The model {self.name} failed: {problem}.") from None

    async def _ready(self) -> None:
        """Starts the process and loads the model, unless that is done. Raises NotReady, WorkerGone."""
        await self._worker.start()
        if self._worker.pid == self._loaded_pid:
            return
        try:
            answers = [one async for one in self._worker.ask(self._load)]
        except BadInput as problem:
            raise NotReady(f"The model {self.name} cannot be used: {problem}. {self._advice()}") from None
        except WorkerGone:
            raise NotReady(
                f"The model {self.name} ended its process while it was loaded. {self._advice()}"
            ) from None
        self.about, self._loaded_pid = answers[-1], self._worker.pid

    def _died(self, how: str) -> str:
        return f"The model {self.name} stopped ({how}); try again. {self._advice()}"

    def _advice(self) -> str:
        return f"Run: jingling models verify {self.name}"
