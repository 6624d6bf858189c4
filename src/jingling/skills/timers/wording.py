"""Timers, alarms and reminders in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from jingling.schedule.model import Entry
from jingling.sdk import TimerCard, phrases
from jingling.sdk.kit import Replies
from jingling.sdk.timers import timer_line

SPOKEN_MAX = 3
"""More than this many are left to the screen."""


class Wording:
    """The words of one language at one moment."""

    def __init__(self, replies: Replies, language: str, now: datetime) -> None:
        self._replies = replies
        self._language = language
        self._now = now

    def name(self, entry: Entry) -> str:
        """ "pizza timer", "timer for 5 minutes", "alarm for tomorrow at 7 AM", 早上7点的闹钟."""
        if entry.kind == "alarm":
            return self._text("alarm_name", when=self.when(entry))
        if entry.label:
            return self._text(f"{entry.kind}_name", label=entry.label)
        return self._text(f"{entry.kind}_unnamed", duration=self.duration(entry.total_s))

    def when(self, entry: Entry) -> str:
        return self.moment(entry.due_at, entry.repeat)

    def moment(self, due: datetime, repeat: str) -> str:
        """ "tomorrow at 7 AM", or with `repeat` "every weekday at 7 AM"."""
        if not repeat:
            return phrases.moment(due, self._now, self._language)
        days = phrases.repetition(repeat, self._language)
        return self._text("repeated", days=days, time=phrases.clock(due, self._language))

    def duration(self, seconds: float) -> str:
        return phrases.duration(seconds, self._language)

    def left(self, entry: Entry, *, alone: bool = False) -> str:
        """How an entry stands: what is left of a timer, when an alarm or reminder is due.

        A timer without a name that is spoken of `alone` need not be told apart.
        """
        left = self.duration(entry.left_s(self._now))
        match entry.state:
            case "ringing":
                return self._text("rings", name=self.name(entry))
            case "paused":
                return self._text("left_paused", name=self.name(entry), left=left)
        if entry.kind == "timer":
            return self._text(
                "left_alone" if alone and not entry.label else "left", name=self.name(entry), left=left
            )
        return self._text(f"{entry.kind}_due", label=entry.label, when=self.when(entry))

    def listed(self, said: Sequence[str]) -> str:
        """The first three, and how many more there are."""
        more = len(said) - SPOKEN_MAX
        spoken = [*said[:SPOKEN_MAX], *([self._text("more", count=more)] if more > 0 else [])]
        return phrases.joined(spoken, self._language)

    def numbered(self, entries: Sequence[Entry]) -> str:
        """ "1, tea timer; 2, pizza timer": the first three; the screen shows all."""
        names = [self.name(entry) for entry in entries]
        key = "choice" if len(set(names)) == len(names) else "choice_with_left"
        said = [
            self._text(key, number=number, name=name, left=self.duration(entry.left_s(self._now)))
            for number, (name, entry) in enumerate(zip(names, entries, strict=True), 1)
        ]
        return ("；" if self._language == "zh" else "; ").join(said[:SPOKEN_MAX])

    def _text(self, key: str, **values: object) -> str:
        return self._replies.text(self._language, key, **values)


def timer_card(title: str, entries: Iterable[Entry]) -> TimerCard:
    """An empty one takes the timers off the screen."""
    return TimerCard(title, tuple(timer_line(entry) for entry in entries))


def capital(text: str) -> str:
    """With a capital at its start, and the rest as it is."""
    return text[:1].upper() + text[1:]
