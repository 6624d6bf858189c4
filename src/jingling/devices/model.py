"""A device: something with ears, a voice or a screen that people talk to. Pure."""

import hashlib
from datetime import datetime
from typing import Literal

from msgspec import Struct

from jingling.core.endpoint import EndpointInfo
from jingling.core.turn import Language, Role

Kind = Literal["browser", "xiaozhi", "esphome", "wyoming", "speaker"]
State = Literal["new", "adopted"]
"""new: it has shown up, and nobody has said yet that it belongs here. It hears nothing and does nothing."""

ID_CHARS_MAX = 64
NAME_CHARS_MAX = 64
WAITING_MAX = 32
"""New devices that are remembered; beyond it the one seen longest ago is forgotten."""


class Device(Struct, frozen=True):
    """`id` is `<kind>-<its own id>` in lower case, so that the same device comes back as the same.

    `model`, `version` and `address` are what it says of itself. `code` is shown or spoken by a new device that can,
    so that two boards are told apart. `volume` 0…100, None: it keeps its own. `language` None: any.
    """

    id: str
    kind: Kind
    name: str
    state: State = "new"
    place_id: str | None = None
    language: Language | None = None
    role: Role = "adult"
    model: str = ""
    version: str = ""
    address: str = ""
    code: str = ""
    volume: int | None = None
    capabilities: frozenset[str] = frozenset()
    created_at: datetime | None = None
    seen_at: datetime | None = None

    @property
    def adopted(self) -> bool:
        return self.state == "adopted"

    def info(self, home_id: str) -> EndpointInfo:
        """As the assistant sees it."""
        return EndpointInfo(
            id=self.id,
            home_id=home_id,
            place_id=self.place_id,
            language=self.language,
            role=self.role,
            capabilities=self.capabilities,
        )


def speaker_id(secret: str) -> str:
    """The id of a speaker follows from the secret it keeps: who knows the secret is that speaker."""
    return f"speaker-{hashlib.sha256(secret.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
