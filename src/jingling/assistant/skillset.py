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

    def find(self, intent: str) -> LoadedSkill | None:
        owner, dot, _ = intent.partition(".")
        return self._skills.get(owner if dot else self._packaged.get(intent, ""))
