"""JSON in and out of the routes, by msgspec."""

from typing import Any, TypeVar

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from jingling.core.turn import Language
from jingling.server.complaint import Complaint

T = TypeVar("T")


class Answer(Response):
    """A JSON answer that nobody keeps."""

    media_type = "application/json"

    def __init__(self, content: Any, status_code: int = 200, headers: dict[str, str] | None = None) -> None:
        super().__init__(content, status_code, {"Cache-Control": "no-store", **(headers or {})})

    def render(self, content: Any) -> bytes:
        return msgspec.json.encode(content)


async def read(request: Request, kind: type[T]) -> T:
    """The request's JSON body as `kind`. Raises Complaint when it is anything else."""
    body = await request.body()
    try:
        return msgspec.json.decode(body, type=kind)
    except RecursionError:
        raise Complaint("bad_request", detail="JSON nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Complaint("bad_request", detail=str(error)) from None


def language_of(headers: Headers) -> Language:
    """The first of Mandarin and English that `Accept-Language` names; English when it names neither."""
    for part in headers.get("accept-language", "").lower().split(","):
        tag = part.strip()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en"


def complaint_answer(complaint: Complaint, language: Language) -> Answer:
    wait = complaint.retry_after_s
    headers = {} if wait is None else {"Retry-After": str(max(1, round(wait + 0.5)))}
    return Answer(
        {"code": complaint.code, "text": complaint.text(language)}, status_code=complaint.status, headers=headers
    )


async def complain(complaint: Complaint, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request, or refuse a socket before it is open, with `complaint`."""
    answer = complaint_answer(complaint, language_of(Headers(scope=scope)))
    await answer(scope, receive, send)
