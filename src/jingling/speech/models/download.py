"""One file from an address, resumed where it broke off. Blocks: for the command line and threads."""

import errno
import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from jingling.core.errors import BadInput, CannotWrite, NotReady

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and how many there will be (0: unknown)."""

TIMEOUT_S = 30.0
PIECE_BYTES = 1 << 18
BYTES_MAX = 8 << 30
ATTEMPTS_MAX = 6
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class _Broken(Exception):
    """The connection ended early; what came is kept."""


@dataclass(frozen=True)
class Fetch:
    """`part` keeps what came so far, with a note of its validator beside it, so that the next call goes on there.

    `size` 0: not known. `anyway`: go on even where the server gives no validator, as a hash is checked afterwards.
    """

    address: str
    part: Path
    size: int = 0
    anyway: bool = False

    @property
    def note(self) -> Path:
        return self.part.with_name(self.part.name + ".json")


def fetch(wanted: Fetch, progress: Progress, pause: Callable[[float], None] = time.sleep) -> None:
    """Leaves the whole file in `wanted.part`. Raises NotReady, BadInput, CannotWrite, each saying what to do."""
    wanted.part.parent.mkdir(parents=True, exist_ok=True)
    failures = 0
    while True:
        before = _here(wanted.part)
        try:
            _attempt(wanted, progress)
        except _Broken as broken:
            failures = 0 if _here(wanted.part) > before else failures + 1
            if failures >= ATTEMPTS_MAX:
                raise NotReady(_unreachable(wanted.address, str(broken))) from None
            pause(min(2.0**failures / 2, 15.0))
        except OSError as problem:
            if problem.errno in (errno.ENOSPC, errno.EDQUOT):
                raise CannotWrite(
                    f"The disk of {wanted.part.parent} is full; free some space, then go on."
                ) from None
            raise
        else:
            wanted.note.unlink(missing_ok=True)
            return


def _attempt(wanted: Fetch, progress: Progress) -> None:
    """One request, from where the last one ended."""
    start = _start(wanted)
    if wanted.size and start == wanted.size:
        return
    try:
        response = _open(wanted.address, _headers(wanted, start))
    except urllib.error.HTTPError as refusal:
        with refusal:
            _refused(refusal, wanted, start)
        return
    with response:
        start, total = _agreed(response, wanted, start)
        if total:
            _fits(wanted, total)
        _take(response, wanted, start, total, progress)


def _start(wanted: Fetch) -> int:
    """How much of what is there may be kept."""
    here = _here(wanted.part)
    if here and not (wanted.anyway or _validator(wanted)):
        here = 0
    if wanted.size and here > wanted.size:
        here = 0
    return here


def _headers(wanted: Fetch, start: int) -> dict[str, str]:
    headers = {"Accept-Encoding": "identity", "User-Agent": "jingling"}
    if start:
        headers["Range"] = f"bytes={start}-"
        if validator := _validator(wanted):
            headers["If-Range"] = validator
    return headers


class CarefulRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https, but not from https to anything less. Raises NotReady."""

    def redirect_request(  # noqa: PLR0917
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        allowed = ("https",) if urlsplit(req.full_url).scheme == "https" else ("http", "https")
        if urlsplit(newurl).scheme not in allowed:
            raise NotReady(_unsafe(req.full_url))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(address: str, headers: Mapping[str, str]) -> http.client.HTTPResponse:
    request = urllib.request.Request(address, headers=dict(headers))
    opener = urllib.request.build_opener(CarefulRedirects)
    try:
        response: http.client.HTTPResponse = opener.open(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError:
        raise
    except (urllib.error.URLError, TimeoutError, http.client.HTTPException, ConnectionError) as problem:
        raise _Broken(_reason(problem)) from None
    return response


def _refused(refusal: urllib.error.HTTPError, wanted: Fetch, start: int) -> None:
    """Returns when what is there turns out to be all of it."""
    if refusal.code == 416 and start:
        total = _total(refusal.headers.get("Content-Range", ""))
        if total == start:
            return
        wanted.part.unlink(missing_ok=True)
        raise _Broken("the file has changed where it comes from")
    if refusal.code // 100 == 3:
        raise NotReady(_unsafe(wanted.address))
    if refusal.code in _PASSING:
        raise _Broken(f"the server says {refusal.code}")
    if refusal.code in (401, 403):
        raise NotReady(f"{wanted.address} may not be fetched (HTTP {refusal.code}). {_otherwise(wanted.address)}")
    raise NotReady(f"{wanted.address} is not there (HTTP {refusal.code}). {_otherwise(wanted.address)}")


def _agreed(response: http.client.HTTPResponse, wanted: Fetch, start: int) -> tuple[int, int]:
    """Where the answer begins, and how long the whole file is (0: unknown)."""
    length = int(response.headers.get("Content-Length") or 0)
    if response.status != 206:
        _keep_validator(response, wanted)
        return 0, length
    given = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if given is None or int(given[1]) != start:
        wanted.part.unlink(missing_ok=True)
        raise _Broken("the server went on at another place")
    return start, int(given[3]) if given[3] != "*" else 0


def _fits(wanted: Fetch, total: int) -> None:
    if wanted.size and total != wanted.size:
        raise BadInput(
            f"{wanted.address} has {total} bytes and not {wanted.size}: it is another file than was meant. "
            f"{_otherwise(wanted.address)}"
        )
    if total > BYTES_MAX:
        raise BadInput(f"{wanted.address} has {total} bytes, which is no model that can be used here.")


def _take(response: BinaryIO, wanted: Fetch, start: int, total: int, progress: Progress) -> None:
    done, end = start, total or wanted.size
    with wanted.part.open("r+b" if start else "wb") as part:
        part.seek(start)
        part.truncate()
        while piece := _read(response):
            done += len(piece)
            if done > (end or BYTES_MAX):
                part.truncate(0)
                raise BadInput(f"{wanted.address} goes on beyond its own size. {_otherwise(wanted.address)}")
            part.write(piece)
            progress(done, end)
    if done < end:
        raise _Broken("the connection ended early")


def _read(response: BinaryIO) -> bytes:
    try:
        return response.read(PIECE_BYTES)
    except http.client.IncompleteRead as broken:
        return broken.partial
    except (OSError, http.client.HTTPException) as problem:
        raise _Broken(_reason(problem)) from None


def _validator(wanted: Fetch) -> str:
    """What the server called this version of the file, if it came from the same address."""
    try:
        note = json.loads(wanted.note.read_text(encoding="utf-8"))
        return str(note["validator"]) if note["address"] == wanted.address else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _keep_validator(response: http.client.HTTPResponse, wanted: Fetch) -> None:
    etag = response.headers.get("ETag", "")
    strong = etag if etag and not etag.startswith("W/") else response.headers.get("Last-Modified", "")
    note = json.dumps({"address": wanted.address, "validator": strong})
    wanted.note.write_text(note, encoding="utf-8")


def _total(content_range: str) -> int:
    found = re.fullmatch(r"bytes \*/(\d+)", content_range)
    return int(found[1]) if found else -1


def _here(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _reason(problem: BaseException) -> str:
    reason = getattr(problem, "reason", problem)
    return str(getattr(reason, "strerror", None) or reason) or type(problem).__name__


def _unreachable(address: str, reason: str) -> str:
    return (
        f"{urlsplit(address).netloc} cannot be reached ({reason}). What came is kept: run the same command again "
        f"to go on. {_otherwise(address)}"
    )


def _unsafe(address: str) -> str:
    return f"{address} sends on to a place that is not safe. {_otherwise(address)}"


def _otherwise(address: str) -> str:
    return (
        "Or set models.mirror to a place that has it, or fetch "
        f"{address} on another machine and install it with --from FILE."
    )
