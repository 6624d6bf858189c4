"""The door that every request and every socket comes through."""

import logging
from collections.abc import Collection
from datetime import timedelta
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from jingling.core.clock import Clock
from jingling.server.answer import complain
from jingling.server.auth import Access, Caller, Credentials, Identity
from jingling.server.complaint import Complaint
from jingling.server.limits import RateLimit, check_head, neighbourhood
from jingling.server.origin import host_name, is_loopback, is_own_host, is_own_origin

log = logging.getLogger(__name__)

SESSION_COOKIE = "jingling_session"
DEVICE_COOKIE = "jingling_device"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
GUARDED = ("/api/", "/ws", "/mcp")
HOUSEHOLD = ("/api/pair-code", "/api/devices", "/api/phrases", "/api/outside")
"""Only for the household's own adults."""
MINORS = ("child", "guest")
IDENTITY = "jingling.identity"
OPEN_PATHS = frozenset(
    {"/api/health", "/api/session", "/api/sign-in", "/api/password", "/api/pair", "/api/speakers"}
)


class Door:
    """Turns away a foreign Host, a foreign page, too many requests and, where it must, the not signed in."""

    def __init__(self, app: ASGIApp, access: Access, rate: RateLimit, clock: Clock, names: Collection[str]) -> None:
        self._app = app
        self._access = access
        self._rate = rate
        self._clock = clock
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        try:
            await self._admit(scope)
        except Complaint as complaint:
            log.info("turned away: %s", complaint.code)
            return await complain(complaint, scope, receive, send)
        return await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        check_head(scope)
        headers = Headers(scope=scope)
        self._check_host(scope, headers)
        self._check_rate(scope)
        self._check_page(scope, headers)
        path: str = scope["path"]
        if path.startswith(GUARDED) and path not in OPEN_PATHS:
            identity = await self._access.must_identify(credentials_of(headers))
            if identity.role in MINORS and path.startswith(HOUSEHOLD):
                raise Complaint("not_allowed")
            scope[IDENTITY] = identity

    def _check_host(self, scope: Scope, headers: Headers) -> None:
        own = (scope.get("server") or ("", 0))[0]
        hosts = headers.getlist("host")
        lan = self._access.required
        if len(hosts) != 1 or not is_own_host(hosts[0], lan=lan, own_address=own, names=self._names):
            raise Complaint("wrong_host")

    def _check_rate(self, scope: Scope) -> None:
        wait = self._rate.take(caller_of(scope).address, self._clock.monotonic())
        if wait > 0:
            raise Complaint("too_many_requests", retry_after_s=wait, seconds=round(wait + 0.5))

    def _check_page(self, scope: Scope, headers: Headers) -> None:
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            return
        origin = headers.get("origin")
        own = is_own_origin(origin, headers.get("host", ""), lan=self._access.required)
        if not own or (origin is None and headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")):
            raise Complaint("wrong_origin")


def identity_of(scope: Scope) -> Identity:
    """Whom the door let in."""
    identity: Identity = scope[IDENTITY]
    return identity


def caller_of(scope: Scope) -> Caller:
    """At the hub is who comes from loopback by a loopback name and through no proxy."""
    headers = Headers(scope=scope)
    address = (scope.get("client") or ("", 0))[0]
    proxied = any(name in headers for name in ("forwarded", "x-forwarded-for", "via"))
    here = is_loopback(address) and is_loopback(host_name(headers.get("host", ""))) and not proxied
    return Caller(neighbourhood(address), at_hub=here)


def credentials_of(headers: Headers) -> Credentials:
    """A session's cookie; a device's cookie or `Authorization: Bearer`."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        cookies = SimpleCookie()
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    device = bearer.strip() if scheme.lower() == "bearer" else _value(cookies, DEVICE_COOKIE)
    return Credentials(session=_value(cookies, SESSION_COOKIE), device=device)


def _value(cookies: SimpleCookie, name: str) -> str:
    return cookies[name].value if name in cookies else ""


def keep_cookie(answer: Response, request: Request, name: str, token: str, kept: timedelta) -> None:
    """Out of reach for scripts and other sites; over HTTPS, also behind a proxy that speaks it, for HTTPS alone."""
    secure = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")
    answer.set_cookie(
        name, token, max_age=int(kept.total_seconds()), httponly=True, samesite="strict", secure=secure
    )
