"""What a skill is given: its replies, the clock, and what it may read."""

from dataclasses import dataclass
from typing import Any, Protocol

from jingling.core.clock import Clock
from jingling.home.base import HomeReader
from jingling.language.base import Example
from jingling.schedule.base import ScheduleReader


class Replies(Protocol):
    def text(self, language: str, key: str, **values: Any) -> str:
        """A reply with its `{fields}` filled in. Raises KeyError for an unknown key."""


class Help(Protocol):
    def examples(self, language: str) -> list[Example]:
        """Sentences that can be said here, spread over all skills."""


@dataclass(frozen=True)
class Kit:
    name: str
    replies: Replies
    clock: Clock
    home: HomeReader
    schedule: ScheduleReader
    help: Help
