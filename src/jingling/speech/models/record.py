"""What is written down of an installed model, and of what was fetched from where."""

import hashlib
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from jingling.speech.models.manifest import Model

RECORD = "installed.json"
TRUSTED = "trusted.json"
PIECE_BYTES = 1 << 20


class Kept(Struct, frozen=True):
    """A file of an installed model, by its path in the model's folder."""

    path: str
    size: int
    sha256: str


class Installed(Struct, frozen=True):
    """`stated`: the hashes of what was fetched were known beforehand, and were right."""

    id: str
    stated: bool
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        return sum(one.size for one in self.files)


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def recorded(model: Model, folder: Path) -> Installed:
    """Hashes all that lies in `folder`, and writes it down there."""
    paths = sorted(one for one in folder.rglob("*") if one.is_file() and one.name != RECORD)
    files = tuple(Kept(one.relative_to(folder).as_posix(), one.stat().st_size, sha256_of(one)) for one in paths)
    record = Installed(model.id, model.hashed, files)
    write(folder / RECORD, record)
    return record


def read_record(folder: Path) -> Installed | None:
    """None: nothing whole is installed there."""
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=Installed)
    except (OSError, msgspec.DecodeError):
        return None


def read_trusted(folder: Path) -> dict[str, str]:
    """The hash of each address without a stated one, as it was when first fetched."""
    try:
        return msgspec.json.decode((folder / TRUSTED).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}


def write_trusted(folder: Path, url: str, sha256: str) -> None:
    write(folder / TRUSTED, {**read_trusted(folder), url: sha256})


def write(path: Path, value: object) -> None:
    """All of it or nothing."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(value), indent=1))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
