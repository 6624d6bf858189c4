"""What others may read of the schedule."""

from collections.abc import Sequence
from typing import Protocol

from jingling.schedule.model import Entry


class ScheduleReader(Protocol):
    def entries(self, kind: str | None = None) -> Sequence[Entry]:
        """All that run, pause or ring, soonest first."""
