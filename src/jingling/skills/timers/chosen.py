"""Which of the entries are meant."""

from collections.abc import Sequence
from datetime import time, tzinfo
from typing import Any

from jingling.core.turn import Slots
from jingling.schedule.model import Entry
from jingling.skills.timers.asked import duration_s, wall_time


def chosen(entries: Sequence[Entry], slots: Slots, zone: tzinfo | None) -> list[Entry]:
    """Those that every given slot fits; all when none is given."""
    length_s, at = duration_s(slots, "start_"), wall_time(slots)
    words = [str(slots[name]) for name in ("name", "message") if slots.get(name)]
    return [
        entry
        for entry in entries
        if (length_s is None or abs(entry.total_s - length_s) < 1)
        and (at is None or _is_at(entry, at, zone))
        and all(_named(entry, said) for said in words)
    ]


def answered(entries: Sequence[Entry], choices: Sequence[str], which: Any) -> list[Entry]:
    """Those of the numbered `choices` (ids) that the answer means: a number, an id (tapped), a name or "all"."""
    offered = {entry.id: entry for entry in entries if entry.id in choices}
    if which == "all":
        return list(offered.values())
    if isinstance(which, int | float) or str(which).isdecimal():
        number = int(which)
        return [
            entry for entry in offered.values() if 1 <= number <= len(choices) and entry.id == choices[number - 1]
        ]
    return [entry for entry in offered.values() if entry.id == which or _named(entry, str(which))]


def _is_at(entry: Entry, at: time, zone: tzinfo | None) -> bool:
    """Seven is seven in the morning or in the evening; 19:00 is not 7:00."""
    due = entry.due_at.astimezone(zone).time()
    return due.minute == at.minute and due.hour in (at.hour, at.hour + 12 if at.hour < 12 else at.hour)


def _named(entry: Entry, words: str) -> bool:
    said, label = " ".join(words.casefold().split()), entry.label.casefold()
    return bool(label) and (said == label or said in label or label in said)
