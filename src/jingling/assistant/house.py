"""The home as other programs may read it, and what they may ask of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jingling.assistant.petition import Petitions
from jingling.assistant.toolboxes import Toolboxes
from jingling.core.endpoint import EndpointInfo
from jingling.home.base import HomeReader
from jingling.language.chat.base import Tool
from jingling.schedule.base import ScheduleReader


@dataclass(frozen=True)
class House:
    """Everything is plain JSON."""

    home: HomeReader
    schedule: ScheduleReader
    toolboxes: Toolboxes
    petitions: Petitions

    def things(self) -> list[dict[str, Any]]:
        """Each thing with its names, its place and how it is now."""
        return [
            {
                "id": thing.id,
                "type": thing.type,
                "names": {language: list(names) for language, names in thing.names.items()},
                "place": thing.place_id,
                "values": dict(state.values),
                "reachable": state.reachable,
            }
            for thing in self.home.things
            for state in [self.home.state(thing.id)]
        ]

    def areas(self) -> list[dict[str, Any]]:
        return [
            {
                "id": place.id,
                "names": {one: list(names) for one, names in place.names.items()},
                "floor": place.floor,
            }
            for place in self.home.places
        ]

    def timers(self) -> list[dict[str, Any]]:
        """Timers, alarms and reminders to come."""
        return [
            {
                "id": entry.id,
                "kind": entry.kind,
                "label": entry.label,
                "state": entry.state,
                "due_at": entry.due_at.isoformat(),
            }
            for entry in self.schedule.entries()
        ]

    async def tools(self) -> Sequence[Tool]:
        await self.toolboxes.prepare()
        return self.toolboxes.own(self.petitions.language).tools

    async def act(self, tool: str, arguments: Mapping[str, Any], caller: EndpointInfo) -> dict[str, Any]:
        """`state`: done, not_done, asked, needs_a_person or needs_more. Raises BadInput."""
        await self.toolboxes.prepare()
        place = self.home.place(caller.place_id) if caller.place_id else None
        language = self.petitions.language
        intent = self.toolboxes.own(language).intent(tool, arguments, place.name(language) if place else None)
        made = await self.petitions.make(intent, caller)
        return {"state": made.state, "text": made.text, **({"asked_at": made.where} if made.where else {})}
