"""What no sentence understood, answered by a language model: rounds of text and tools, spoken as they come."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from jingling.assistant.act import NeedsConfirmation, TurnGate
from jingling.assistant.breaker import Breaker
from jingling.assistant.briefing import Briefing
from jingling.assistant.conversation import Conversation, OpenQuestion
from jingling.assistant.sentences import Sentences
from jingling.assistant.skillset import Skillset
from jingling.assistant.toolboxes import Toolboxes
from jingling.assistant.tools import ToolCalls
from jingling.core.card import Card
from jingling.core.clock import Clock
from jingling.core.turn import Reply, Turn
from jingling.language.chat.base import Call, ChatFailed, ChatModel, Message, Text
from jingling.sdk.kit import Replies
from jingling.settings import LanguageModelSettings

log = logging.getLogger(__name__)
STALL_SHARE = 2
"""Once a server has begun, and before anything is said, its silence is borne for half of the first wait."""
MISTAKES_MAX = 1
"""Answers with a wrong call in them that the model is told of; after the next one the plain answer is given."""
FAULTS_OF_THE_SERVER = frozenset({"unreachable", "too_slow", "unauthorized", "too_many", "server"})


@dataclass
class Converse:
    """Implements `handle.Fallback`. None, within `first_token_seconds`, when the model has no answer."""

    model: ChatModel
    settings: LanguageModelSettings
    briefing: Briefing
    skills: Skillset
    toolboxes: Toolboxes
    replies: Replies
    clock: Clock
    breaker: Breaker = field(default_factory=Breaker)

    async def reply(self, turn: Turn, do: TurnGate, conversation: Conversation) -> Reply | None:
        if not turn.utterance.text or self.breaker.is_open(self.clock.monotonic()):
            return None
        if not await self._is_prepared(turn):
            return None
        exchange = self._exchange(turn, do, conversation)
        sentences = exchange.sentences()
        try:
            first = await anext(sentences, "")
        except BaseException:
            await sentences.aclose()
            raise
        if exchange.question is not None:
            return exchange.question
        if not first:
            return exchange.fallback
        return Reply(_streamed(first, sentences, " " if turn.language == "en" else ""), card=exchange.card)

    async def _is_prepared(self, turn: Turn) -> bool:
        """Right after the start of the hub it may not be, which is nobody's fault."""
        try:
            async with asyncio.timeout(self.settings.first_token_seconds):
                await self.toolboxes.prepare()
                await self.model.prepare()
        except ChatFailed as error:
            self.failed(turn, error)
            return False
        except TimeoutError:
            return False
        return True

    def _exchange(self, turn: Turn, do: TurnGate, conversation: Conversation) -> "_Exchange":
        area = self.briefing.area(turn)
        calls = ToolCalls(turn, do, self.skills, self.toolboxes.of(turn.language), area, self.settings.calls_max)
        messages = self.briefing.messages(turn, conversation, self.clock.now())
        ends_at = self.clock.monotonic() + self.settings.answer_seconds_max
        return _Exchange(self, turn, conversation, calls, messages, ends_at)

    def failed(self, turn: Turn, error: ChatFailed) -> None:
        if error.failure not in FAULTS_OF_THE_SERVER:
            return log.warning("turn %s: %s", turn.id, error)
        wait_s = self.breaker.failed(self.clock.monotonic(), error.retry_s)
        return log.warning("turn %s: %s; it is left alone for %.0f s", turn.id, error, wait_s)


