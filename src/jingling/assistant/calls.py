"""Calls from room to room: it rings, somebody answers, and each hears the other's microphone."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from jingling.assistant.announcer import once
from jingling.assistant.answer import Answer, Outlet
from jingling.assistant.conversation import OpenQuestion
from jingling.assistant.session import Session, new_turn_id
from jingling.core.audio import AudioChunk
from jingling.core.card import ConfirmCard
from jingling.core.clock import Clock
from jingling.core.command import Outcome
from jingling.core.endpoint import Endpoint, Phase
from jingling.core.turn import Ask, Intent, Language, Turn, Utterance
from jingling.devices.commands import AnswerCall, CallPlace, HangUp
from jingling.home.base import HomeReader
from jingling.sdk.kit import Replies
from jingling.speech.earcons import chime

log = logging.getLogger(__name__)
RING_S = 30.0
RING_EVERY_S = 4.0
CALL_S_MAX = 1800.0
WAITING_CHUNKS_MAX = 50
"""Sound that the other side is too slow for is dropped, the oldest first: a call stays in the present."""


class Line:
    """One direction of a call."""

    def __init__(self) -> None:
        self._chunks: asyncio.Queue[AudioChunk | None] = asyncio.Queue()

    def put(self, chunk: AudioChunk) -> None:
        if self._chunks.qsize() >= WAITING_CHUNKS_MAX:
            self._chunks.get_nowait()
        self._chunks.put_nowait(chunk)

    def end(self) -> None:
        self._chunks.put_nowait(None)

    async def sound(self) -> AsyncIterator[AudioChunk]:
        while (chunk := await self._chunks.get()) is not None:
            yield chunk


@dataclass
class Call:
    """`callees` ring until one of them answers; `lines` are by the device that hears them, once it is answered."""

    caller: Session
    callees: list[Session]
    language: Language
    turn_ids: dict[str, str]
    lines: dict[str, Line] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None

    @property
    def talking(self) -> bool:
        return bool(self.lines)

    def holds(self, device_id: str) -> bool:
        return device_id in self.turn_ids

    def hear(self, device_id: str, chunk: AudioChunk) -> None:
        """What the microphone of `device_id` brings goes to the other side."""
        for other, line in self.lines.items():
            if other != device_id:
                line.put(chunk)


@dataclass
class Calls:
    """`sessions` are those of connected devices. A device is in one call at most."""

    sessions: Mapping[str, Session]
    answer: Answer
    replies: Replies
    home: HomeReader
    clock: Clock
    _calls: list[Call] = field(default_factory=list)

    def of(self, device_id: str) -> Call | None:
        return next((call for call in self._calls if call.holds(device_id)), None)

    async def call(self, command: CallPlace) -> Outcome:
        """Problem `unreachable`: no device there can talk; `busy`: one of the two is in a call."""
        caller = self.sessions.get(command.device_id)
        there = [one for one in self.sessions.values() if one is not caller and _can_talk(one, command.place_id)]
        if caller is None or not there:
            return Outcome.failed("unreachable", "There is no device in that place that can talk.")
        free = [one for one in there if self.of(one.endpoint.info.id) is None]
        if not free or self.of(command.device_id) is not None:
            return Outcome.failed("busy", "One of the two is in a call already.")
        ids = {one.endpoint.info.id: new_turn_id() for one in (caller, *free)}
        call = Call(caller, free, command.language, ids)
        self._calls.append(call)
        call.task = asyncio.create_task(self._ring(call), name=f"call {command.key}")
        return Outcome.done(rings=len(free))

    async def take(self, command: AnswerCall) -> Outcome:
        call = self.of(command.device_id)
        if call is None or call.talking or call.caller.endpoint.info.id == command.device_id:
            return Outcome.failed("bad_value", "Nobody is calling here.")
        if not command.accept:
            call.callees = [one for one in call.callees if one.endpoint.info.id != command.device_id]
            await self._silence(call, command.device_id)
            if not call.callees:
                await self._end(call)
            return Outcome.done()
        callee = self.sessions.get(command.device_id)
        if callee is None:
            return Outcome.failed("unreachable", "This device is gone.")
        await self._connect(call, callee)
        return Outcome.done()

    async def hang_up(self, command: HangUp) -> Outcome:
        call = self.of(command.device_id)
        if call is None:
            return Outcome.failed("bad_value", "There is no call here.")
        await self._end(call)
        return Outcome.done()

    def overhear(self, device_id: str, sound: AudioChunk) -> bool:
        """Takes the microphone's sound of a device that is in a call, and says whether it is."""
        call = self.of(device_id)
        if call is None or not call.talking:
            return False
        call.hear(device_id, sound)
        return True

    async def left(self, device_id: str) -> None:
        """A device that is gone is in no call."""
        if (call := self.of(device_id)) is not None:
            await self._end(call)

    async def _ring(self, call: Call) -> None:
        """Until somebody answers, or nobody does for half a minute."""
        words = self._words(call)
        for session in call.callees:
            await self._ask(call, session, words)
        rung_s = 0.0
        while rung_s < RING_S:
            for session in list(call.callees):
                if not session.busy:
                    await self._sound(call, session, words if rung_s == 0 else "")
            await self.clock.sleep(RING_EVERY_S)
            rung_s += RING_EVERY_S
        await self._tell_nobody(call)
        call.task = None
        await self._end(call)

    async def _ask(self, call: Call, session: Session, words: str) -> None:
        """The question whether to answer, open on the device that is called."""
        info, conversation = session.endpoint.info, session.conversation
        turn_id = call.turn_ids[info.id]
        intent = Intent("intercom.answerCall", source="touch")
        turn = Turn(
            id=turn_id,
            home_id=info.home_id,
            device_id=info.id,
            utterance=Utterance("", call.language),
            intent=intent,
            place_id=info.place_id,
            role=info.role,
            memory=conversation.memory,
        )
        card = ConfirmCard(
            words, *(self.replies.text(call.language, key) for key in ("answer_call", "decline_call"))
        )
        ask = Ask(intent=intent, slot="answer", expect="yes_no")
        expires_at = conversation.expiry(self.clock.now())
        conversation.question = OpenQuestion(ask, turn, expires_at, words, shown_in=turn_id, card=card)
        await session.endpoint.show(turn_id, card)

    async def _sound(self, call: Call, session: Session, words: str) -> None:
        endpoint = session.endpoint
        outlet = Outlet(call.turn_ids[endpoint.info.id], call.language, endpoint)
        await endpoint.play(outlet.turn_id, once(chime()))
        if words:
            await self.answer.announce(outlet, words)
        await endpoint.tell(outlet.turn_id, Phase("idle"))

    async def _connect(self, call: Call, callee: Session) -> None:
        if call.task is not None:
            call.task.cancel()
        for other in call.callees:
            await self._silence(call, other.endpoint.info.id)
        both = (call.caller, callee)
        call.turn_ids = {one.endpoint.info.id: new_turn_id() for one in both}
        call.callees = [callee]
        call.lines = {one.endpoint.info.id: Line() for one in both}
        call.task = asyncio.create_task(self._talk(call), name="call")

    async def _talk(self, call: Call) -> None:
        """Both hear each other until one hangs up, is gone, or the call is too long."""
        ends = [asyncio.create_task(self._hear(session.endpoint, call)) for session in (call.caller, *call.callees)]
        try:
            async with asyncio.timeout(CALL_S_MAX):
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            log.info("a call was ended after %g s", CALL_S_MAX)
        finally:
            for end in ends:
                end.cancel()
            await asyncio.gather(*ends, return_exceptions=True)
        call.task = None
        await self._end(call)

    async def _hear(self, endpoint: Endpoint, call: Call) -> None:
        turn_id = call.turn_ids[endpoint.info.id]
        await endpoint.play(turn_id, call.lines[endpoint.info.id].sound())

    async def _end(self, call: Call) -> None:
        if call not in self._calls:
            return
        self._calls.remove(call)
        if call.task is not None and call.task is not asyncio.current_task():
            call.task.cancel()
            await asyncio.gather(call.task, return_exceptions=True)
        for device_id in list(call.turn_ids):
            await self._silence(call, device_id)

    async def _silence(self, call: Call, device_id: str) -> None:
        """Nothing more of the call, or of its question, on this device."""
        turn_id, session = call.turn_ids.pop(device_id), self.sessions.get(device_id)
        if session is None:
            return
        if (question := session.conversation.question) is not None and question.shown_in == turn_id:
            session.conversation.question = None
        await session.endpoint.stop(turn_id)
        await session.endpoint.tell("", Phase("idle"))

    async def _tell_nobody(self, call: Call) -> None:
        endpoint = call.caller.endpoint
        outlet = Outlet(call.turn_ids[endpoint.info.id], call.language, endpoint)
        await self.answer.announce(outlet, self.replies.text(call.language, "call_unanswered"))

    def _words(self, call: Call) -> str:
        place_id = call.caller.endpoint.info.place_id
        place = self.home.place(place_id) if place_id else None
        if place is None:
            return self.replies.text(call.language, "call")
        return self.replies.text(call.language, "call_from", place=place.name(call.language))

    async def close(self) -> None:
        for call in list(self._calls):
            await self._end(call)


def _can_talk(session: Session, place_id: str) -> bool:
    info = session.endpoint.info
    return info.place_id == place_id and {"speaker", "microphone"} <= info.capabilities
