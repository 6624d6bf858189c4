"""Which protocols bring devices into the home: the composition of `protocols/`."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from jingling.protocols.base import Gateway, Host
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
    """Those that the owner has not switched off."""
    xiaozhi = XiaozhiGateway(host) if host.settings.xiaozhi.enabled else None
    return Gateways([gateway for gateway in (xiaozhi,) if gateway is not None], xiaozhi)
