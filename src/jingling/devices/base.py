"""What the protocols ask of the register of devices."""

from collections.abc import Sequence
from typing import Protocol

from jingling.devices.model import Device


class Devices(Protocol):
    """The register of one home. Reading is from memory; what changes is told by events on the bus."""

    def get(self, device_id: str) -> Device | None: ...

    def all(self) -> Sequence[Device]:
        """New ones first, then by name."""

    async def seen(self, device: Device) -> Device:
        """It has shown up. A known one keeps what people set (name, place, language, role, volume, state) and takes
        over what it says of itself; returns it as it is kept."""

    async def issue_token(self, device_id: str) -> str:
        """A new secret for an adopted device; the one before is void. Only its hash is kept. Raises BadInput."""

    async def by_token(self, token: str) -> Device | None: ...

    def connected(self, device_id: str) -> None:
        """It can be spoken on now."""

    def gone(self, device_id: str) -> None: ...

    def is_connected(self, device_id: str) -> bool: ...
