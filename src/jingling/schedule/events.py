"""What has happened on the schedule."""

from jingling.core.event import Event
from jingling.schedule.model import Entry


class EntryChanged(Event, frozen=True, kw_only=True, tag="schedule.EntryChanged"):
    """Set, changed, cancelled, dismissed: `entry` as it is now."""

    entry: Entry


class EntryRang(Event, frozen=True, kw_only=True, tag="schedule.EntryRang"):
    """`late_s` is how long ago it was due when it could first ring (the hub was off)."""

    entry: Entry
    late_s: float = 0.0
