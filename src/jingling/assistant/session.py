"""One endpoint's life here: it brings inputs, one turn at a time comes of them."""

import asyncio
import hashlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from jingling.assistant.conversation import Conversation
from jingling.assistant.hear import (
    Around,
    Failed,
    Hear,
    Hearing,
    Likely,
    Nothing,
    Partly,
    Said,
    Started,
    Stopped,
    Woke,
)
from jingling.assistant.moment import OneMoment
from jingling.assistant.neighbours import Neighbours
from jingling.assistant.record import Stopwatch, TurnRecord, TurnTrace
from jingling.assistant.turn import Request, Turns
from jingling.assistant.watched import Watched
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import (
    Adjusted,
    Endpoint,
    Heard,
    Input,
    Interrupt,
    Listen,
    ListenMode,
    Phase,
    Tapped,
    Typed,
)
from jingling.core.errors import NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Intent, Language, Slots, Utterance

log = logging.getLogger(__name__)
REQUESTS_REMEMBERED = 64
ECHO_S = 1.0
"""So long after it was said, an answer may still be heard coming back."""
YES_NO = {"yes": True, "no": False}


def new_turn_id() -> str:
    return secrets.token_hex(8)


def turn_id_of(device_id: str, request_id: str) -> str:
    """The same request of the same device has the same turn, and with it the same commands, after a crash too."""
    if not request_id:
        return new_turn_id()
    return hashlib.sha256(f"{device_id}\0{request_id}".encode()).hexdigest()[:32]


