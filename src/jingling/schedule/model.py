"""A timer, an alarm or a reminder, and the pure rules of when it is due."""

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Literal

from msgspec import Struct, structs

from jingling.core.errors import BadInput, Refused

Kind = Literal["timer", "alarm", "reminder"]
State = Literal["running", "paused", "ringing", "done", "cancelled"]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIMER_S_MAX = 30 * 86_400
DUE_S_MAX = 10 * 366 * 86_400
LABEL_CHARS_MAX = 80
ENTRIES_MAX = 100
RING_S = 300.0
"""How long something rings before it falls silent by itself."""

MOVES: Mapping[State, frozenset[State]] = {
    "running": frozenset({"running", "paused", "ringing", "cancelled"}),
    "paused": frozenset({"paused", "running", "cancelled"}),
    "ringing": frozenset({"ringing", "running", "done", "cancelled"}),
    "done": frozenset(),
    "cancelled": frozenset(),
}
"""Where each state may go. A ringing entry runs again when it repeats or is given more time."""

_NAMED_REPEATS = {"daily": DAYS, "weekdays": DAYS[:5], "weekends": DAYS[5:]}


class Entry(Struct, frozen=True, kw_only=True):
    """`device_id` is the endpoint that set it and that it rings on. `remaining_s` is set while paused.

    `due_at` keeps the wall time it was asked for (with an offset), so that "02:30 every day" is 02:30 again
    after the night in which there was none.
    """

    id: str
    home_id: str
    device_id: str
    kind: Kind
    state: State
    due_at: datetime
    created_at: datetime
    language: str
    label: str = ""
    total_s: float = 0.0
    remaining_s: float | None = None
    repeat: str = ""

    @property
    def live(self) -> bool:
        """Runs, is paused or rings."""
        return bool(MOVES[self.state])

    def left_s(self, now: datetime) -> float:
        """Seconds until it rings, never negative."""
        if self.remaining_s is not None:
            return self.remaining_s
        return max(0.0, seconds_between(now, self.due_at))

    def late_s(self, now: datetime) -> float:
        """Seconds since it was due; 0 within the first second, which is on time."""
        late = seconds_between(self.due_at, now)
        return late if late >= 1 else 0.0


def seconds_between(start: datetime, end: datetime) -> float:
    """Real seconds; subtracting two times of one zone would count wall time across a clock change."""
    return end.timestamp() - start.timestamp()


def later(moment: datetime, seconds: float) -> datetime:
    """`seconds` of real time after `moment`, in its zone."""
    return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(moment.tzinfo)


def rung(entry: Entry) -> Entry:
    return _moved(entry, "ringing")


def ended(entry: Entry, now: datetime) -> Entry:
    """After ringing: done, or waiting for its next time."""
    if not entry.repeat:
        return _moved(entry, "done")
    return _moved(entry, "running", due_at=next_due(entry.due_at.time(), now, entry.repeat))


def cancelled(entry: Entry) -> Entry:
    return _moved(entry, "cancelled")


def restored(entry: Entry, now: datetime) -> Entry:
    """A cancelled entry as it would be now; one that was due meanwhile rings at once, or at its next time."""
    if entry.state != "cancelled":
        raise Refused(f"This {entry.kind} is {entry.state}, not cancelled.")
    if entry.remaining_s is not None:
        return structs.replace(entry, state="paused")
    due_at = entry.due_at
    if entry.repeat and entry.late_s(now):
        due_at = next_due(entry.due_at.time(), now, entry.repeat)
    return structs.replace(entry, state="running", due_at=due_at)


def paused(entry: Entry, now: datetime) -> Entry:
    return _moved(_timer(entry), "paused", remaining_s=entry.left_s(now))


def resumed(entry: Entry, now: datetime) -> Entry:
    if entry.state != "paused":
        raise Refused(f"This {entry.kind} is {entry.state}, not paused.")
    due_at = later(now, entry.left_s(now))
    return _moved(_timer(entry), "running", due_at=due_at, remaining_s=None)


