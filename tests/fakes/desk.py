"""An assistant at its desk: real turns, sessions and gate, with a made-up endpoint, skill and home."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jingling.assistant
from fakes.memory_database import MemoryDatabase
from jingling.assistant.act import Executor, Gate
from jingling.assistant.answer import Answer
from jingling.assistant.conversation import Conversation
from jingling.assistant.course import Course
from jingling.assistant.handle import Fallback, Handling
from jingling.assistant.hear import Ears, Hear
from jingling.assistant.manners import Manners
from jingling.assistant.reading import Reader
from jingling.assistant.record import TurnRecord
from jingling.assistant.referents import Referents
from jingling.assistant.session import Session
from jingling.assistant.skillset import LoadedSkill, Skillset
from jingling.assistant.think import Think
from jingling.assistant.trail import CommandTrail
from jingling.assistant.turn import Turns
from jingling.assistant.undo import Undo
from jingling.core.audio import AudioChunk
from jingling.core.card import Card
from jingling.core.clock import VirtualClock
from jingling.core.command import Command, Outcome, Risk
from jingling.core.endpoint import Answered, EndpointInfo, Input, Progress
from jingling.core.errors import NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Intent, Language, Reply, Turn, Utterance
from jingling.home.commands import SetProperty
from jingling.language.base import Context, Example, Reading, Understanding
from jingling.schedule.commands import DismissRinging
from jingling.schedule.model import Entry
from jingling.sdk.manifest import Manifest
from jingling.sdk.replies import SkillReplies
from jingling.sdk.skill import Do
from jingling.speech.base import PLAIN, Manner

REPLIES = SkillReplies.load(Path(jingling.assistant.__file__).parent)
YES = {"yes": True, "no": False}
DIALOG_S = 60.0
Handler = Callable[[Turn, Do], Awaitable[Reply]]


class FakeEndpoint:
    """What it is sent is kept, in order. `hold` makes its sound last until it is set."""

    def __init__(self, device_id: str = "kitchen-screen", hold: asyncio.Event | None = None) -> None:
        self.info = EndpointInfo(device_id, language="en")
        self.hold = hold
        self.told: list[tuple[str, Progress]] = []
        self.cards: list[tuple[str, Card]] = []
        self.played: list[str] = []
        self.stopped: list[str] = []
        self._inputs: asyncio.Queue[Input | None] = asyncio.Queue()

    def bring(self, given: Input | None) -> None:
        """None: it is gone."""
        self._inputs.put_nowait(given)

    async def inputs(self) -> AsyncIterator[Input]:
        while (given := await self._inputs.get()) is not None:
            yield given

    async def tell(self, turn_id: str, progress: Progress) -> None:
        self.told.append((turn_id, progress))

    async def show(self, turn_id: str, card: Card) -> None:
        self.cards.append((turn_id, card))

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        self.played.append(turn_id)
        async for _ in audio:
            pass
        if self.hold is not None:
            await self.hold.wait()

    async def stop(self, turn_id: str) -> None:
        self.stopped.append(turn_id)

    @property
    def answers(self) -> list[Answered]:
        return [progress for _, progress in self.told if isinstance(progress, Answered)]


class FakeUnderstander:
    """Knows the sentences it was given; yes and no are answers while a yes or no is asked."""

    def __init__(self, sentences: Mapping[str, Intent]) -> None:
        self.sentences = sentences
        self.guesses: dict[str, tuple[Reading, ...]] = {}
        self.contexts: list[Context] = []

    def understand(self, utterance: Utterance, context: Context) -> Understanding:
        self.contexts.append(context)
        if utterance.text == "crash":
            raise RuntimeError("no thought")
        if utterance.text in self.guesses:
            return Understanding(self.guesses[utterance.text], unsure=True)
        meant = self._answer(utterance.text, context) or self.sentences.get(utterance.text)
        return Understanding((Reading(meant, utterance.text),) if meant else ())

    def _answer(self, text: str, context: Context) -> Intent | None:
        if context.ask and context.ask.expect == "yes_no" and text in YES:
            return Intent("core.answer", {"answer": YES[text]}, source="answer")
        if context.ask and context.ask.expect == "yes_no" and text == "yes, faintly":
            return Intent("core.answer", {"answer": True}, confidence=0.6, source="answer")
        if context.ask and text.startswith("answer "):
            return Intent("core.answer", {context.ask.slot: text.removeprefix("answer ")}, source="answer")
        return None

    def grammars(self, languages: Sequence[Language], context: Context, *_: Any) -> Sequence[Grammar]:
        self.contexts.append(context)
        return ()

    def examples(self, language: Language) -> Sequence[Example]:
        return ()

    def detect(self, text: str) -> Language:
        return "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"


class FakeVoice:
    """One chunk a text. `broken` fails before the first."""

    languages: frozenset[Language] = frozenset({"en", "zh"})

    def __init__(self) -> None:
        self.broken = False
        self.spoken: list[str] = []
        self.manners: list[Manner] = []

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        if self.broken:
            raise NotReady("The voice is not running.")
        self.spoken.append(text)
        self.manners.append(manner)
        yield AudioChunk(bytes(320))

    async def close(self) -> None:
        pass


class FakeSchedule:
    def __init__(self, *entries: Entry) -> None:
        self.all = list(entries)

    def entries(self, kind: str | None = None) -> Sequence[Entry]:
        return [entry for entry in self.all if kind in (None, entry.kind)]


class FakeHome:
    things = ()
    places = ()

    def place(self, place_id: str) -> None:
        return None

    def thing(self, thing_id: str) -> None:
        return None


@dataclass
class FakeSkill:
    handlers: Mapping[str, Handler]
    turns: list[Turn] = field(default_factory=list)

    async def handle(self, turn: Turn, do: Do) -> Reply:
        self.turns.append(turn)
        return await self.handlers[turn.intent.name](turn, do)


@dataclass
class Desk:
    """`done` are the commands that were carried out, `records` the turns that came to their end."""

    handlers: Mapping[str, Handler] = field(default_factory=dict)
    sentences: Mapping[str, Intent] = field(default_factory=dict)
    endpoint: FakeEndpoint = field(default_factory=FakeEndpoint)
    schedule: FakeSchedule = field(default_factory=FakeSchedule)
    ears: Ears | None = None
    turn_seconds_max: float = 5.0
    text_chars_max: int = 100
    last_resort: tuple[str, ...] = ()
    done: list[Command] = field(default_factory=list)
    records: list[TurnRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = VirtualClock()
        self.voice = FakeVoice()
        self.skill = FakeSkill(self.handlers)
        self.database = MemoryDatabase()
        self.conversation = Conversation(DIALOG_S)
        known = {text: Intent(name) for text, name in _plain(self.handlers)}
        self.understander = FakeUnderstander({**known, **self.sentences})
        trail = CommandTrail(self.database, self.clock, "home")
        executors: dict[type[Any], Executor] = {
            SetProperty: Executor(self._do, _risk, undo=_opposite),
            DismissRinging: Executor(self._do),
        }
        loaded = LoadedSkill(
            "test", self.skill, Manifest("test", {}, commands=("*",), last_resort=self.last_resort)
        )
        gate = Gate(trail, executors, dry_run=False)
        home: Any = FakeHome()
        skillset = Skillset([loaded], {})
        handling = Handling(
            skillset,
            Manners(REPLIES, self.schedule),
            Undo(gate, REPLIES),
            self.clock,
            self.turn_seconds_max,
        )
        reader = Reader(self.understander, Referents(home), skillset)
        course = Course(gate, handling, self.clock)
        self.turns = Turns(Think(reader, home, ()), course, Answer(self.voice), self.clock)
        self.session = self.new_session(self.endpoint)
        self._running: asyncio.Task[None] | None = None

    def new_session(self, endpoint: FakeEndpoint) -> Session:
        return Session(
            endpoint, self.turns, Hear(self.ears), self.conversation, self.text_chars_max, "en", self._keep
        )  # fmt: skip

    def handling_with(self, fallback: Fallback) -> Handling:
        return replace(self.turns.act.handling, fallback=fallback)

    async def __aenter__(self) -> "Desk":
        self._running = asyncio.create_task(self.session.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._running is not None
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await self.database.close()

    async def bring(self, given: Input) -> None:
        """Returns when nothing more happens of it by itself."""
        self.endpoint.bring(given)
        await settle()

    @property
    def said(self) -> str:
        """The last answer."""
        return self.endpoint.answers[-1].text if self.endpoint.answers else ""

    async def _keep(self, record: TurnRecord) -> None:
        self.records.append(record)

    async def _do(self, command: Command) -> Outcome:
        self.done.append(command)
        return Outcome.done()


async def settle() -> None:
    for _ in range(100):
        await asyncio.sleep(0)


def _plain(handlers: Mapping[str, Handler]) -> list[tuple[str, str]]:
    """A handler `test.pour` is meant by the word "pour"."""
    return [(name.partition(".")[2], name) for name in handlers]


def _risk(command: Any) -> Risk:
    """Opening the door, by whichever property."""
    opens = command.thing_id == "door" and command.value is False
    return Risk.CONFIRM if command.property == "locked" or opens else Risk.NONE


def _opposite(command: Any, outcome: Outcome, before: object) -> Sequence[Command]:
    return [SetProperty(thing_id=command.thing_id, property=command.property, value=not command.value)]