@dataclass
class Session:
    """`on_turn` is told of every finished turn, `on_hush` whenever the endpoint is to be quiet.

    `one_moment` are the words for somebody who has to wait; `rings` tells whether something rings at the endpoint;
    `trace` takes how each turn went. `conversation` is that of whoever spoke last; `conversation_of` finds the one
    of a person whose voice is known (None: of the endpoint's own user).

    Cancelling `run` ends the turn and what is being heard.
    """

    endpoint: Endpoint
    turns: Turns
    hear: Hear
    conversation: Conversation
    text_chars_max: int
    default_language: Language
    on_turn: Callable[[TurnRecord], Awaitable[None]] | None = None
    on_hush: Callable[["Session"], Awaitable[None]] | None = None
    conversation_of: Callable[[str | None], Conversation] | None = None
    one_moment: Callable[[Language], str] = lambda language: ""
    rings: Callable[[], bool] = lambda: False
    trace: Callable[[TurnTrace], None] = lambda trace: None
    neighbours: Neighbours = field(default_factory=Neighbours)
    _turn: asyncio.Task[None] | None = None
    _turn_id: str = ""
    _watched: Watched | None = None
    _quiet_since: float = -ECHO_S
    _listening: asyncio.Task[None] | None = None
    _called: bool = True
    _requests: OrderedDict[str, None] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self._moment = OneMoment(self.turns.clock, self.turns.answer, self.endpoint, self._patience)

    async def run(self) -> None:
        try:
            async for given in self.endpoint.inputs():
                await self._take(given)
            await self._finish_listening()
        finally:
            await self._cancel(self._listening)
            await self._moment.hush()
            await self._cancel(self._turn)

    @property
    def language(self) -> Language:
        return self.endpoint.info.language or self.default_language

    @property
    def busy(self) -> bool:
        """A turn is under way."""
        return self._turn is not None and not self._turn.done()

    async def _take(self, given: Input) -> None:
        if self._seen(getattr(given, "request_id", "")):
            return
        match given:
            case Typed():
                await self._typed(given)
            case Tapped():
                await self._tapped(given)
            case Adjusted():
                slots = {"thing_id": given.thing_id, "name": given.name, "value": given.value}
                touched = Intent("home.adjust", slots, source="touch")
                await self.begin(self._silent(), touched, request_id=given.request_id)
            case Interrupt():
                await self._interrupt(given.reason)
            case Listen():
                await self._open(given)

    async def _open(self, listen: Listen) -> None:
        """A microphone: where another device answers the same wake word, it is not listened to."""
        await self._cancel(self._listening)
        if listen.woken and not self._answers():
            return await self.endpoint.tell("", Phase("idle"))
        if listen.woken:
            await self._attend()
        elif listen.mode != "wake" and not self._cancels_echo:
            await self.hush()
        self._listening = asyncio.create_task(self._listen(listen))
        return None

    async def _interrupt(self, reason: str) -> None:
        """Cuts the answer short; when there is none, or by the stop of what rings, the ringing is meant."""
        if self.busy and reason != "dismiss":
            return await self.hush()
        return await self.begin(self._silent(), Intent("core.stop", source="touch"))

    def _seen(self, request_id: str) -> bool:
        """The same request twice (sent again after a lost connection) is one turn."""
        if not request_id:
            return False
        seen = request_id in self._requests
        self._requests[request_id] = None
        while len(self._requests) > REQUESTS_REMEMBERED:
            self._requests.popitem(last=False)
        return seen

    def _silent(self, language: Language | None = None) -> Utterance:
        return Utterance("", language or self.language)

    async def _typed(self, typed: Typed) -> None:
        text = "".join(c for c in typed.text if c.isprintable() or c.isspace()).strip()
        language = typed.language or self.turns.think.detect(text, self.language)
        if len(text) > self.text_chars_max:
            utterance = Utterance(text[:40] + "…", language)
            return await self.begin(utterance, Intent("core.tooLong", {"chars": self.text_chars_max}))
        return await self.begin(Utterance(text, language), request_id=typed.request_id)

    async def _tapped(self, tapped: Tapped) -> None:
        """A tap on its card answers the open question; without a question the choice is taken as typed."""
        question = self.conversation.open_question(self.turns.clock.now())
        if question is None:
            return await self._typed(Typed(tapped.choice, request_id=tapped.request_id))
        said = self._silent(question.turn.language)
        if not question.is_shown_on(tapped.card_id):
            return await self.begin(said, Intent("core.noQuestion", source="touch"))
        slots: Slots = {question.ask.slot: tapped.choice}
        if question.ask.expect == "yes_no":
            if tapped.choice not in YES_NO:
                return await self._typed(Typed(tapped.choice, said.language, tapped.request_id))
            slots = {"answer": YES_NO[tapped.choice]}
        answer = Intent("core.answer", slots, source="touch")
        return await self.begin(said, answer, request_id=tapped.request_id)

    async def _listen(self, listen: Listen) -> None:
        try:
            around = Around(self.endpoint.info.id, self._ended, self._is_own, self._stoppable, self._answers)
            self._called = listen.mode != "wake"
            listen = replace(listen, audio=self._through(listen.audio, listen.mode))
            grammars = lambda: self._grammars(listen)  # noqa: E731
            async for hearing in self.hear.listen(listen, grammars, self._expects_answer, around):
                await self._hearing(hearing)
        except NotReady as error:
            await self._deaf(str(error), listen.language)
        except Exception as error:
            log.exception("listening failed")
            await self._deaf(type(error).__name__, listen.language)

    async def _deaf(self, problem: str, language: Language | None = None) -> None:
        log.warning("speech is not available: %s", problem)
        await self.begin(self._silent(language), Intent("core.noRecognizer"))

    async def _hearing(self, hearing: Hearing) -> None:
        match hearing:
            case Woke():
                self._called = True
                await self._attend()
            case Started():
                await self._attend()
            case Partly(text, language):
                await self.endpoint.tell("", Heard(text, language, final=False))
            case Likely(utterance):
                self._foresee(utterance)
            case Stopped():
                await self._interrupt("")
            case Said(utterance) if self._is_echo(utterance):
                await self.endpoint.tell("", Phase("idle"))
            case Said(utterance, ms, spoken_at):
                await self.endpoint.tell("", Heard(utterance.text, utterance.language))
                await self._said(utterance, ms, spoken_at)
            case Failed(busy=True):
                await self.begin(self._silent(), Intent("core.busy"))
            case Failed(problem):
                await self._deaf(problem)
            case Nothing(spoke=True, sound=AudioChunk() as sound) if self._expects_recording():
                await self._recorded(sound)
            case Nothing(spoke=True):
                await self.begin(self._silent())
            case Nothing():
                await self.endpoint.tell("", Phase("idle"))

    async def _attend(self) -> None:
        await self.hush()
        await self.endpoint.tell("", Phase("listening"))

    def _answers(self) -> bool:
        return self.neighbours.answers(self.endpoint.info.id)

    def _is_echo(self, utterance: Utterance) -> bool:
        """Words without a wake word that another device heard as well are that one's."""
        echo = self.neighbours.is_echo(self.endpoint.info.id, utterance.text)
        called, self._called = self._called, False
        return echo and not called

    async def _through(self, audio: AsyncIterator[AudioChunk], mode: ListenMode) -> AsyncIterator[AudioChunk]:
        """In a call, sound goes to the other side; only the wake word is still heeded."""
        async for chunk in audio:
            if not self.neighbours.calls(self.endpoint.info.id, chunk) or mode == "wake":
                yield chunk

    def _expects_recording(self) -> bool:
        question = self.conversation.open_question(self.turns.clock.now())
        return question is not None and question.ask.expect.endswith("/recording")

    async def _recorded(self, sound: AudioChunk) -> None:
        """What was said is passed on as it is."""
        answer = Intent("core.answer", {"recording": self.neighbours.record(sound)}, source="recording")
        await self.begin(self._silent(), answer)

    def _patience(self, language: Language) -> str:
        return self.one_moment(language)

    def _ended(self) -> None:
        self._moment.start(self.language)

    async def _said(self, utterance: Utterance, ms: dict[str, float], spoken_at: float | None) -> None:
        watch = Stopwatch(dict(ms))
        if spoken_at is not None:
            watch.since = spoken_at
            watch.after["ended"] = ms["silence"]
        watch.reach("heard")
        await self.begin(utterance, watch=watch)

    def _foresee(self, utterance: Utterance) -> None:
        """Thinks about what was probably said while it is not yet sure; nothing comes of it."""
        conversation = self._conversation_of(utterance)
        self.turns.think.foresee(utterance, conversation, self.endpoint.info, self.turns.clock.now())

    @property
    def _cancels_echo(self) -> bool:
        return "cancels_echo" in self.endpoint.info.capabilities

    @property
    def sounding(self) -> bool:
        """The answer is being spoken."""
        return self.busy and self._watched is not None and self._watched.sounding

    def _is_own(self, wake_word: str) -> bool:
        """Whether the wake word is in what was said here just now, so that it was not a person who said it."""
        if self._watched is None or not self._watched.says(wake_word):
            return False
        return self.sounding or self.turns.clock.monotonic() < self._quiet_since + ECHO_S

    def _stoppable(self) -> bool:
        """Whether "stop" alone is a request: something sounds, and the microphone does not hear it."""
        return self._cancels_echo and (self.sounding or self.rings())

    def _grammars(self, listen: Listen) -> Sequence[Grammar]:
        language = listen.language or self.language
        return self.turns.think.grammars(self.conversation, self.endpoint.info, language, self.turns.clock.now())

    def _expects_answer(self) -> bool:
        """Whether words are taken without the wake word: a question is open, and nobody is speaking."""
        return not self.busy and self.conversation.open_question(self.turns.clock.now()) is not None

    def _conversation_of(self, said: Utterance) -> Conversation:
        return self.conversation if self.conversation_of is None else self.conversation_of(said.speaker_id)

    async def begin(
        self,
        said: Utterance,
        given: Intent | None = None,
        watch: Stopwatch | None = None,
        request_id: str = "",
    ) -> None:
        """End the turn under way and start the next."""
        await self._moment.end()
        await self.hush()
        if given is None:
            self.conversation = self._conversation_of(said)
        self._turn_id = turn_id_of(self.endpoint.info.id, request_id)
        spoken, watch = watch is not None, watch or Stopwatch()
        self._watched = Watched(self.endpoint, watch)
        info, now = self.endpoint.info, self.turns.clock.now()
        trace = TurnTrace(self._turn_id, now, info.id, said.language, spoken, watch)
        self.trace(trace)
        request = Request(self._turn_id, said, self.conversation, self._watched, given, watch, trace)
        self._turn = asyncio.create_task(self._run(request, trace))

    async def _run(self, request: Request, trace: TurnTrace) -> None:
        trace.outcome = "cut short"
        try:
            await self.endpoint.tell(request.turn_id, Phase("thinking"))
            record = await self.turns.run(request)
            trace.outcome = "done"
        finally:
            self._quiet_since = self.turns.clock.monotonic()
        if self.on_turn is not None:
            await self.on_turn(record)

    async def hush(self) -> None:
        """Silence: the turn is cancelled and the endpoint drops what still comes of it."""
        if self.on_hush is not None:
            await self.on_hush(self)
        await self._moment.hush()
        if self.busy:
            await self.endpoint.stop(self._turn_id)
            await self._cancel(self._turn)

    async def _finish_listening(self) -> None:
        """An endpoint without further inputs still gets the answer to its last one."""
        for task in (self._listening, self._turn):
            if task is not None:
                await asyncio.wait([task])
        if self._turn is not None:
            await asyncio.wait([self._turn])

    @staticmethod
    async def _cancel(task: asyncio.Task[None] | None) -> None:
        if task is None or task.done():
            return
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
