"""What has happened, told to whoever listens, after it was committed."""

from datetime import datetime

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True):
    """Base of all events; a concrete event's struct tag `<domain>.<Past>` is its name on the bus."""

    id: str
    at: datetime
    home_id: str
    turn_id: str | None = None
