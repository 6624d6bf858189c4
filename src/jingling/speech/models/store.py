"""The folder of installed models."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgspec import Struct

from jingling.core.errors import BadInput, CannotWrite, NotReady
from jingling.settings import Settings
from jingling.speech.models.manifest import Manifest, Model, ModelFile, load_manifest
from jingling.speech.models.record import (
    Installed,
    read_record,
    read_trusted,
    recorded,
    sha256_of,
    write_trusted,
)
from jingling.speech.models.source import DOWNLOADS, Source, Tell
from jingling.speech.models.unpack import unpack

LOCK = ".lock"


class Finding(Struct, frozen=True):
    """What `verify` found wrong with one file."""

    path: str
    problem: Literal["missing", "changed"]


def silent(_what: str, _done: int, _total: int) -> None:
    """For who wants to be told of nothing."""


@dataclass(frozen=True)
class ModelStore:
    """`folder` has one folder for each installed model, put there in one move, with a record of all its hashes."""

    folder: Path
    manifest: Manifest

    def installed(self, model_id: str) -> Installed | None:
        return read_record(self.folder / model_id)

    def place(self, model: Model) -> Path:
        """The model's folder. Raises NotReady when it is not installed whole."""
        place = self.folder / model.id
        if self.installed(model.id) is None:
            raise NotReady(f"The model {model.id} is not installed; run: jingling models install {model.id}")
        missing = [path for path in model.parts.values() if not (place / path).exists()]
        if missing:
            raise NotReady(
                f"The model {model.id} lacks {', '.join(missing)}; "
                f"run: jingling models remove {model.id} && jingling models install {model.id}"
            )
        return place

    def install(self, model: Model, source: Source, tell: Tell = silent, accept_changed: bool = False) -> Installed:
        """Brings, checks and unpacks all of it, then moves it into place. What is there already stays as it is.

        `accept_changed`: a file without a stated hash may differ from when it was first fetched.
        Raises NotReady, BadInput, CannotWrite.
        """
        with self._locked(), _written(self.folder):
            if (here := self.installed(model.id)) is not None:
                return here
            new = self.folder / f".new-{model.id}"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(parents=True)
            try:
                self._fill(new, model, source, tell, accept_changed)
                record = recorded(model, new)
                shutil.rmtree(self.folder / model.id, ignore_errors=True)
                new.rename(self.folder / model.id)
            finally:
                shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(self.folder / DOWNLOADS / model.id, ignore_errors=True)
            return record

    def remove(self, model_id: str) -> bool:
        """False when there was nothing of it."""
        with self._locked(), _written(self.folder):
            there = (self.folder / model_id, self.folder / DOWNLOADS / model_id)
            found = any(one.exists() for one in there)
            for one in there:
                if one.exists():
                    shutil.rmtree(one)
            return found

    def verify(self, model_id: str, tell: Tell = silent) -> list[Finding]:
        """Hashes every file anew. Raises NotReady when the model is not installed."""
        record = self.installed(model_id)
        if record is None:
            raise NotReady(f"The model {model_id} is not installed; run: jingling models install {model_id}")
        found, done = [], 0
        for one in record.files:
            path = self.folder / model_id / one.path
            if not path.is_file():
                found.append(Finding(one.path, "missing"))
            elif path.stat().st_size != one.size or sha256_of(path) != one.sha256:
                found.append(Finding(one.path, "changed"))
            done += one.size
            tell(one.path, done, record.size)
        return found

    def _fill(self, new: Path, model: Model, source: Source, tell: Tell, accept_changed: bool) -> None:
        single = {one.path for one in model.files if one.path}
        packed = [part for part in model.parts.values() if part not in single]
        for file in model.files:
            found, ours = source.bring(model, file, tell)
            try:
                self._check(file, found, accept_changed)
                if file.path:
                    _put(found, new / file.path, move=ours)
                else:
                    unpack(found, new, packed)
            except BadInput:
                source.reject(found)
                raise

    def _check(self, file: ModelFile, found: Path, accept_changed: bool) -> None:
        """Raises BadInput unless it is the file that was meant, as far as that is known."""
        actual = sha256_of(found)
        if file.sha256:
            if actual != file.sha256:
                raise BadInput(
                    f"{file.name} is not what it should be: its SHA-256 is {actual[:16]}… and not "
                    f"{file.sha256[:16]}…. Fetch it again; if it stays so, its source or the mirror is not to be "
                    "trusted."
                )
            return
        before = read_trusted(self.folder).get(file.url, actual)
        if actual != before and not accept_changed:
            raise BadInput(
                f"{file.name} is another file than when it was first fetched (SHA-256 {actual[:16]}…, then "
                f"{before[:16]}…). If you trust it, install it with --accept-changed."
            )
        write_trusted(self.folder, file.url, actual)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time, among processes too."""
        with _written(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise NotReady(f"Another command is at work in {self.folder}; wait until it has ended.") from None
            yield
        finally:
            os.close(lock)


def models_folder(settings: Settings) -> Path:
    return (settings.models.folder or settings.data_dir / "models").expanduser()


def open_store(settings: Settings) -> ModelStore:
    """Reads the list of models, and nothing else. Raises BadInput for a mistake in the owner's own list."""
    folder = models_folder(settings)
    return ModelStore(folder, load_manifest(folder))


def _put(found: Path, target: Path, *, move: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if move:
        found.rename(target)
    else:
        shutil.copyfile(found, target)


@contextlib.contextmanager
def _written(folder: Path) -> Iterator[None]:
    """What the disk refuses is told as a sentence."""
    try:
        yield
    except OSError as problem:
        raise CannotWrite(f"{folder} cannot be written ({problem.strerror or problem}).") from None
