"""One turn by text or by a sound file."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import BadInput, NotReady, Refused
from jingling.core.turn import Language
from jingling.server.answer import Answer, read
from jingling.server.browser import DEVICE_ID
from jingling.server.complaint import Complaint
from jingling.server.door import identity_of
from jingling.server.hub import Hub
from jingling.server.text import checked_text

DEVICE = "http-client"
HEARINGS_MAX = 2
LANGUAGES: dict[str, Language | None] = {"auto": None, "en": "en", "zh": "zh"}


class AskRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Language None: find out."""

    text: str
    language: Language | None = None
    device_id: str = DEVICE


def router(hub: Hub) -> list[BaseRoute]:
    hearing = asyncio.Semaphore(HEARINGS_MAX)

    async def ask(request: Request) -> Answer:
        wanted = await read(request, AskRequest)
        text = checked_text(wanted.text, hub.settings.limits.text_chars_max)
        async with _said_plainly():
            return Answer(await hub.ask(text, wanted.language, _caller(request, wanted.device_id)))

    async def hear(request: Request) -> Answer:
        """The body is a sound file; `language` and `device_id` are in the query."""
        language = _language(request.query_params.get("language", "auto"))
        caller = _caller(request, request.query_params.get("device_id", DEVICE))
        if hearing.locked():
            raise Complaint("busy", retry_after_s=2.0)
        async with hearing, _said_plainly():
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "upload"
                await asyncio.to_thread(path.write_bytes, await request.body())
                audio = await hub.decode(path)
            return Answer(await hub.hear(audio, language, caller))

    return [
        Route("/api/ask", ask, methods=["POST"]),
        Route("/api/hear", hear, methods=["POST"]),
    ]


@asynccontextmanager
async def _said_plainly() -> AsyncIterator[None]:
    try:
        yield
    except BadInput as error:
        raise Complaint("bad_audio", detail=str(error)) from None
    except NotReady as error:
        raise Complaint("not_ready", detail=str(error)) from None
    except Refused as error:
        raise Complaint("refused", detail=str(error)) from None


def _caller(request: Request, device_id: str) -> EndpointInfo:
    if not DEVICE_ID.fullmatch(device_id):
        raise Complaint("bad_device_id")
    return EndpointInfo(device_id, role=identity_of(request.scope).role)


def _language(name: str) -> Language | None:
    if name not in LANGUAGES:
        raise Complaint("bad_request", detail="language is en, zh or auto")
    return LANGUAGES[name]
