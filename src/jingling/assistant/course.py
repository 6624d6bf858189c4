"""The requests of one turn, one after the other; a question pauses those that come after it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from jingling.assistant.act import Gate, TurnGate
from jingling.assistant.conversation import Conversation, Exchange
from jingling.assistant.handle import Handling
from jingling.assistant.think import Thought
from jingling.assistant.undo import is_undoing
from jingling.core.card import Card, ThingsCard
from jingling.core.clock import Clock
from jingling.core.command import Command, Outcome
from jingling.core.turn import Reply


@dataclass(frozen=True)
class Handled:
    """One request and what came of it."""

    thought: Thought
    gate: TurnGate
    reply: Reply

    def exchange(self, said: str, answered: str, at: datetime) -> Exchange:
        turn = self.thought.turn
        return Exchange(
            turn_id=turn.id,
            at=at,
            said=said,
            meant=turn.intent if self.thought.meant is not None else None,
            answered=answered,
            done=tuple(each for each in self.gate.done if not is_undoing(each[0])),
            place_id=turn.place_id,
            taken=self.thought.taken,
            card=self.reply.card,
            language=turn.language,
            user_id=turn.user_id,
        )


@dataclass(frozen=True)
class Outcomes:
    """Of all requests of one turn."""

    handled: Sequence[Handled]

    @property
    def reply(self) -> Reply:
        return joined([one.reply for one in self.handled], self.handled[0].thought.turn.language)

    @property
    def done(self) -> tuple[tuple[Command, Outcome], ...]:
        return tuple(each for one in self.handled for each in one.gate.done)

    def remember(self, said: str, conversation: Conversation, at: datetime) -> None:
        """Each request as an exchange of its own, ahead of the answer, which may be interrupted."""
        alone = len(self.handled) == 1
        for one in self.handled:
            text = one.reply.speech if isinstance(one.reply.speech, str) else ""
            words = said if alone else one.thought.turn.utterance.text
            conversation.history.append(one.exchange(words, text, at))


@dataclass(frozen=True)
class Course:
    gate: Gate
    handling: Handling
    clock: Clock

    async def run(self, thought: Thought, conversation: Conversation) -> Outcomes:
        waiting = [thought, *thought.rest]
        handled: list[Handled] = []
        while waiting:
            one = waiting.pop(0)
            note = partial(conversation.did, one.turn.id, one.title, self.clock.now())
            do = self.gate.for_turn(one.turn, one.confirmed, note)
            handled.append(Handled(one, do, await self.handling.handle(one, do, conversation)))
            if conversation.question is not None:
                if waiting:
                    conversation.question = replace(conversation.question, rest=tuple(waiting))
                break
        return Outcomes(handled)


def joined(replies: Sequence[Reply], language: str) -> Reply:
    """One reply that says all of them, with the last question and the last card."""
    if len(replies) == 1:
        return replies[0]
    last = replies[-1]
    cards = [reply.card for reply in replies if reply.card is not None]
    texts = [reply.speech for reply in replies]
    gap = "" if language == "zh" else " "
    plain = [text for text in texts if isinstance(text, str)]
    speech = gap.join(filter(None, plain)) if len(plain) == len(texts) else _told(texts, gap)
    spoken = any(reply.spoken for reply in replies)
    return Reply(speech, last.card if last.ask else _card(cards), last.ask, last.end, spoken)


def _card(cards: Sequence[Card]) -> Card | None:
    """Things of all cards together; else the last card."""
    things = [card for card in cards if isinstance(card, ThingsCard)]
    if len(things) != len(cards) or len(things) < 2:
        return cards[-1] if cards else None
    ids = dict.fromkeys(thing_id for card in things for thing_id in card.thing_ids)
    titles = dict.fromkeys(card.title for card in things)
    return ThingsCard(" · ".join(titles), tuple(ids))


async def _told(texts: Sequence[str | AsyncIterator[str]], gap: str) -> AsyncIterator[str]:
    for number, text in enumerate(texts):
        if number:
            yield gap
        if isinstance(text, str):
            yield text
            continue
        async for piece in text:
            yield piece
