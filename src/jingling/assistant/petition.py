"""What another program asks of the home: done through the gate, and put to a person where it is risky."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from jingling.assistant.act import MINORS, Gate, NeedsConfirmation, TurnGate
from jingling.assistant.answer import Answer, Outlet
from jingling.assistant.conversation import OpenQuestion
from jingling.assistant.session import Session, new_turn_id
from jingling.assistant.skillset import Skillset
from jingling.core.card import ConfirmCard
from jingling.core.clock import Clock
from jingling.core.command import Command
from jingling.core.endpoint import EndpointInfo
from jingling.core.turn import Ask, Intent, Language, Reply, Turn, Utterance
from jingling.sdk.kit import Replies

log = logging.getLogger(__name__)
ASK_PAUSE_S = 20.0
"""A program that asks again and again does not keep a household busy."""
State = Literal["done", "not_done", "asked", "needs_a_person", "needs_more"]


@dataclass(frozen=True)
class Petitioned:
    """`text` is the skill's answer, or the question that was asked `where`."""

    state: State
    text: str
    where: str = ""


@dataclass
class Petitions:
    """`sessions` are those of connected endpoints, by device."""

    gate: Gate
    skills: Skillset
    answer: Answer
    replies: Replies
    clock: Clock
    sessions: Mapping[str, Session]
    seconds_max: float
    language: Language
    _asked_at: float | None = None
    _telling: set[asyncio.Task[None]] = field(default_factory=set)

    async def make(self, intent: Intent, caller: EndpointInfo) -> Petitioned:
        """Never does by itself what a person has to confirm, and never takes the caller's word for one."""
        turn = self._turn(intent, caller)
        loaded = self.skills.find(intent.name)
        if loaded is None:
            return Petitioned("not_done", self.replies.text(self.language, "no_handler"))
        gate = self.gate.for_turn(turn)
        gate.grant = loaded
        try:
            async with asyncio.timeout(self.seconds_max):
                reply = await loaded.skill.handle(turn, gate)
        except NeedsConfirmation as needs:
            return self._ask(turn, needs.command)
        except Exception:
            log.exception("turn %s: %s failed", turn.id, intent.name)
            return Petitioned("not_done", self.replies.text(self.language, "failed"))
        return _told(reply, gate)

    def _turn(self, intent: Intent, caller: EndpointInfo) -> Turn:
        return Turn(
            id=new_turn_id(),
            home_id=self.gate.home_id,
            device_id=caller.id,
            utterance=Utterance("", self.language),
            intent=intent,
            place_id=caller.place_id,
            user_id=caller.user_id,
            role=caller.role,
        )

    def _ask(self, turn: Turn, command: Command) -> Petitioned:
        """The question goes to one screen of a grown-up that has nothing else to ask, if there is one."""
        question = command.read_back or self.replies.text(self.language, "confirm")
        session = next(iter(self._free()), None)
        if session is None or not self._may_ask_now():
            return Petitioned("needs_a_person", question)
        info, conversation = session.endpoint.info, session.conversation
        turn = replace(
            turn, device_id=info.id, place_id=info.place_id, user_id=info.user_id, role=info.role,
            memory=conversation.memory,
        )  # fmt: skip
        ask = Ask(intent=turn.intent, slot="answer", expect="yes_no")
        expires_at = conversation.expiry(self.clock.now())
        conversation.question = OpenQuestion(ask, turn, expires_at, question, command.key, shown_in=turn.id)
        task = asyncio.create_task(self._tell(session, turn, question), name=f"petition {turn.id}")
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
        return Petitioned("asked", question, info.place_id or info.id)

    def _free(self) -> Iterable[Session]:
        now = self.clock.now()
        for session in self.sessions.values():
            grown_up = session.endpoint.info.role not in MINORS
            if grown_up and not session.busy and session.conversation.open_question(now) is None:
                yield session

    def _may_ask_now(self) -> bool:
        now = self.clock.monotonic()
        if self._asked_at is not None and now < self._asked_at + ASK_PAUSE_S:
            return False
        self._asked_at = now
        return True

    async def _tell(self, session: Session, turn: Turn, question: str) -> None:
        text = self.replies.text(turn.language, "petition", question=question)
        card = ConfirmCard(text, *(self.replies.text(turn.language, key) for key in ("yes", "no")))
        await session.endpoint.show(turn.id, card)
        await self.answer.announce(Outlet(turn.id, turn.language, session.endpoint), text)

    async def close(self) -> None:
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)


def _told(reply: Reply, gate: TurnGate) -> Petitioned:
    text: Any = reply.speech if isinstance(reply.speech, str) else ""
    if reply.ask is not None:
        return Petitioned("needs_more", text)
    done = all(outcome.ok for _, outcome in gate.done)
    return Petitioned("done" if done else "not_done", text)
