"""Signing in and out, and the household's password."""

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.server.answer import Answer, read
from jingling.server.auth import SESSION, Access
from jingling.server.complaint import Complaint
from jingling.server.door import DEVICE_COOKIE, SESSION_COOKIE, caller_of, credentials_of, keep_cookie


class SignInRequest(Struct, frozen=True, forbid_unknown_fields=True):
    password: str


class PasswordRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """`current` replaces a password; `setup_code` sets the first one from another machine."""

    password: str
    current: str = ""
    setup_code: str = ""


def router(access: Access) -> list[BaseRoute]:

    async def session(request: Request) -> Answer:
        """`at_hub` tells that the first password can be set here without the set-up code."""
        signed_in = await access.identify(credentials_of(request.headers)) is not None
        return Answer(
            {
                "lan": access.required,
                "signed_in": signed_in,
                "needs_password": not signed_in,
                "first_start": await access.first_start(),
                "at_hub": caller_of(request.scope).at_hub,
            }
        )

    async def sign_in(request: Request) -> Answer:
        _check_required(access)
        wanted = await read(request, SignInRequest)
        return _signed_in(request, await access.sign_in(wanted.password, caller_of(request.scope)))

    async def sign_out(request: Request) -> Answer:
        await access.sign_out(credentials_of(request.headers))
        answer = Answer({"signed_in": not access.required})
        answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
        answer.delete_cookie(DEVICE_COOKIE, httponly=True, samesite="strict")
        return answer

    async def password(request: Request) -> Answer:
        _check_required(access)
        wanted = await read(request, PasswordRequest)
        token = await access.set_password(
            wanted.password, caller_of(request.scope), current=wanted.current, setup_code=wanted.setup_code
        )
        return _signed_in(request, token)

    return [
        Route("/api/session", session, methods=["GET"]),
        Route("/api/sign-in", sign_in, methods=["POST"]),
        Route("/api/sign-out", sign_out, methods=["POST"]),
        Route("/api/password", password, methods=["POST"]),
    ]


def _check_required(access: Access) -> None:
    if not access.required:
        raise Complaint("no_signing_in")


def _signed_in(request: Request, token: str) -> Answer:
    answer = Answer({"signed_in": True})
    keep_cookie(answer, request, SESSION_COOKIE, token, SESSION)
    return answer
