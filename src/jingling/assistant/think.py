"""From what was said to the turn that is to be handled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from jingling.assistant.conversation import Conversation, OpenQuestion
from jingling.core.endpoint import EndpointInfo
from jingling.core.grammar import Grammar
from jingling.core.turn import Intent, Language, Turn, Utterance
from jingling.home.base import HomeReader
from jingling.language.base import Context, Understander

ANSWER = "core.answer"
ANYWHERE = "anywhere"
UNKNOWN = "core.unknown"
SURE = 0.8


@dataclass(frozen=True)
class Thought:
    """`meant` is what the words meant by themselves; `turn` is what is handled because of them.

    `confirmed` are the keys of commands of that turn that the person has said yes to.
    """

    meant: Intent | None
    turn: Turn
    confirmed: frozenset[str] = frozenset()


class Think:
    """`languages` are those that can be heard."""

    def __init__(self, understander: Understander, home: HomeReader, languages: Iterable[Language]) -> None:
        self._understander = understander
        self._home = home
        self._languages = tuple(sorted(languages))

    def context(self, conversation: Conversation, info: EndpointInfo, language: Language, now: datetime) -> Context:
        place = self._home.place(info.place_id) if info.place_id else None
        question = conversation.open_question(now)
        area = place.name(language) if place else None
        return Context(now=now, area=area, ask=question.ask if question else None)

    def grammars(
        self, conversation: Conversation, info: EndpointInfo, language: Language, now: datetime
    ) -> Sequence[Grammar]:
        """What can be said now, in every language that this home may be spoken to in.

        Sentences that only make sense in a place are among them everywhere, so that one grammar serves all.
        """
        context = self.context(conversation, info, language, now)
        return self._understander.grammars(self._languages, msgspec.structs.replace(context, area=ANYWHERE))

    def detect(self, text: str, default: Language) -> Language:
        """The language of typed text; one with no letters at all is in the default."""
        return self._understander.detect(text) if any(c.isalpha() for c in text) else default

    def think(
        self, turn_id: str, said: Utterance, conversation: Conversation, info: EndpointInfo, now: datetime
    ) -> Thought:
        context = self.context(conversation, info, said.language, now)
        meant = self._understander.understand(said, context).intent
        return self.resolve(turn_id, said, meant, conversation, info)

    def resolve(
        self, turn_id: str, said: Utterance, meant: Intent | None, conversation: Conversation, info: EndpointInfo
    ) -> Thought:
        """An answer is put into the question's own intent; a yes takes up the turn that waits for it."""
        question = conversation.question
        if meant is not None and question is not None and _too_faint(meant, question):
            meant = None
        turn = Turn(
            id=turn_id,
            home_id=info.home_id,
            device_id=info.id,
            utterance=said,
            intent=meant or Intent(UNKNOWN, confidence=0.0),
            place_id=info.place_id,
            user_id=info.user_id,
            role=info.role,
            memory=conversation.memory,
        )
        if meant is None:
            return Thought(None, turn)
        conversation.question = None
        if meant.name != ANSWER or question is None:
            return Thought(meant, turn)
        return _answered(turn, meant, question)


def _too_faint(answer: Intent, question: OpenQuestion) -> bool:
    """A yes that opens a door must have been heard for sure; one that was guessed is asked for again."""
    return answer.name == ANSWER and bool(question.confirms) and answer.confidence < SURE


def _answered(turn: Turn, answer: Intent, question: OpenQuestion) -> Thought:
    if question.confirms:
        if answer.slots.get("answer") is not True:
            return Thought(answer, replace(turn, intent=Intent("core.declined", source=answer.source)))
        confirmed = question.confirmed | {question.confirms}
        return Thought(answer, replace(question.turn, utterance=turn.utterance), confirmed)
    slots = dict(answer.slots)
    if question.ask.expect == "yes_no":
        slots = {question.ask.slot: slots.get("answer")}
    asked = question.ask.intent
    merged = Intent(asked.name, {**asked.slots, **slots}, answer.confidence, answer.source)
    return Thought(merged, replace(turn, intent=merged))
