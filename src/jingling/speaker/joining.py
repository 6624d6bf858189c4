"""Showing up at a hub, and waiting until somebody there adds this speaker."""

import asyncio
import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Literal

from msgspec import Struct

from jingling import __version__
from jingling.core.errors import BadInput, NotReady
from jingling.speaker.keys import Keys

TIMEOUT_S = 10.0
ANSWER_BYTES_MAX = 65_536


class Standing(Struct, frozen=True):
    """How the hub sees this speaker; `token` only when it was adopted."""

    state: Literal["new", "adopted"]
    device_id: str
    token: str = ""


def checked_hub(url: str) -> str:
    """The hub's address without a slash at its end. Raises BadInput."""
    if not url.startswith(("http://", "https://")):
        raise BadInput(f"{url}: give the hub's address as http://HOST:PORT")
    return url.rstrip("/")


async def show_up(hub: str, keys: Keys, name: str, code: str) -> Standing:
    """Raises NotReady when no hub answers, BadInput in its own words when it refuses."""
    said = {"secret": keys.secret, "name": name, "model": "Linux", "version": __version__, "code": code}
    answer = await asyncio.to_thread(_post, f"{hub}/api/speakers", json.dumps(said).encode())
    try:
        return Standing(answer["state"], answer["device_id"], answer.get("token", ""))
    except (KeyError, TypeError) as error:
        raise NotReady(f"What answers at {hub} is no hub of this version.") from error


def _post(url: str, body: bytes) -> Any:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
            return json.loads(response.read(ANSWER_BYTES_MAX))
    except urllib.error.HTTPError as error:
        raise BadInput(_reason(error)) from error
    except (ValueError, HTTPException) as error:
        raise NotReady(f"What answers at {url} is no hub. Check the address and the port.") from error
    except OSError as error:
        raise NotReady(f"No hub answers at {url}. Is `jingling up` running there, open to the LAN?") from error


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["text"])
    except (ValueError, KeyError, TypeError):
        return f"The hub refused: {error.code} {error.reason}"
