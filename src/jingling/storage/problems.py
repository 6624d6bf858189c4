"""What went wrong with the tables, in sentences that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from jingling.core.errors import BadInput, CannotWrite, JinglingError, NotReady

_SQLITE_SENTENCES: dict[int, tuple[type[JinglingError], str]] = {
    sqlite3.SQLITE_FULL: (CannotWrite, "The disk of {place} is full. Free some space; nothing was changed."),
    sqlite3.SQLITE_IOERR: (
        CannotWrite,
        "The disk of {place} cannot be read or written. Check the disk and its free space.",
    ),
    sqlite3.SQLITE_READONLY: (CannotWrite, "{place} may not be written. Give this user the right to write it."),
    sqlite3.SQLITE_PERM: (NotReady, "{place} may not be opened. Give this user the right to read and write it."),
    sqlite3.SQLITE_CANTOPEN: (
        NotReady,
        "{place} cannot be opened. Check that its folder exists and that this user may write there.",
    ),
    sqlite3.SQLITE_BUSY: (NotReady, "{place} is held by another program. Stop that program, or wait for it."),
    sqlite3.SQLITE_LOCKED: (NotReady, "{place} is held by another program. Stop that program, or wait for it."),
    sqlite3.SQLITE_CORRUPT: (
        BadInput,
        "{place} is damaged. Put a backup in its place, or move it away to start anew.",
    ),
    sqlite3.SQLITE_NOTADB: (
        BadInput,
        "{place} is not a database. Put a backup in its place, or move it away to start anew.",
    ),
}
_POSTGRES_DISK_FULL = "53100"


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Raise NotReady or BadInput for what the owner of the machine can mend; our own mistakes pass through."""
    try:
        yield
    except DBAPIError as error:
        problem = explain(error, place)
        if problem is None:
            raise
        raise problem from error


def explain(error: DBAPIError, place: str) -> JinglingError | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        kind, sentence = _SQLITE_SENTENCES.get(code & 0xFF, (None, ""))
        return None if kind is None else kind(sentence.format(place=place))
    if getattr(error.orig, "sqlstate", None) == _POSTGRES_DISK_FULL:
        return CannotWrite(f"The disk of {place} is full. Free some space; nothing was changed.")
    if isinstance(error, IntegrityError | ProgrammingError) or not error.connection_invalidated:
        return None
    return NotReady(f"{place} does not answer. Check that the database server runs and that its address is right.")
