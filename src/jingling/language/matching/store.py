"""Compiled sentences on disk, named by the content they were made from."""

import hashlib
import logging
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import msgspec
from hassil.expression import Expression, Group, TextChunk
from hassil.intents import RangeSlotList, TextSlotList

from jingling.language.matching.automaton import Automaton
from jingling.language.matching.spoken import Spoken

T = TypeVar("T")
log = logging.getLogger(__name__)
_FORMAT = 3
"""To be raised with every change of `Automaton`, of `net` or of how words are cut."""
_KEPT = 6
_BYTES_MAX = 64_000_000


def kept(folder: Path | None, spoken: Spoken, compile_: Callable[[], Automaton]) -> Automaton:
    """What `compile_` makes of `spoken`, from the folder if it is there; what is broken there is made anew."""
    name = digest(spoken) if folder is not None else ""
    return kept_as(folder, f"sentences-{spoken.code}-", name, Automaton, compile_)


def kept_as(folder: Path | None, prefix: str, name: str, kind: type[T], make: Callable[[], T]) -> T:
    """What `make` makes, from the file `prefix` + `name` if it is there; `name` tells one content from another."""
    if folder is None:
        return make()
    file = folder / f"{prefix}{name}"
    made = _read(file, kind)
    if made is None:
        made = make()
        _write(file, made)
        _forget_old(folder, prefix, file)
    return made


def digest(spoken: Spoken) -> str:
    """Names all that the automaton depends on."""
    total = hashlib.sha256()
    for part in _content(spoken):
        total.update(part.encode())
        total.update(b"\0")
    return total.hexdigest()[:32]


def _content(spoken: Spoken) -> Iterator[str]:
    yield f"{_FORMAT} {version('hassil')} {spoken.code} {spoken.characters}"
    for group, templates in {"": spoken.templates, **spoken.groups}.items():
        yield group
        yield from (str(template.sentence.text) for template in templates)
    for name, rule in spoken.rules.items():
        yield f"{name} {rule.text}"
    for name, known in spoken.lists.items():
        yield f"{name} {type(known).__name__}"
        if isinstance(known, TextSlotList):
            yield from ("".join(_shape(value.text_in)) for value in known.values)
        elif isinstance(known, RangeSlotList):
            yield repr(known)


def _shape(expression: Expression) -> Iterator[str]:
    """All of an expression as text."""
    if isinstance(expression, TextChunk):
        yield expression.text
    elif isinstance(expression, Group):
        yield f"{type(expression).__name__}("
        for item in expression.items:
            yield from (*_shape(item), "|")
        yield ")"
    else:
        yield repr(expression)


def _read(file: Path, kind: type[T]) -> T | None:
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(file.read_bytes(), _BYTES_MAX)
        return msgspec.msgpack.decode(content if unpacking.eof else b"", type=kind)
    except FileNotFoundError:
        return None
    except (OSError, zlib.error, msgspec.DecodeError, RecursionError) as error:
        log.info("compiled sentences are made anew: %s", type(error).__name__)
        return None


def _write(file: Path, made: object) -> None:
    """Whole or not at all; a disk that takes nothing only costs the time to compile again."""
    draft = file.with_name(f".{file.name}-{uuid4().hex}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(zlib.compress(msgspec.msgpack.encode(made), 3))
        draft.replace(file)
    except OSError as error:
        log.warning("compiled sentences are not kept: %s", error.strerror)
        with suppress(OSError):
            draft.unlink()


def _forget_old(folder: Path, prefix: str, newest: Path) -> None:
    """Only what was used last is kept."""
    try:
        files = sorted(folder.glob(f"{prefix}*"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_KEPT:]:
            if file != newest:
                file.unlink(missing_ok=True)
    except OSError:
        return
