"""Where a model's files come from: the network, or files that the owner brought. Either leaves a checked file."""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jingling.core.errors import BadInput, CannotWrite
from jingling.speech.models.address import mirrored
from jingling.speech.models.download import Fetch, Progress, fetch
from jingling.speech.models.manifest import Model, ModelFile

DOWNLOADS = ".downloads"
SPARE_BYTES = 64 << 20
UNPACKED_TIMES = 4
"""An archive of weights may need this many times its own size while it is taken apart."""

Tell = Callable[[str, int, int], None]
"""What is done, how many bytes of it, of how many (0: unknown)."""


class Source(Protocol):
    """`bring` gives the file, and whether it may be moved away or must be copied."""

    def bring(self, model: Model, file: ModelFile, tell: Tell) -> tuple[Path, bool]: ...

    def reject(self, file: Path) -> None:
        """It turned out not to be what it should be."""


@dataclass(frozen=True)
class Network:
    """Fetches into `folder`, where what came is kept until the whole model is there."""

    folder: Path
    mirror: str = ""
    pause: Callable[[float], None] = time.sleep

    def bring(self, model: Model, file: ModelFile, tell: Tell) -> tuple[Path, bool]:
        part = self.folder / DOWNLOADS / model.id / f"{file.name}.part"
        here = part.stat().st_size if part.is_file() else 0
        enough_space(self.folder, _needed(file) - here)

        def progress(done: int, total: int) -> None:
            tell(file.name, done, total)

        watched: Progress = progress
        fetch(Fetch(mirrored(file.url, self.mirror), part, file.size, bool(file.sha256)), watched, self.pause)
        return part, True

    def reject(self, file: Path) -> None:
        file.unlink(missing_ok=True)


@dataclass(frozen=True)
class Brought:
    """`paths` are files, or folders with them, each called as at its source or as it will be called here."""

    paths: Sequence[Path]
    folder: Path

    def bring(self, model: Model, file: ModelFile, tell: Tell) -> tuple[Path, bool]:
        found = self._find(model, file)
        size = found.stat().st_size
        if file.size and size != file.size:
            raise BadInput(f"{found} has {size} bytes and not {file.size}: it is not {file.name} of {model.id}.")
        enough_space(self.folder, size * (1 if file.path else UNPACKED_TIMES))
        tell(file.name, size, size)
        return found, False

    def reject(self, file: Path) -> None:
        """It is the owner's: it stays."""

    def _find(self, model: Model, file: ModelFile) -> Path:
        names = [name for name in (file.name, file.path) if name]
        for path in self.paths:
            if path.is_dir():
                found = next((path / name for name in names if (path / name).is_file()), None)
                if found is not None:
                    return found
            elif path.name in {Path(name).name for name in names} or len(model.files) == 1:
                if not path.is_file():
                    raise BadInput(f"There is no file {path}.")
                return path
        raise BadInput(f"{model.id} needs {file.name} (from {file.url}); name it, or its folder, with --from.")


def enough_space(folder: Path, needed: int) -> None:
    """Raises CannotWrite when the disk cannot take `needed` bytes with some to spare."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE_BYTES:
        raise CannotWrite(
            f"{folder} has {free >> 20} MB left and {(needed + SPARE_BYTES) >> 20} MB are needed; free some space, "
            "or set models.folder to another disk."
        )


def _needed(file: ModelFile) -> int:
    return file.size * (1 if file.path else 1 + UNPACKED_TIMES)
