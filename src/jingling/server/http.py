"""The hub's HTTP server: the routes behind their guards, on uvicorn."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jingling.core.errors import BadInput, NotReady
from jingling.server import websocket
from jingling.server.access_log import AccessLog
from jingling.server.address import own_names
from jingling.server.answer import complaint_answer, language_of
from jingling.server.auth import Access
from jingling.server.complaint import Complaint
from jingling.server.door import Door
from jingling.server.head_timeout import PatientProtocol
from jingling.server.headers import SecurityHeaders
from jingling.server.hub import Hub
from jingling.server.limits import HEAD_BYTES_MAX, BodyLimit, RateLimit, TimeLimit
from jingling.server.origin import is_loopback
from jingling.server.pairing import Pairing
from jingling.server.routes import (
    ask,
    devices,
    health,
    mcp,
    outside,
    pairing,
    phrases,
    session,
    sound,
    speakers,
    things,
    turns,
    xiaozhi,
)
from jingling.server.sockets import Sockets
from jingling.server.static import STATIC, Screen
from jingling.server.store import AccessStore
from jingling.settings import ServerSettings, Settings

HOME_ID = "home"
ANSWER_MARGIN_SECONDS = 5.0
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def create_server(hub: Hub, static: Path = STATIC) -> Starlette:
    """The ASGI app. `state.access` holds the set-up code that the terminal shows at first start."""
    settings, limits = hub.settings, hub.settings.limits
    store = AccessStore(hub.database, HOME_ID)
    access = Access(store, hub.devices, hub.clock, settings.server)
    app = Starlette(
        routes=[
            *health.router(hub),
            *session.router(access),
            *pairing.router(Pairing(hub.devices, hub.clock)),
            *devices.router(hub),
            *speakers.router(hub),
            *things.router(hub),
            *ask.router(hub),
            *phrases.router(hub),
            *outside.router(hub),
            *turns.router(hub),
            *mcp.router(hub),
            *sound.router(hub.sounds),
            *xiaozhi.router(hub),
            *websocket.router(hub, access, Sockets(limits.sockets_max)),
        ],
        exception_handlers={Complaint: _complained, HTTPException: _not_found},
    )
    app.router.redirect_slashes = False
    app.state.access = access
    app.state.sounds = hub.sounds
    app.router.default = Screen(static)
    _guard(app, hub, access)
    return app


async def serve(app: Starlette, settings: Settings, ready: Callable[[int], None] | None = None) -> None:
    """Answer until SIGINT, SIGTERM or cancellation; `ready` gets the port. Raises NotReady and BadInput."""
    await app.state.access.open()
    listener = bind(settings.server)
    port = app.state.sounds.port = listener.getsockname()[1]
    server = HubServer(_uvicorn_config(app, settings), lambda: ready(port) if ready else None)
    running = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        server.should_exit = True
        await running
        raise
    finally:
        listener.close()


def bind(settings: ServerSettings) -> socket.socket:
    """On loopback, unless `lan` is on. Raises BadInput and NotReady."""
    host = settings.host
    if not settings.lan and not is_loopback(host):
        raise BadInput(f"server.host {host} is beyond this machine: set server.lan = true to open the hub to it")
    if settings.lan and is_loopback(host):
        host = "0.0.0.0"
    try:
        return socket.create_server(
            (host, settings.port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=128
        )
    except OSError as error:
        raise NotReady(
            f"cannot listen on {host} port {settings.port} ({error.strerror}): "
            "stop what uses it, or choose another server.port"
        ) from None


def _guard(app: Starlette, hub: Hub, access: Access) -> None:
    """Put on from the inside out: the last one is met first."""
    limits = hub.settings.limits
    names = (*hub.settings.server.names, *own_names())
    app.add_middleware(TimeLimit, seconds=limits.turn_seconds_max + ANSWER_MARGIN_SECONDS, clock=hub.clock)
    app.add_middleware(BodyLimit, limits=limits, clock=hub.clock)
    rate = RateLimit(limits.requests_per_minute)
    app.add_middleware(Door, access=access, rate=rate, clock=hub.clock, names=names)
    app.add_middleware(AccessLog, clock=hub.clock)
    app.add_middleware(SecurityHeaders)


async def _complained(request: Request, error: Exception) -> Response:
    assert isinstance(error, Complaint)
    return complaint_answer(error, language_of(request.headers))


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "not_found", 405: "wrong_method"}
    return complaint_answer(Complaint(codes.get(error.status_code, "failed")), language_of(request.headers))


def _uvicorn_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    limits = settings.limits
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="websockets-sansio",
        ws_max_size=16 * limits.socket_message_bytes_max,
        ws_per_message_deflate=False,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        h11_max_incomplete_event_size=HEAD_BYTES_MAX,
        limit_concurrency=4 * limits.sockets_max,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        lifespan="off",
        log_config=None,
        log_level="warning",
    )


class HubServer(uvicorn.Server):
    """Tells when it listens. A signal ends it and no more, so that its caller can close what it opened."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        caught = SIGNALS if threading.current_thread() is threading.main_thread() else ()
        for number in caught:
            loop.add_signal_handler(number, self._end)
        try:
            yield
        finally:
            for number in caught:
                loop.remove_signal_handler(number)

    def _end(self) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True
