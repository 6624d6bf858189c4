"""What every assistant must be able to say: that it did not understand, never mind, again, sorry."""

from typing import Protocol

from jingling.assistant.conversation import Conversation, OpenQuestion
from jingling.core.turn import Language, Reply, Turn
from jingling.schedule.base import ScheduleReader
from jingling.schedule.commands import DismissRinging
from jingling.sdk import phrases
from jingling.sdk.kit import Replies
from jingling.sdk.skill import Do, method_name

PLAIN = {
    "failed": "failed",
    "nevermind": "nevermind",
    "no": "nevermind",
    "drop": "nevermind",
    "not_meant": "not_meant",
    "declined": "declined",
    "too_long": "too_long",
    "no_recognizer": "no_recognizer",
    "busy": "busy",
}


class Choices(Protocol):
    """Knows what may be said in answer to a question."""

    def choices(self, expect: str, slot: str, language: Language) -> list[str]: ...


class Manners:
    """Handles the intents `core.*` of one conversation."""

    def __init__(self, replies: Replies, schedule: ScheduleReader, choices: Choices | None = None) -> None:
        self._replies = replies
        self._schedule = schedule
        self._choices = choices

    def text(self, turn: Turn, key: str, **values: object) -> str:
        return self._replies.text(turn.language, key, **values)

    async def handle(self, turn: Turn, do: Do, conversation: Conversation) -> Reply:
        name = method_name(turn.intent.name)
        if name == "stop":
            return await self._stop(turn, do)
        if name == "repeat":
            return conversation.last_reply or Reply(self.text(turn, "nothing_to_repeat"))
        if name == "unknown":
            return self._unknown(turn, conversation)
        return Reply(self.text(turn, PLAIN.get(name, "no_question"), **turn.intent.slots))

    def options(self, turn: Turn, question: OpenQuestion) -> Reply:
        """What may be answered to the open question."""
        ask = question.ask
        items = [] if self._choices is None else self._choices.choices(ask.expect, ask.slot, turn.language)
        if not items:
            return Reply(self.text(turn, "any_answer"))
        return Reply(self.text(turn, "you_can_choose", choices=phrases.joined(items, turn.language)))

    async def _stop(self, turn: Turn, do: Do) -> Reply:
        """Silences whatever rings here; else whatever rings in the home."""
        ringing = [entry for entry in self._schedule.entries() if entry.state == "ringing"]
        if not ringing:
            return Reply(spoken=False)
        here = any(entry.device_id == turn.device_id for entry in ringing)
        await do(DismissRinging(device_id=turn.device_id if here else ""))
        return Reply(self.text(turn, "silenced"), spoken=False)

    def _unknown(self, turn: Turn, conversation: Conversation) -> Reply:
        question = conversation.question
        if question is None:
            return Reply(self.text(turn, "not_understood" if turn.utterance.text else "not_heard"))
        if question.given_up:
            return Reply(self.text(turn, "gave_up"))
        again = f"{self.text(turn, 'not_an_answer')} {question.question}".strip()
        return Reply(again, ask=question.ask, end=False)
