"""Which protocols bring devices into the home: the composition of `protocols/`."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from jingling.protocols.base import Gateway, Host
from jingling.protocols.discovery import Discovery
from jingling.protocols.esphome.gateway import EsphomeGateway
from jingling.protocols.wyoming.gateway import WyomingGateway
from jingling.protocols.wyoming.server import WyomingServer
from jingling.protocols.xiaozhi.gateway import XiaozhiGateway

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gateways:
    """Started and closed as one; one that fails hinders no other."""

    all: Sequence[Gateway] = ()
    xiaozhi: XiaozhiGateway | None = None

    async def start(self) -> None:
        for gateway in self.all:
            try:
                await gateway.start()
            except Exception:
                log.exception("%s is off", type(gateway).__name__)

    async def close(self) -> None:
        for gateway in reversed(self.all):
            try:
                await gateway.close()
            except Exception:
                log.exception("%s was not closed in order", type(gateway).__name__)


def gateways(host: Host) -> Gateways:
    """Those that the owner has not switched off. Discovery comes last: the others say what they look for."""
    settings, discovery = host.settings, Discovery(host.settings.server.lan)
    xiaozhi = XiaozhiGateway(host) if settings.xiaozhi.enabled else None
    esphome = EsphomeGateway(host, discovery) if settings.esphome.enabled else None
    wyoming = WyomingGateway(host, discovery) if settings.wyoming.enabled else None
    services = WyomingServer(host) if settings.wyoming.serve_port else None
    if settings.server.port:
        discovery.announce("Jingling", settings.server.port)
    found = [one for one in (xiaozhi, esphome, wyoming, services, discovery) if one is not None]
    return Gateways(found, xiaozhi)