@dataclass
class _Exchange:
    """One turn with the model. `fallback` is answered when the model says nothing; `question` is a skill's."""

    owner: Converse
    turn: Turn
    conversation: Conversation
    calls: ToolCalls
    messages: list[Message]
    ends_at: float
    fallback: Reply | None = None
    question: Reply | None = None
    spoke: bool = False
    _mistakes: int = 0
    _asked: int = 0

    @property
    def card(self) -> Card | None:
        return self.fallback.card if self.fallback else None

    async def sentences(self) -> AsyncGenerator[str, None]:
        """What is to be said, as it comes. A question, or nothing to say, ends it."""
        try:
            for _ in range(self.owner.settings.rounds_max):
                wanted: list[Call] = []
                async with aclosing(self._round(wanted)) as round_:
                    async for sentence in round_:
                        self.spoke = True
                        yield sentence
                if not wanted or not await self._use():
                    break
            else:
                log.warning("turn %s: the language model found no end", self.turn.id)
            if self.spoke and self.question is not None:
                yield self._open(self.question)
        except ChatFailed as error:
            self.owner.failed(self.turn, error)
            if self.spoke:
                yield self.owner.replies.text(self.turn.language, "model_cut_short")
        except NeedsConfirmation:
            if not self.spoke:
                raise
            self.calls.gate.waiting = None
            yield self.owner.replies.text(self.turn.language, "model_not_asked")

    async def _round(self, wanted: list[Call]) -> AsyncGenerator[str, None]:
        """One answer of the model. What it says just before a call is not spoken: the call may have to be asked."""
        cutter, ready, said = Sentences(), list[str](), ""
        async with aclosing(self._pieces()) as pieces:
            async for piece in pieces:
                if isinstance(piece, Call):
                    wanted.append(piece)
                    continue
                said += piece.text
                ready += cutter.feed(piece.text)
                while ready and (cutter.begun or len(ready) > 1):
                    yield ready.pop(0)
                if len(said) > self.owner.settings.answer_chars_max:
                    break
        self.owner.breaker.worked()
        ready += cutter.end()
        self._remember(said, wanted)
        for sentence in ready if not wanted else ():
            yield sentence

    async def _pieces(self) -> AsyncGenerator[Text | Call, None]:
        """The model's answer; each piece must come in time. Raises ChatFailed."""
        patience_s = self.owner.settings.first_token_seconds
        stream = self.owner.model.stream(self.messages, self.calls.tools)
        async with aclosing(stream):
            while self.owner.clock.monotonic() < self.ends_at:
                try:
                    async with asyncio.timeout(patience_s):
                        piece = await anext(stream)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    raise ChatFailed("too_slow") from None
                yield piece
                patience_s = self.owner.settings.first_token_seconds / (1 if self.spoke else STALL_SHARE)
        raise ChatFailed("too_slow", "the answer has no end")

    def _remember(self, said: str, wanted: Sequence[Call]) -> None:
        numbered = []
        for call in wanted:
            self._asked += 1
            numbered.append((f"call_{self._asked}", call))
        self.messages.append(Message("assistant", said, tuple(numbered)))

    async def _use(self) -> bool:
        """Carry out the calls in their order. False: the model is not asked again."""
        mistakes = self._mistakes
        for call_id, call in self.messages[-1].calls:
            result = await self.calls.make(call)
            self.messages.append(Message("tool", result.told, call_id=call_id))
            if result.reply is not None:
                self.fallback = self._also(result.reply)
            if result.asks:
                self.question = result.reply
                return False
            self._mistakes = max(self._mistakes, mistakes + result.mistaken)
        if self._mistakes > MISTAKES_MAX:
            log.warning("turn %s: the language model used its tools wrongly", self.turn.id)
            return False
        return True

    def _also(self, reply: Reply) -> Reply:
        """All that the skills said so far, with the last one's card."""
        before = self.fallback.speech if self.fallback else ""
        return replace(reply, speech=f"{before} {reply.speech}".strip())

    def _open(self, question: Reply) -> str:
        """A skill's question that comes up when the answer has begun already."""
        text = str(question.speech)
        if question.ask is not None:
            expires_at = self.conversation.expiry(self.owner.clock.now())
            self.conversation.question = OpenQuestion(question.ask, self.turn, expires_at, text)
        return text


async def _streamed(first: str, rest: AsyncGenerator[str, None], gap: str) -> AsyncGenerator[str, None]:
    """Closing it, as barge-in does, hangs up on the model."""
    async with aclosing(rest):
        yield first
        async for sentence in rest:
            yield gap + sentence
