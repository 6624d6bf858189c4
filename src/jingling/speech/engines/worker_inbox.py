"""A worker's end of its pipes: requests one by one, cancellations at once, the end of the process with them."""

import os
import sys
from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread

from jingling.speech.engines.frames import Message, read_frame, write_frame


class Inbox:
    """Takes over stdin and stdout; whatever else is printed goes to stderr.

    When the hub goes away its end of the pipe closes, and this process ends in the middle of what it does.
    """

    def __init__(self) -> None:
        self._in = sys.stdin.buffer
        self._out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        self._requests: SimpleQueue[Message] = SimpleQueue()
        self._cancelled = 0
        Thread(target=self._read, daemon=True).start()

    def requests(self) -> Iterator[Message]:
        while True:
            yield self._requests.get()

    def cancelled(self, request_id: int) -> bool:
        return request_id <= self._cancelled

    def answer(self, request_id: int, values: Message, *, end: bool) -> None:
        try:
            write_frame(self._out, {**values, "id": request_id, "end": end})
        except BrokenPipeError:
            os._exit(0)

    def _read(self) -> None:
        while (request := read_frame(self._in)) is not None:
            if request["do"] == "cancel":
                self._cancelled = max(self._cancelled, request["id"])
            else:
                self._requests.put(request)
        os._exit(0)
