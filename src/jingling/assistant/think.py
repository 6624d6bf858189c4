"""From what was said to what is to be handled because of it."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from jingling.assistant.conversation import Conversation, OpenQuestion
from jingling.assistant.reading import ANSWER, Meaning, Reader
from jingling.core.endpoint import EndpointInfo
from jingling.core.grammar import Grammar
from jingling.core.turn import ANYWHERE, Intent, Language, Slots, Turn, Utterance
from jingling.home.base import HomeReader
from jingling.language.base import Context, Reading

UNKNOWN = "core.unknown"
SURE = 0.8
FORESEEN_MAX = 64
FORESEEN_FOR = timedelta(seconds=3)
CLOSING = frozenset({"core.nevermind", "core.stop", "core.no", "core.noQuestion", "core.undo"})
"""What ends a question without an answer to it."""


@dataclass(frozen=True)
class Thought:
    """`meant` is what the words meant by themselves; `turn` is what is handled because of them.

    `confirmed` are the keys of commands of that turn that the person has said yes to. `rest` is what else was
    said in the same breath. `guesses` are to be asked about instead. `corrects`: it takes the place of the request
    before. `asked` is the question that was open meanwhile. `taken` is the whole sentence behind a hint,
    `breath` all that was said at once when that was more than this.
    """

    meant: Intent | None
    turn: Turn
    confirmed: frozenset[str] = frozenset()
    rest: tuple["Thought", ...] = ()
    guesses: tuple[Reading, ...] = ()
    corrects: bool = False
    asked: OpenQuestion | None = None
    taken: str = ""
    breath: str = ""

    @property
    def title(self) -> str:
        """What the request is remembered by: all that was said with it, not the answer to a question about it."""
        if self.breath:
            return self.breath
        answered = self.meant is not None and self.meant.name == ANSWER
        return self.taken if answered or self.turn.intent.source == "answer" else self.turn.utterance.text


class Think:
    """`languages` are those that can be heard."""

    def __init__(self, reader: Reader, home: HomeReader, languages: Iterable[Language]) -> None:
        self._reader = reader
        self._understander = reader.understander
        self._home = home
        self._foreseen: OrderedDict[int, _Foreseen] = OrderedDict()
        self._languages = frozenset(languages)

    def context(self, conversation: Conversation, info: EndpointInfo, language: Language, now: datetime) -> Context:
        place = self._home.place(info.place_id) if info.place_id else None
        question = conversation.open_question(now)
        area = place.name(language) if place else None
        return Context(now=now, area=area, ask=question.ask if question else None)

    def grammars(
        self, conversation: Conversation, info: EndpointInfo, language: Language, now: datetime
    ) -> Sequence[Grammar]:
        """What can be said now in `language`; where a device has none of its own, in the others besides.

        Sentences that only make sense in a place are among them everywhere, so that one grammar serves all.
        """
        context = msgspec.structs.replace(self.context(conversation, info, language, now), area=ANYWHERE)
        found = self._understander.grammars(self._languages & {language}, context)
        others = self._languages - {language} if info.language is None else frozenset()
        besides = self._understander.grammars(others, context) if others else ()
        return [*found, *(msgspec.structs.replace(one, further=True) for one in besides)]

    def detect(self, text: str, default: Language) -> Language:
        """The language of typed text; one with no letters at all is in the default."""
        return self._understander.detect(text) if any(c.isalpha() for c in text) else default

    def foresee(self, said: Utterance, conversation: Conversation, info: EndpointInfo, now: datetime) -> None:
        """Reads what was probably said, ahead of time, and changes nothing: `think` then knows these words."""
        context = self.context(conversation, info, said.language, now)
        with suppress(Exception):
            meaning = self._reader.read(said, context, conversation)
            self._foreseen[id(conversation)] = _Foreseen(
                conversation, _state(said, context, conversation), now, meaning
            )
        while len(self._foreseen) > FORESEEN_MAX:
            self._foreseen.popitem(last=False)

    def _meaning(self, said: Utterance, context: Context, conversation: Conversation) -> Meaning:
        known = self._foreseen.pop(id(conversation), None)
        if known is None or context.now - known.now > FORESEEN_FOR:
            return self._reader.read(said, context, conversation)
        if known.state == _state(said, context, conversation):
            return known.meaning
        return self._reader.read(said, context, conversation)

    def think(
        self, turn_id: str, said: Utterance, conversation: Conversation, info: EndpointInfo, now: datetime
    ) -> Thought:
        context = self.context(conversation, info, said.language, now)
        meaning = self._meaning(said, context, conversation)
        if meaning.guesses and meaning.guesses[0].intent.name != ANSWER:
            return self._unsure(_turn(turn_id, said, conversation, info), meaning, conversation)
        first = meaning.requests[0] if meaning.requests else None
        thought = self.resolve(turn_id, said, first.intent if first else None, conversation, info)
        if first is None or thought.meant is None or first.intent.name == ANSWER:
            return thought
        thought = replace(thought, corrects=meaning.corrects, taken=first.text)
        if len(meaning.requests) < 2:
            return thought
        turn = thought.turn
        rest = tuple(_further(turn, reading, number) for number, reading in enumerate(meaning.requests[1:], 2))
        return replace(thought, turn=_saying(turn, first.text), rest=rest, breath=said.text)

    def resolve(
        self, turn_id: str, said: Utterance, meant: Intent | None, conversation: Conversation, info: EndpointInfo
    ) -> Thought:
        """An answer is put into the question's own intent; a yes takes up the turn that waits for it."""
        question = conversation.question
        if meant is not None and question is not None and _too_faint(meant, question):
            meant = None
        turn = _turn(turn_id, said, conversation, info)
        if meant is None:
            return Thought(None, turn)
        turn = replace(turn, intent=meant)
        conversation.question = None
        if meant.name != ANSWER or question is None:
            return Thought(meant, turn, asked=None if meant.name in CLOSING else question)
        return replace(_answered(turn, meant, question), rest=question.rest)

    def _unsure(self, turn: Turn, meaning: Meaning, conversation: Conversation) -> Thought:
        question, conversation.question = conversation.question, None
        guess = meaning.guesses[0]
        return Thought(guess.intent, replace(turn, intent=guess.intent), guesses=meaning.guesses, asked=question)


