"""What a device says without having been asked: announcements, and what rings."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock
from jingling.core.endpoint import Answered
from jingling.protocols.esphome.client import ANNOUNCE, START_CONVERSATION, About, Client, Unreachable
from jingling.protocols.sounds import Sound, Sounds
from jingling.protocols.waiting import cancelled, ended, set_within
from jingling.speech.pace import pieces

log = logging.getLogger(__name__)
SECONDS_MAX = 300.0
CUT_SHARE = 0.6
"""Played in less of its length than this, somebody on the device has stopped it."""


class Announcements:
    """One at a time, one after the other."""

    def __init__(self, clock: Clock, sounds: Sounds, about: About, client: Client) -> None:
        self._clock = clock
        self._sounds = sounds
        self._about = about
        self._client = client
        self._turn = asyncio.Lock()
        self._saying: dict[asyncio.Event, str] = {}
        self._plays_whole = False

    def break_off(self, turn_id: str | None = None) -> bool:
        """Those of one turn, or all; whether there were any."""
        found = [over for over, saying in self._saying.items() if turn_id in (None, saying)]
        for over in found:
            over.set()
        return bool(found)

    async def say(self, turn_id: str, audio: AsyncIterator[AudioChunk], text: Answered) -> bool:
        """Returns when it was heard: True when it was stopped on the device itself. Raises NotReady."""
        over = asyncio.Event()
        self._saying[over] = turn_id
        try:
            async with self._turn:
                return False if over.is_set() else await self._say(audio, text, over)
        finally:
            del self._saying[over]

    async def _say(self, audio: AsyncIterator[AudioChunk], text: Answered, over: asyncio.Event) -> bool:
        sound, url = self._sounds.offer(self._about.form, self._client.peer)
        feeding = asyncio.ensure_future(_feed(sound, audio))
        begun: list[float] = []
        try:
            await ended(self._played(sound, url, text, feeding), self._note(sound, begun), over.wait())
            if over.is_set() or not begun:
                return False
            return self._cut_short(self._clock.monotonic() - begun[0], sound, feeding)
        except Unreachable as error:
            log.warning("an announcement failed: the device %s", error)
            return False
        except asyncio.CancelledError:
            self._client.silence(self._about.players)
            raise
        finally:
            await cancelled(feeding)
            sound.break_off()
            if not feeding.cancelled() and (problem := feeding.exception()) is not None:
                raise problem

    async def _played(self, sound: Sound, url: str, text: Answered, feeding: "asyncio.Future[None]") -> None:
        if self._about.can(ANNOUNCE):
            goes_on = text.expects and self._about.can(START_CONVERSATION)
            return await self._client.announce(url, text.text, SECONDS_MAX, goes_on)
        for player in self._about.players[:1]:
            self._client.play(player, url)
            await asyncio.wait({feeding})
            await set_within(self._clock, sound.seconds + 0.5, asyncio.Event())
        return None

    async def _note(self, sound: Sound, begun: list[float]) -> None:
        """When the device began to fetch it; never ends by itself."""
        await sound.fetched.wait()
        begun.append(self._clock.monotonic())
        await asyncio.Event().wait()

    def _cut_short(self, took_s: float, sound: Sound, feeding: "asyncio.Future[None]") -> bool:
        """A device that never played anything whole may just be unable to."""
        whole = feeding.done() and took_s >= CUT_SHARE * sound.seconds
        self._plays_whole = self._plays_whole or whole
        return self._plays_whole and not whole


async def _feed(sound: Sound, audio: AsyncIterator[AudioChunk]) -> None:
    async with aclosing(pieces(audio)) as whole:
        async for piece in whole:
            await sound.write(piece)
    sound.end()
