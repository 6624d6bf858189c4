"""Our ears, voice, wake words and understanding as Wyoming services: on loopback, unless the hub is open."""

import asyncio
import logging

from jingling.core.endpoint import EndpointInfo
from jingling.protocols.base import Host
from jingling.protocols.waiting import cancelled
from jingling.protocols.wyoming.service import Service
from jingling.protocols.wyoming.wire import Wire

log = logging.getLogger(__name__)
PROGRAMS_MAX = 16
JOBS_MAX = 4
CALLER = "wyoming-service"


class WyomingServer:
    """A Gateway. `port` is the bound one. Wyoming knows no passwords: from elsewhere, callers are guests."""

    def __init__(self, host: Host, port: int | None = None) -> None:
        self.port = host.settings.wyoming.serve_port if port is None else port
        self._host = host
        self._jobs = asyncio.Semaphore(JOBS_MAX)
        self._programs: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        where = "0.0.0.0" if self._host.settings.server.lan else "127.0.0.1"
        try:
            self._server = await asyncio.start_server(self._met, where, self.port)
        except OSError as error:
            return log.warning("wyoming.serve_port %d cannot be used: %s", self.port, error.strerror)
        self.port = self._server.sockets[0].getsockname()[1]
        return None

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        await cancelled(*self._programs)

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(reader, writer)
        if len(self._programs) >= PROGRAMS_MAX:
            log.warning("more than %d programs use the Wyoming services", PROGRAMS_MAX)
            return await wire.close()
        task = asyncio.ensure_future(self._serve(wire, self._caller(writer)))
        self._programs.add(task)
        task.add_done_callback(self._programs.discard)
        return None

    async def _serve(self, wire: Wire, caller: EndpointInfo) -> None:
        try:
            await Service(self._host, wire, caller, self._jobs).run()
        except Exception:
            log.exception("a Wyoming program was dropped")
        finally:
            await wire.close()

    def _caller(self, writer: asyncio.StreamWriter) -> EndpointInfo:
        peer = str((writer.get_extra_info("peername") or ("",))[0])
        here = peer.startswith("127.") or peer == "::1"
        nothing: frozenset[str] = frozenset()
        return EndpointInfo(CALLER, self._host.home_id, role="adult" if here else "guest", capabilities=nothing)
