"""What one person says to the others, brought to the devices of the home."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from jingling.assistant.answer import Answer, Outlet
from jingling.assistant.recordings import Recordings
from jingling.assistant.session import Session, new_turn_id
from jingling.core.audio import AudioChunk
from jingling.core.card import TextCard
from jingling.core.clock import Clock
from jingling.core.command import Outcome
from jingling.core.endpoint import Phase
from jingling.core.errors import JinglingError
from jingling.devices.commands import Announce
from jingling.home.base import HomeReader
from jingling.sdk.kit import Replies
from jingling.speech.earcons import chime

log = logging.getLogger(__name__)
WAIT_S = 15.0
"""How long an announcement waits for a device to finish what it is saying."""
STEP_S = 0.25


@dataclass
class Announcer:
    """`sessions` are those of connected devices. What is announced is owned here, not by the turn that asked."""

    sessions: Mapping[str, Session]
    answer: Answer
    replies: Replies
    home: HomeReader
    recordings: Recordings
    clock: Clock
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def execute(self, command: Announce) -> Outcome:
        """Returns at once; data: `heard`, on how many devices."""
        sound = self.recordings.take(command.recording) if command.recording else None
        if command.recording and sound is None:
            return Outcome.failed("bad_value", "That recording is gone; say it again.")
        there = self._where(command)
        for session in there:
            task = asyncio.create_task(self._tell(session, command, sound), name=f"announce {command.key}")
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return Outcome.done(heard=len(there))

    def _where(self, command: Announce) -> list[Session]:
        """Those that can speak or show it; in a place also the device that it is said to, if it stands there."""
        found = []
        for session in self.sessions.values():
            info = session.endpoint.info
            if command.place_id is not None:
                wanted = info.place_id == command.place_id
            else:
                wanted = info.id != command.device_id
            if wanted and info.capabilities & {"speaker", "screen"}:
                found.append(session)
        return found

    async def _tell(self, session: Session, command: Announce, sound: AudioChunk | None) -> None:
        endpoint, turn_id = session.endpoint, new_turn_id()
        try:
            await self._patience(session)
            await endpoint.show(turn_id, TextCard(self._title(command), command.text))
            await endpoint.play(turn_id, once(chime()))
            if sound is not None:
                await endpoint.play(turn_id, once(sound))
            else:
                await self.answer.announce(Outlet(turn_id, command.language, endpoint), command.text)
            await endpoint.tell(turn_id, Phase("idle"))
        except JinglingError as error:
            log.warning("an announcement did not reach %s: %s", endpoint.info.id, error)

    async def _patience(self, session: Session) -> None:
        """An answer that is being spoken is heard to its end."""
        waited_s = 0.0
        while session.busy and waited_s < WAIT_S:
            await self.clock.sleep(STEP_S)
            waited_s += STEP_S

    def _title(self, command: Announce) -> str:
        """From where it comes."""
        session = self.sessions.get(command.device_id)
        place_id = session.endpoint.info.place_id if session else None
        place = self.home.place(place_id) if place_id else None
        if place is None:
            return self.replies.text(command.language, "announcement")
        return self.replies.text(command.language, "announcement_from", place=place.name(command.language))

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


async def once(chunk: AudioChunk) -> AsyncIterator[AudioChunk]:
    """A sound as a stream."""
    yield chunk
