"""Pairing a screen by a code."""

from datetime import timedelta
from typing import Literal

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.server.answer import Answer, read
from jingling.server.door import DEVICE_COOKIE, keep_cookie
from jingling.server.pairing import CODE_SECONDS, NAME_CHARS_MAX, Pairing
from jingling.server.text import checked_text

KEPT = timedelta(days=365)


class PairRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A browser keeps the token as a cookie it cannot read; another device asks for it with `cookie` false."""

    code: str
    name: str = "screen"
    cookie: bool = True


class CodeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """`role` is what the device that is paired by the code may do; a child's or guest's cannot open locks."""

    role: Literal["adult", "child", "guest"] = "adult"


def router(pairing: Pairing) -> list[BaseRoute]:

    async def pair_code(request: Request) -> Answer:
        wanted = await read(request, CodeRequest) if await request.body() else CodeRequest()
        return Answer({"code": pairing.new_code(wanted.role), "expires_s": CODE_SECONDS})

    async def pair(request: Request) -> Answer:
        wanted = await read(request, PairRequest)
        paired = await pairing.redeem(wanted.code, checked_text(wanted.name, NAME_CHARS_MAX))
        if not wanted.cookie:
            return Answer({"device_id": paired.device_id, "token": paired.token})
        answer = Answer({"device_id": paired.device_id})
        keep_cookie(answer, request, DEVICE_COOKIE, paired.token, KEPT)
        return answer

    return [
        Route("/api/pair-code", pair_code, methods=["POST"]),
        Route("/api/pair", pair, methods=["POST"]),
    ]
