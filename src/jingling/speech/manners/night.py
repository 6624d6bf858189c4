"""When the voice is to be quiet. Pure."""

import re
from datetime import datetime, time

from msgspec import Struct

from jingling.core.errors import BadInput

_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)")


class Night(Struct, frozen=True):
    """From `begins` to `ends`, usually over midnight. `volume` is a share of the day's."""

    begins: time
    ends: time
    volume: float

    def covers(self, now: datetime) -> bool:
        at = now.time().replace(tzinfo=None)
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def night(hours: str, volume: int, day_volume: int) -> Night | None:
    """`hours` as in "22:00-07:00"; "" is never. `volume` and `day_volume` are 0…100. Raises BadInput."""
    if not hours.strip():
        return None
    found = _HOURS.fullmatch(hours.strip())
    if found is None:
        raise BadInput(f"speech.night: {hours!r} is not a time such as 22:00-07:00")
    begin_h, begin_m, end_h, end_m = map(int, found.groups())
    return Night(time(begin_h, begin_m), time(end_h, end_m), min(1.0, volume / max(1, day_volume)))
