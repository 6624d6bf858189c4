"""Archives of models, taken apart with care: only what is wanted, nothing outside the folder, not without end."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from jingling.core.errors import BadInput
from jingling.speech.models.manifest import inside

ENTRIES_MAX = 20_000
UNPACKED_BYTES_MAX = 8 << 30
PIECE_BYTES = 1 << 18
_PAPERS = ("licen", "copying", "notice", "readme", "model_card", "model_license")
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError, zlib.error, lzma.LZMAError, RuntimeError)


class _Entry(NamedTuple):
    name: str
    plain: bool
    file: BinaryIO | None


def unpack(archive: Path, folder: Path, wanted: Collection[str], bytes_max: int = UNPACKED_BYTES_MAX) -> None:
    """Puts `wanted` files and folders (and the papers of the top folder) into `folder`, without the archive's one
    top folder.

    Raises BadInput for what is no archive, leads outside, holds links, has too much in it, or lacks what is wanted.
    """
    left = bytes_max
    try:
        for count, entry in enumerate(_entries(archive)):
            if count > ENTRIES_MAX:
                raise BadInput(f"{archive.name} has more than {ENTRIES_MAX} entries; it is no model.")
            place = _place(entry, archive.name, wanted)
            if place is not None and entry.file is not None:
                left -= _copy(entry.file, folder / place, left, archive.name)
    except _BROKEN as problem:
        if isinstance(problem, OSError) and problem.errno is not None:
            raise
        raise BadInput(f"{archive.name} is damaged or no archive ({problem}); fetch it again.") from None
    missing = sorted(one for one in wanted if not (folder / one).exists())
    if missing:
        raise BadInput(f"{archive.name} does not hold {', '.join(missing)}: it is another model.")


def _entries(archive: Path) -> Iterator[_Entry]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            for info in packed.infolist():
                link = (info.external_attr >> 28) == 0o12
                with packed.open(info) as file:
                    yield _Entry(info.filename, not link, None if info.is_dir() else file)  # type: ignore[arg-type]
        return
    with tarfile.open(archive, "r|*") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            yield _Entry(member.name, member.isreg() or member.isdir(), content)  # type: ignore[arg-type]


def _place(entry: _Entry, archive: str, wanted: Collection[str]) -> str | None:
    """Where in the folder it goes; None: it is not needed."""
    name = entry.name.removeprefix("./").rstrip("/")
    if not name or name == ".":
        return None
    if not inside(name):
        raise BadInput(f"{archive} would write outside its folder ({entry.name!r}); it is not unpacked.")
    place = name.partition("/")[2] or name
    if not _needed(place, wanted):
        return None
    if not entry.plain:
        raise BadInput(f"{archive} holds a link or a device ({entry.name!r}); it is not unpacked.")
    return place


def _needed(place: str, wanted: Collection[str]) -> bool:
    paper = "/" not in place and place.lower().startswith(_PAPERS)
    return paper or any(place == one or place.startswith(f"{one}/") for one in wanted)


def _copy(source: BinaryIO, target: Path, bytes_max: int, archive: str) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    done = 0
    with target.open("wb") as file:
        while piece := source.read(PIECE_BYTES):
            done += len(piece)
            if done > bytes_max:
                raise BadInput(f"{archive} unpacks to more than it may; it is not installed.")
            file.write(piece)
    return done