@dataclass(frozen=True)
class _Foreseen:
    conversation: Conversation
    state: object
    now: datetime
    meaning: Meaning


def _state(said: Utterance, context: Context, conversation: Conversation) -> object:
    """All that a meaning depends on, but the moment."""
    words = (said.text, said.language, said.confidence, said.alternatives)
    before = tuple(exchange.turn_id for exchange in conversation.history)
    return words, context.area, context.ask, before, conversation.question is None


def _turn(turn_id: str, said: Utterance, conversation: Conversation, info: EndpointInfo) -> Turn:
    return Turn(
        id=turn_id,
        home_id=info.home_id,
        device_id=info.id,
        utterance=said,
        intent=Intent(UNKNOWN, confidence=0.0),
        place_id=info.place_id,
        user_id=said.speaker_id or info.user_id,
        role=info.role,
        memory=conversation.memory,
    )


def _saying(turn: Turn, text: str) -> Turn:
    return replace(turn, utterance=msgspec.structs.replace(turn.utterance, text=text)) if text else turn


def _further(turn: Turn, reading: Reading, number: int) -> Thought:
    """Another request of the same breath: a turn of its own, so that each has its own keys."""
    own = replace(_saying(turn, reading.text), id=f"{turn.id}.{number}", intent=reading.intent)
    return Thought(reading.intent, own, taken=reading.text, breath=turn.utterance.text)


def _too_faint(answer: Intent, question: OpenQuestion) -> bool:
    """A yes that opens a door must have been heard for sure; one that was guessed is asked for again."""
    acts = bool(question.confirms or question.guesses)
    return answer.name == ANSWER and acts and answer.confidence < SURE


def _answered(turn: Turn, answer: Intent, question: OpenQuestion) -> Thought:
    if question.guesses:
        return _chosen(turn, answer, question)
    if question.confirms:
        if answer.slots.get("answer") is not True:
            return Thought(answer, replace(turn, intent=Intent("core.declined", source=answer.source)))
        confirmed = question.confirmed | {question.confirms}
        return Thought(answer, replace(question.turn, utterance=turn.utterance), confirmed, taken=question.said)
    slots = dict(answer.slots)
    if question.ask.expect == "yes_no":
        slots = {question.ask.slot: slots.get("answer")}
    asked = question.ask.intent
    merged = Intent(asked.name, {**asked.slots, **slots}, answer.confidence, answer.source)
    return Thought(merged, replace(turn, intent=merged), taken=question.said)


def _chosen(turn: Turn, answer: Intent, question: OpenQuestion) -> Thought:
    """The guess that was meant, or none of them."""
    reading = _guess(answer.slots, question.guesses)
    if reading is None:
        return Thought(answer, replace(turn, intent=Intent("core.notMeant", source=answer.source)))
    meant = msgspec.structs.replace(reading.intent, confidence=answer.confidence)
    return Thought(answer, replace(_saying(question.turn, reading.text), intent=meant), taken=reading.text)


def _guess(said: Slots, guesses: Sequence[Reading]) -> Reading | None:
    if len(guesses) == 1:
        return guesses[0] if said.get("answer", said.get("which")) in (True, 1, "1") else None
    which = said.get("which")
    if isinstance(which, int | float) or str(which).isdecimal():
        number = int(float(str(which)))
        return guesses[number - 1] if 1 <= number <= len(guesses) else None
    bearing = [reading for reading in guesses if which in reading.intent.slots.values()]
    return bearing[0] if len(bearing) == 1 else None
