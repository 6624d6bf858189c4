"""A thought taken to its skill, with the questions and apologies that may come of it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Protocol

from jingling.assistant.act import NeedsConfirmation, TurnGate
from jingling.assistant.conversation import Conversation, OpenQuestion
from jingling.assistant.guess import Guessing
from jingling.assistant.manners import Manners
from jingling.assistant.skillset import Skillset
from jingling.assistant.think import UNKNOWN, Thought
from jingling.assistant.undo import Undo
from jingling.core.card import Card, ConfirmCard
from jingling.core.clock import Clock
from jingling.core.errors import CannotWrite
from jingling.core.turn import Ask, Reply, Turn

log = logging.getLogger(__name__)
UNDOING = ("core.undo", "core.drop")
"""What takes the last request back; "cancel that" does when there is one."""
OPTIONS = "core.options"


class Fallback(Protocol):
    """Answers what no sentence understood, such as a language model. None: it cannot either."""

    async def reply(self, turn: Turn, do: TurnGate, conversation: Conversation) -> Reply | None: ...


@dataclass(frozen=True)
class Handling:
    skills: Skillset
    manners: Manners
    undo: Undo
    clock: Clock
    turn_seconds_max: float
    fallback: Fallback | None = None

    async def handle(self, thought: Thought, gate: TurnGate, conversation: Conversation) -> Reply:
        turn = thought.turn
        if thought.guesses:
            return Guessing(self.undo.replies, self.clock).ask(thought, conversation)
        try:
            async with asyncio.timeout(self.turn_seconds_max):
                reply = await self._by_skill(thought, gate, conversation)
        except NeedsConfirmation:
            reply = Reply()
        except TimeoutError:
            log.warning("turn %s: %s took longer than %s s", turn.id, turn.intent.name, self.turn_seconds_max)
            return Reply(self.manners.text(turn, "too_slow"))
        except CannotWrite as error:
            log.error("turn %s: %s was not done: %s", turn.id, turn.intent.name, error)
            return Reply(self.manners.text(turn, "cannot_write"))
        except asyncio.CancelledError:
            if _is_being_cancelled():
                raise
            log.exception("turn %s: %s failed", turn.id, turn.intent.name)
            return self.apology(turn)
        except (Exception, SystemExit):
            log.exception("turn %s: %s failed", turn.id, turn.intent.name)
            return self.apology(turn)
        if gate.waiting is not None:
            return self._confirm(thought, gate, conversation)
        if thought.asked is not None and reply.ask is None and not gate.done:
            return self._ask_again(thought.asked, reply, conversation)
        self._keep_question(thought, reply, conversation)
        return reply

    def apology(self, turn: Turn) -> Reply:
        return Reply(self.manners.text(turn, "failed"))

    async def _by_skill(self, thought: Thought, gate: TurnGate, conversation: Conversation) -> Reply:
        turn, name = thought.turn, thought.turn.intent.name
        helpless = name == UNKNOWN or self.skills.is_last_resort(name)
        if helpless and self.fallback is not None and conversation.question is None:
            reply = await self.fallback.reply(turn, gate, conversation)
            if reply is not None:
                return _checked(reply)
        if thought.corrects:
            await self.undo.earlier(turn, gate, conversation)
        if name in UNDOING and (name == "core.undo" or conversation.steps):
            return await self.undo.last(turn, gate, conversation)
        if name == OPTIONS and thought.asked is not None:
            return self.manners.options(turn, thought.asked)
        if name.startswith("core."):
            return await self.manners.handle(turn, gate, conversation)
        loaded = self.skills.find(turn.intent.name)
        if loaded is None:
            return Reply(self.manners.text(turn, "no_handler"))
        gate.grant = loaded
        reply = await loaded.skill.handle(turn, gate)
        return _checked(reply)

    def _confirm(self, thought: Thought, gate: TurnGate, conversation: Conversation) -> Reply:
        """The command that waits is read back; the same turn goes on after a yes."""
        turn, command = gate.turn, gate.waiting
        assert command is not None
        text = command.read_back or self.manners.text(turn, "confirm")
        ask = Ask(intent=turn.intent, slot="answer", expect="yes_no")
        card = ConfirmCard(text, self.manners.text(turn, "yes"), self.manners.text(turn, "no"))
        expires_at = conversation.expiry(self.clock.now())
        conversation.question = OpenQuestion(
            ask, turn, expires_at, text, command.key, thought.confirmed, card=card, said=thought.title
        )
        return Reply(text, card=card, ask=ask, end=False)

    def _ask_again(self, question: OpenQuestion, reply: Reply, conversation: Conversation) -> Reply:
        """A question that was answered by another one is asked again after it."""
        expires_at = conversation.expiry(self.clock.now())
        conversation.question = replace(question, expires_at=expires_at, missed=0, shown_in="")
        gap = "" if question.turn.language == "zh" else " "
        again = f"{reply.speech}{gap}{question.question}" if isinstance(reply.speech, str) else reply.speech
        return replace(reply, speech=again, card=question.card or reply.card, ask=question.ask, end=False)

    def _keep_question(self, thought: Thought, reply: Reply, conversation: Conversation) -> None:
        """A question stays open for its answer; one that was missed twice is let go."""
        question = conversation.question
        if thought.meant is None and question is not None:
            conversation.question = None if question.given_up else replace(question, missed=question.missed + 1)
        elif reply.ask is not None:
            text = reply.speech if isinstance(reply.speech, str) else ""
            expires_at = conversation.expiry(self.clock.now())
            conversation.question = OpenQuestion(
                reply.ask, thought.turn, expires_at, text, card=reply.card, said=thought.title
            )


def _checked(reply: object) -> Reply:
    """Skills are not type-checked before they run. Raises TypeError."""
    if not isinstance(reply, Reply):
        raise TypeError(f"the skill returned {type(reply).__name__}, not a Reply")
    if not isinstance(reply.speech, str | AsyncIterator):
        raise TypeError(f"the speech of a Reply is text or a stream of text, not {type(reply.speech).__name__}")
    if not isinstance(reply.card, Card | None):
        raise TypeError(f"the card of a Reply is one of core.card, not {type(reply.card).__name__}")
    return reply


def _is_being_cancelled() -> bool:
    """Whether this turn is called off, in contrast to a skill that raised CancelledError by itself."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
