"""What was asked for, read from an intent's slots."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from jingling.core.turn import Slots
from jingling.schedule.model import later, next_due

_JUST_PASSED = timedelta(seconds=30)
_REMINDER = re.compile(r"(?:remind me (?:to |that |about )?|提醒我)\s*(?P<message>.+)")


def duration_s(slots: Slots, prefix: str = "") -> float | None:
    """Seconds from `duration` and from `hours`, `minutes` and `seconds`, each with `prefix` before it."""
    parts = [slots.get(prefix + unit) for unit in ("duration", "hours", "minutes", "seconds")]
    if all(part is None for part in parts):
        return None
    return sum(float(part or 0) * size for part, size in zip(parts, (1, 3600, 60, 1), strict=True))


def due_at(slots: Slots, now: datetime, repeat: str = "") -> datetime | None:
    """The moment that is asked for, or None; with `repeat` the first one on its days.

    Read from `when` (what a tapped answer brings), `datetime`, `time` with `date` or so many days `ahead`, or
    `duration`.
    """
    if said := slots.get("when") or slots.get("datetime"):
        due = _moment(str(said), now)
    elif "time" in slots:
        due = _on_day(time.fromisoformat(slots["time"]), slots, now)
    elif (seconds := duration_s(slots)) is not None:
        due = later(now, seconds)
    else:
        return None
    return next_due(due.time(), now, repeat) if repeat else due


def wall_time(slots: Slots) -> time | None:
    """The time of day that `time` or `datetime` names."""
    if "time" in slots:
        return time.fromisoformat(slots["time"])
    return datetime.fromisoformat(slots["datetime"]).time() if "datetime" in slots else None


def delayed_reminder(slots: Slots) -> str | None:
    """The message of "in ten minutes remind me to …", which is heard as a command to be done later."""
    found = _REMINDER.fullmatch(str(slots.get("conversation_command", "")).strip())
    return found["message"] if found else None


def label(slots: Mapping[str, Any], name: str) -> str:
    return " ".join(str(slots.get(name, "")).split())


def _moment(said: str, now: datetime) -> datetime:
    """One that passed while it was being said is now."""
    due = datetime.fromisoformat(said)
    due = due if due.tzinfo else due.replace(tzinfo=now.tzinfo)
    soon = now + timedelta(seconds=1)
    return soon if now - _JUST_PASSED < due < soon else due


def _on_day(at: time, slots: Slots, now: datetime) -> datetime:
    day = date.fromisoformat(slots["date"]) if "date" in slots else None
    if "ahead" in slots:
        day = now.date() + timedelta(days=int(slots["ahead"]))
    return datetime.combine(day, at, tzinfo=now.tzinfo) if day else next_due(at, now)
