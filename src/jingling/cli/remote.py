"""A running hub, spoken to over HTTP."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jingling.core.errors import BadInput, NotReady
from jingling.settings import LimitSettings

TIMEOUT_S = 60
BYTES_MAX = LimitSettings().audio_file_bytes_max


def ask(url: str, text: str, language: str | None) -> dict[str, Any]:
    """Raises NotReady when no hub answers there, and BadInput with the hub's own words when it refuses."""
    body = json.dumps({"text": text, "language": language}).encode()
    return _post(f"{url.rstrip('/')}/api/ask", body, "application/json")


def turns(url: str) -> list[dict[str, Any]]:
    """The latest turns of a hub, the last one first."""
    found: list[dict[str, Any]] = _ask(urllib.request.Request(f"{_checked(url)}/api/turns"), url)
    return found


def hear(url: str, path: Path, language: str | None) -> dict[str, Any]:
    query = f"?language={quote(language)}" if language else ""
    try:
        if path.stat().st_size > BYTES_MAX:
            raise BadInput(f"{path.name} is larger than {BYTES_MAX // 1_000_000} MB; cut it into shorter files.")
        sound = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from error
    return _post(f"{url.rstrip('/')}/api/hear{query}", sound, "application/octet-stream")


def _post(url: str, body: bytes, kind: str) -> dict[str, Any]:
    answer: dict[str, Any] = _ask(urllib.request.Request(_checked(url), body, {"Content-Type": kind}), url)
    return answer


def _checked(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise BadInput(f"{url}: give the hub's address as http://HOST:PORT")
    return url.rstrip("/")


def _ask(request: urllib.request.Request, url: str) -> Any:
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise BadInput(_reason(error)) from error
    except (ValueError, HTTPException) as error:
        raise NotReady(f"What answers at {url} is no hub. Check the address and the port.") from error
    except OSError as error:
        raise NotReady(f"No hub answers at {url}. Is `jingling up` running there?") from error


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["text"])
    except (ValueError, KeyError, TypeError):
        return f"The hub refused: {error.code} {error.reason}"
