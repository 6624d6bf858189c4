"""What may be asked of the schedule. Every command acts on the home's timers, alarms and reminders."""

from jingling.core.command import Command
from jingling.schedule.model import Kind


class StartTimer(Command, frozen=True, kw_only=True, tag="schedule.startTimer"):
    """Runs `duration_s` seconds, then rings on `device_id`."""

    duration_s: float
    device_id: str
    language: str
    label: str = ""


class SetAlarm(Command, frozen=True, kw_only=True, tag="schedule.setAlarm"):
    """Rings at `due_at` (ISO 8601 with offset), then again by `repeat`: daily, weekdays, weekends or "mon,wed"."""

    kind: Kind
    due_at: str
    device_id: str
    language: str
    label: str = ""
    repeat: str = ""


class CancelEntry(Command, frozen=True, kw_only=True, tag="schedule.cancel"):
    entry_id: str


class RestoreEntry(Command, frozen=True, kw_only=True, tag="schedule.restore"):
    """What was cancelled goes on as if it had not been."""

    entry_id: str


class PauseTimer(Command, frozen=True, kw_only=True, tag="schedule.pause"):
    entry_id: str


class ResumeTimer(Command, frozen=True, kw_only=True, tag="schedule.resume"):
    entry_id: str


class ExtendTimer(Command, frozen=True, kw_only=True, tag="schedule.extend"):
    """Adds `seconds`, which may be negative."""

    entry_id: str
    seconds: float


class DismissRinging(Command, frozen=True, kw_only=True, tag="schedule.dismiss"):
    """Silence what rings on `device_id` (all that rings in the home when it is empty)."""

    device_id: str = ""
