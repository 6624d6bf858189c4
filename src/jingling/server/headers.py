"""What every answer carries, whatever became of the request."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jingling.server.origin import host_name

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def content_policy(host: str) -> str:
    """Everything from this hub alone. Sockets to `host` are named, for older browsers' 'self' has none."""
    sockets = f" ws://{host} wss://{host}" if host else ""
    return (
        "default-src 'self'; "
        f"connect-src 'self'{sockets}; "
        "img-src 'self' data:; style-src 'self'; script-src 'self'; worker-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = _plain_host(Headers(scope=scope).get("host", "")) if scope["type"] != "lifespan" else ""

        async def dressed(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", content_policy(host))
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, dressed)


def _plain_host(host: str) -> str:
    """The Host header when it can be written into a policy as it is."""
    return host if host_name(host) and all(sign.isalnum() or sign in ".-:[]" for sign in host) else ""
