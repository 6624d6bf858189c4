"""One hub holds a data folder."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from jingling.core.errors import NotReady

LOCK_FILE = "hub.lock"


class FolderLock:
    """Held from `with` on until it is left or the process ends, however it ends. Raises NotReady when taken."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._file: int | None = None

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as problem:
            raise NotReady(
                f"The data folder {self._path.parent} cannot be used ({problem.strerror}). "
                "Choose another with --data-dir."
            ) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise NotReady(self._taken()) from None
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def _taken(self) -> str:
        pid = self._path.read_text().strip() or "unknown"
        return (
            f"Another hub (process {pid}) uses the data folder {self._path.parent}. "
            "Stop it, or choose another folder with --data-dir."
        )