def extended(entry: Entry, seconds: float, now: datetime) -> Entry:
    """`seconds` more (or fewer); one that rings runs anew. Raises BadInput when nothing would be left."""
    left_s = check_duration(_timer(entry).left_s(now) + seconds)
    if entry.state == "paused":
        return _moved(entry, "paused", remaining_s=left_s, total_s=entry.total_s + seconds)
    total_s = left_s if entry.state == "ringing" else entry.total_s + seconds
    return _moved(entry, "running", due_at=later(now, left_s), total_s=total_s)


def _moved(entry: Entry, state: State, **fields: Any) -> Entry:
    if state not in MOVES[entry.state]:
        raise Refused(f"This {entry.kind} is {entry.state} and cannot become {state}.")
    return structs.replace(entry, state=state, **fields)


def _timer(entry: Entry) -> Entry:
    if entry.kind != "timer":
        raise Refused(f"Only a timer can be paused, resumed or extended, not this {entry.kind}.")
    return entry


def check_duration(seconds: float) -> float:
    """A timer's length. Raises BadInput when it is not above 0 and at most 30 days."""
    if not math.isfinite(seconds) or seconds <= 0:
        raise BadInput("A timer needs a duration above zero.")
    if seconds > TIMER_S_MAX:
        raise BadInput("A timer can run for 30 days at most; set a reminder instead.")
    return float(seconds)


def check_label(label: str) -> str:
    """`label` without surrounding and doubled blanks. Raises BadInput above 80 characters."""
    label = " ".join(label.split())
    if len(label) > LABEL_CHARS_MAX:
        raise BadInput(f"A name or message can have {LABEL_CHARS_MAX} characters at most.")
    if not label.isprintable():
        raise BadInput("A name or message cannot have control characters.")
    return label


def check_due(due_at: str, now: datetime) -> datetime:
    """ISO 8601 with offset as a moment in the zone of `now`. Raises BadInput when it is not in the future."""
    try:
        due = datetime.fromisoformat(due_at)
    except ValueError:
        raise BadInput(f"{due_at[:40]!r} is not a time; write it like 2026-11-22T18:30:00+08:00.") from None
    if due.tzinfo is None or now.tzinfo is None:
        raise BadInput(f"{due_at[:40]!r} has no offset; write it like 2026-11-22T18:30:00+08:00.")
    if due.timestamp() <= now.timestamp():
        raise BadInput("That time has passed; give one that is still to come.")
    if due.timestamp() > now.timestamp() + DUE_S_MAX:
        raise BadInput("That is more than ten years away; give a nearer time.")
    return on_wall(due, now.tzinfo)


def check_repeat(repeat: str) -> str:
    """`repeat` in its one spelling. Raises BadInput unless it is empty or names days."""
    if not repeat or repeat in _NAMED_REPEATS:
        return repeat
    return ",".join(DAYS[day] for day in sorted(repeat_days(repeat)))


def repeat_days(repeat: str) -> frozenset[int]:
    """The days (Monday is 0) that daily, weekdays, weekends or "mon,wed" mean."""
    names = _NAMED_REPEATS.get(repeat) or tuple(part.strip() for part in repeat.split(","))
    for name in names:
        if name not in DAYS:
            raise BadInput(f"{name[:20]!r} is no repetition; use daily, weekdays, weekends or days like mon,wed.")
    return frozenset(DAYS.index(name) for name in names)


def on_wall(moment: datetime, zone: tzinfo) -> datetime:
    """`moment` in `zone`; a wall time that a clock change skips is kept as it was said."""
    for fold in (0, 1):
        said = moment.replace(tzinfo=zone, fold=fold)
        if said.utcoffset() == moment.utcoffset():
            return said
    return moment.astimezone(zone)


def next_due(at: time, now: datetime, repeat: str = "daily") -> datetime:
    """The first moment after `now`, in its zone, whose wall time is `at` on a day of `repeat`.

    A time that a clock change skips rings as much later as the clock was moved; one that comes twice rings
    the first time.
    """
    days = repeat_days(repeat)
    return next(
        due
        for due in (_at(now.date() + timedelta(days=ahead), at, now.tzinfo) for ahead in range(9))
        if due.weekday() in days and due.timestamp() > now.timestamp()
    )


def _at(day: date, at: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone)
