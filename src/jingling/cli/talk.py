"""A demo home with its clock in hand, for holding dialogs in."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jingling.app import App, Engines, build
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import EndpointInfo, Tapped, Typed
from jingling.core.errors import BadInput
from jingling.core.thing import Value
from jingling.core.turn import Language, Role
from jingling.schedule.events import EntryRang
from jingling.sdk.dialogs import Dialog
from jingling.settings import Settings

SETTLE_S = 0.001


@dataclass
class HomeTalk:
    """Implements `sdk.dialogs.Talk` on an App whose clock is virtual."""

    app: App
    clock: VirtualClock
    language: Language
    speaker: EndpointInfo
    people: Mapping[str, Role] = field(default_factory=dict)
    rang: list[str] = field(default_factory=list)

    async def say(self, text: str, by: str = "", at: str = "") -> Mapping[str, Any]:
        return await self._bring(Typed(text, self.language), by, at)

    async def tap(self, choice: str, by: str = "", at: str = "") -> Mapping[str, Any]:
        return await self._bring(Tapped(choice), by, at)

    def move(self, place_id: str) -> None:
        self.speaker = replace(self.speaker, place_id=place_id)

    async def _bring(self, given: Typed | Tapped, by: str, at: str) -> Mapping[str, Any]:
        record = await self.app.hub.take(given, self._caller(by, at))
        await self.clock.advance(SETTLE_S)
        await self.app.database.settle()
        return record

    def _caller(self, by: str, at: str) -> EndpointInfo:
        """The speaker, or the one that stands in the place `at`, in the hands of the person `by`."""
        speaker = replace(self.speaker, id=f"dialog-{at}", place_id=at) if at else self.speaker
        return replace(speaker, user_id=by, role=self.people.get(by, "owner")) if by else speaker

    async def advance(self, seconds: float) -> Sequence[str]:
        self.rang.clear()
        await self.clock.advance(seconds)
        await self.app.schedule.settle()
        await self.app.database.settle()
        return list(self.rang)

    def value(self, thing_id: str, name: str) -> Value:
        return self.app.home.state(thing_id).values.get(name)

    async def prepare(self, dialog: Dialog) -> None:
        """Set things as the dialog wants them at its start."""
        for thing_id, values in dialog.things.items():
            if self.app.home.thing(thing_id) is None:
                raise BadInput(f"{dialog.name!r}: there is no thing {thing_id!r} in the demo home")
            await self.app.virtual.pretend(thing_id, values)

    async def _rang(self, event: EntryRang) -> None:
        self.rang.append(event.entry.label or event.entry.kind)


@asynccontextmanager
async def talk(
    dialog: Dialog, language: Language, only_skill: Path | None = None, cache: Path | None = None
) -> AsyncIterator[HomeTalk]:
    """A fresh home for one dialog, compiled into `cache`. Raises BadInput when a skill of it is broken."""
    clock = VirtualClock()
    settings = Settings(only_skill=only_skill)
    async with build(settings, clock=clock, database=":memory:", engines=Engines(), cache=cache) as app:
        if app.problems:
            raise BadInput("\n".join(problem.text for problem in app.problems))
        speaker = EndpointInfo("dialog", place_id=dialog.place, language=language)
        held = HomeTalk(app, clock, language, speaker, dialog.people)
        app.bus.subscribe(EntryRang, held._rang)
        await held.prepare(dialog)
        yield held
