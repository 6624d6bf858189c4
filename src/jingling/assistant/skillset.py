"""Which skill handles which intent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from jingling.core.turn import Reply, Turn
from jingling.sdk.skill import Do


class Handles(Protocol):
    async def handle(self, turn: Turn, do: Do) -> Reply: ...


class Permits(Protocol):
    def may(self, command: str) -> bool: ...

    def is_last_resort(self, intent: str) -> bool: ...

    def repeats(self, intent: str) -> bool: ...


@dataclass(frozen=True)
class LoadedSkill:
    name: str
    skill: Handles
    manifest: Permits


class Skillset:
    """`packaged` maps ready-made intents (`HassTurnOn`) to the skill that took them."""

    def __init__(self, skills: Iterable[LoadedSkill], packaged: Mapping[str, str]) -> None:
        self._skills = {loaded.name: loaded for loaded in skills}
        self._packaged = packaged

    def add(self, loaded: LoadedSkill) -> None:
        self._skills[loaded.name] = loaded

    def is_last_resort(self, intent: str) -> bool:
        """It counts only when nothing else, a language model neither, knows what to do."""
        loaded = self.find(intent)
        return loaded is not None and loaded.manifest.is_last_resort(intent)

    def repeats(self, intent: str) -> bool:
        """ "A bit more" does it again."""
        loaded = self.find(intent)
        return loaded is not None and loaded.manifest.repeats(intent)

    def owner(self, intent: str) -> str:
        """The name of the skill that an intent belongs to."""
        owner, dot, _ = intent.partition(".")
        return owner if dot else self._packaged.get(intent, "")

    def find(self, intent: str) -> LoadedSkill | None:
        return self._skills.get(self.owner(intent))
