"""What a screen shows of the schedule."""

from jingling.core.card import TimerLine
from jingling.schedule.model import Entry


def timer_line(entry: Entry) -> TimerLine:
    return TimerLine(
        id=entry.id,
        kind=entry.kind,
        label=entry.label,
        due_at=entry.due_at.isoformat(),
        state=entry.state,
        total_s=entry.total_s,
        remaining_s=entry.remaining_s,
    )
