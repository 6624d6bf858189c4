"""The composition root: the only file that knows concrete classes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jingling.assistant.act import Gate
from jingling.assistant.answer import Answer
from jingling.assistant.course import Course
from jingling.assistant.handle import Handling
from jingling.assistant.hear import Hear
from jingling.assistant.house import House
from jingling.assistant.hub import Hub
from jingling.assistant.manners import Manners
from jingling.assistant.reading import Reader
from jingling.assistant.record import TurnLog
from jingling.assistant.referents import Referents
from jingling.assistant.ring import Ringer
from jingling.assistant.think import Think
from jingling.assistant.together import together
from jingling.assistant.trail import CommandTrail
from jingling.assistant.turn import Turns
from jingling.assistant.undo import Undo
from jingling.bus.local import LocalBus
from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock, SystemClock
from jingling.core.endpoint import Endpoint, EndpointInfo
from jingling.core.errors import BadInput
from jingling.core.grammar import Grammar
from jingling.core.turn import ANYWHERE, Intent, Language, Utterance
from jingling.devices.service import DeviceService
from jingling.engines import Engines, load_engines
from jingling.executors import executors
from jingling.gateways import Gateways, gateways
from jingling.home.drivers.virtual import VirtualDriver
from jingling.home.events import ThingsChanged
from jingling.home.file import load_home
from jingling.home.service import HomeService
from jingling.home.store import TableValueStore
from jingling.language.base import Context
from jingling.language.frames import Frames
from jingling.language.layered import LayeredUnderstander
from jingling.language.learned.apart import learn_apart
from jingling.language.learned.phrases import PhraseBook, understood_by
from jingling.language.learned.understander import LearnedUnderstander
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import SkillSentences
from jingling.language.text import detect
from jingling.outside import Inside, Outside, outside
from jingling.protocols.sounds import Sounds
from jingling.schedule import events as schedule_events
from jingling.schedule.service import ScheduleService
from jingling.screen.messages import Suggestion
from jingling.sdk.examples import one_of_each
from jingling.sdk.loader import SkillProblem
from jingling.sdk.manifest import LANGUAGES
from jingling.sdk.replies import SkillReplies
from jingling.settings import Settings
from jingling.speech.base import Recognizer, Synthesizer, WakeDetector
from jingling.speech.sound_file import read_sound
from jingling.speech.voice.manners import VoiceManners, night
from jingling.storage.engine import SqlDatabase, open_database
from jingling.storage.lock import FolderLock
from jingling.taught import HomeNames, teach, understanders
from jingling.warming import Warming

log = logging.getLogger(__name__)
PACKAGE = Path(__file__).parent
EVENTS = (schedule_events.EntryChanged, schedule_events.EntryRang)


def demo_home() -> Path:
    """The furnished home that is used while the owner has not described their own."""
    beside = PACKAGE.parents[1] / "examples" / "home.yaml"
    return beside if beside.is_file() else PACKAGE / "examples" / "home.yaml"


def phrase_file(settings: Settings) -> Path:
    """Where the owner's own phrases are kept."""
    return settings.data_dir.expanduser() / "phrases.yaml"


def voice_file(settings: Settings) -> Path:
    """Where it is kept how each device is to be spoken on."""
    return settings.data_dir.expanduser() / "voice.yaml"


@dataclass
class App:
    """A whole hub, without a server. Use it as `async with build(settings) as app`."""

    settings: Settings
    clock: Clock
    bus: LocalBus
    database: SqlDatabase
    home: HomeService
    devices: DeviceService
    virtual: VirtualDriver
    schedule: ScheduleService
    understander: LayeredUnderstander
    templates: TemplateUnderstander
    learned: LearnedUnderstander
    sentences: Sequence[SkillSentences]
    cache: Path
    phrases: PhraseBook
    gate: Gate
    trail: CommandTrail
    turns: Turns
    hub: Hub
    problems: Sequence[SkillProblem]
    engines: Engines
    replies: SkillReplies
    outside: Outside
    house: House
    warnings: tuple[str, ...] = ()
    interrupted: int = 0
    sounds: Sounds = field(init=False)
    gateways: Gateways = field(init=False)
    warming: Warming = field(init=False)
    _loading: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.sounds = Sounds(self.clock, self.settings.server.lan)
        self.gateways = gateways(self)
        self.warming = Warming(self.recognizer, self.grammars)
        self.hub.spoken = self.warming.spoken

    @property
    def home_id(self) -> str:
        return self.home.home.id

    @property
    def home_name(self) -> Mapping[str, str]:
        return {language: names[0] for language, names in self.home.home.names.items() if names}

    @property
    def turn_log(self) -> TurnLog:
        return self.hub.log

    @property
    def wake_words(self) -> Sequence[str]:
        """What wakes it, as far as it has a name."""
        named = [word for word in self.settings.speech.wake_words if "://" not in word]
        return (*named, *self.engines.phrases) if self.engines.ears else ()

    @property
    def speech(self) -> bool:
        return self.engines.ears is not None

    @property
    def recognizer(self) -> Recognizer | None:
        return self.engines.ears.recognizer if self.engines.ears else None

    @property
    def voice(self) -> Synthesizer | None:
        return self.engines.voice

    @property
    def wake(self) -> Callable[[], WakeDetector] | None:
        return self.engines.ears.wake if self.engines.ears else None

    def grammars(self, language: Language | None) -> Sequence[Grammar]:
        """All that can be said in this home, in one language or all that the recogniser knows."""
        languages = self.recognizer.languages if self.recognizer else frozenset[Language]()
        wanted = languages & {language} if language else languages
        return self.understander.grammars(wanted, Context(now=self.clock.now(), area=ANYWHERE))

    def suggestions(self, language: Language) -> list[Suggestion]:
        """What can be said here, one of each skill in turn."""
        return [Suggestion(one.text, one.skill) for one in one_of_each(self.understander.examples(language))]

    def missing(self, language: Language) -> list[str]:
        """Plain sentences on what this hub lacks."""
        text = self.replies.text
        lacking = []
        if self.engines.ears is None:
            lacking.append(text(language, "missing_ears"))
        elif language not in self.engines.ears.recognizer.languages:
            lacking.append(text(language, "missing_language"))
        if self.engines.voice is None:
            lacking.append(text(language, "missing_voice"))
        replaced = dict.fromkeys((*self.engines.left_out, *self.engines.ailing))
        lacking += [text(language, "missing_engine", engine=one) for one in replaced]
        return [*lacking, *(text(language, "missing_skill", folder=one.folder.name) for one in self.problems)]

    def undoable(self, endpoint: Endpoint) -> frozenset[str]:
        """The turns of whoever uses the endpoint whose doings can be taken back."""
        steps = self.hub.session(endpoint).conversation.steps
        return frozenset(step.breath for step in steps if step.commands)

    def understand(self, text: str, language: Language | None) -> Intent | None:
        """What `text` would mean, without doing it; None: nothing that is sure."""
        utterance = Utterance(text, language or detect(text))
        found = self.understander.understand(utterance, Context(now=self.clock.now(), area=ANYWHERE))
        return found.readings[0].intent if found.readings and not found.unsure else None

    async def serve(self, endpoint: Endpoint) -> None:
        await self.hub.serve(endpoint)

    async def ask(self, text: str, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        return await self.hub.ask(text, language, caller)

    async def hear(self, audio: AudioChunk, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        return await self.hub.hear(audio, language, caller)

    async def decode(self, path: Path) -> AudioChunk:
        """A sound file as 16 kHz mono. Raises BadInput."""
        return await asyncio.to_thread(read_sound, path, self.settings.limits.audio_file_seconds_max)

    async def start(self) -> None:
        self.interrupted = await self.trail.recover()
        await self.home.start()
        await self.schedule.start()
        await self.devices.start()
        await self.database.resume()
        self.outside.start()
        await self.gateways.start()
        self.bus.subscribe(ThingsChanged, self._renamed)
        self.warming.spoken("zh" if self.settings.language == "zh" else "en")
        self._loading = asyncio.create_task(self._load(), name="loading models")

    async def _load(self) -> None:
        """What takes long, ahead of the first need."""
        await self.outside.prepare()
        await self.engines.prepare()

    async def _renamed(self, _: ThingsChanged) -> None:
        self.warming.renamed()

    async def prepare(self) -> None:
        """What takes seconds of thought, done behind the first screen: suggestions, and learning from sentences."""
        await asyncio.to_thread(self.templates.warm)
        for language in LANGUAGES:
            await asyncio.to_thread(self.suggestions, language)
        if self.settings.learn:
            await self._learn()

    async def _learn(self) -> None:
        if not self.learned.is_kept(LANGUAGES) and not await learn_apart(self.sentences, self.cache):
            log.warning("learning from the sentences in a process of its own did not work; it is done here")
        await asyncio.to_thread(self.learned.prepare, LANGUAGES)

    async def close(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            await asyncio.gather(self._loading, return_exceptions=True)
        await self.warming.close()
        await self.gateways.close()
        await self.hub.close()
        await self.house.petitions.close()
        await self.outside.close()
        await self.schedule.close()
        await self.gate.close()
        await self.home.close()
        await self.engines.close()
        await self.database.close()
        await self.bus.close()


@asynccontextmanager
async def build(settings: Settings, **replacements: Any) -> AsyncIterator[App]:
    """A running App. `replacements`: clock, database (URL), engines, model, cache (folder).

    Raises BadInput and NotReady.
    """
    with ExitStack() as held:
        database = replacements.get("database")
        if database is None:
            held.enter_context(FolderLock(settings.data_dir.expanduser()))
            database = settings.data_dir.expanduser() / "jingling.sqlite"
        app = await _assemble(settings, database, replacements)
        try:
            await app.start()
            yield app
        finally:
            await app.close()


async def _assemble(settings: Settings, database_url: Path | str, replacements: dict[str, Any]) -> App:
    clock: Clock = replacements.get("clock") or SystemClock(_zone(settings))
    loaded = load_home(settings.home or demo_home())
    bus = LocalBus()
    database = await open_database(database_url, bus, clock, EVENTS)
    driver = VirtualDriver(loaded.home.things, loaded.behaviours, clock)
    drivers = {thing.id: driver for thing in loaded.home.things}
    home = HomeService(loaded.home, drivers, bus, clock, TableValueStore(database))
    schedule = ScheduleService(database, clock, loaded.home.id)
    devices = DeviceService(database, bus, clock, loaded.home.id)
    phrases = PhraseBook(None if "database" in replacements else phrase_file(settings))
    cache = replacements.get("cache") or settings.data_dir.expanduser() / "cache"
    taught = teach(settings, home, schedule, clock, cache)
    phrases.understood = understood_by(taught.templates, clock.now, ANYWHERE)
    engines: Engines = replacements.get("engines") or load_engines(settings)
    replies = SkillReplies.load(PACKAGE / "assistant")
    frames = Frames(taught.templates.banks, HomeNames(home))
    manners = Manners(replies, schedule, frames)
    trail = CommandTrail(database, clock, loaded.home.id)
    skills = taught.skills
    voice_manners, answer = _voice(settings, clock, engines, kept="database" not in replacements)
    ringer = Ringer(answer, replies, schedule, clock)
    ringer.attach(bus)
    among = together(ringer.sessions, answer, replies, home, clock)
    beyond = outside(Inside(settings, home, skills, taught.sentences, replies, clock), replacements.get("model"))
    own = executors(home, schedule, phrases, devices, voice_manners)
    gate = Gate(trail, {**own, **among.executors, **beyond.executors}, settings.dry_run)
    understander, learned = understanders(taught, phrases, cache)
    reader = Reader(understander, Referents(home), skills, frames, taught.templates)
    think = Think(reader, home, engines.ears.recognizer.languages if engines.ears else ())
    seconds_max = settings.limits.turn_seconds_max
    handling = Handling(skills, manners, Undo(gate, replies), clock, seconds_max, beyond.converse)
    turns = Turns(think, Course(gate, handling, clock), answer, clock)
    hub = Hub(settings, loaded.home.id, turns, Hear(engines.ears), ringer, among)
    return App(
        settings=settings,
        clock=clock,
        bus=bus,
        database=database,
        home=home,
        devices=devices,
        virtual=driver,
        schedule=schedule,
        understander=understander,
        templates=taught.templates,
        learned=learned,
        sentences=taught.sentences,
        cache=cache,
        phrases=phrases,
        gate=gate,
        trail=trail,
        turns=turns,
        hub=hub,
        problems=taught.problems,
        engines=engines,
        replies=replies,
        warnings=loaded.warnings,
        outside=beyond,
        house=beyond.house(gate, answer, ringer),
    )


def _voice(settings: Settings, clock: Clock, engines: Engines, kept: bool) -> tuple[VoiceManners, Answer]:
    """How the hub speaks; what people choose of it is written down when it is `kept`."""
    speech = settings.speech
    asleep = night(speech.night, speech.night_volume, speech.volume)
    manners = VoiceManners(clock, voice_file(settings) if kept else None, asleep)
    return manners, Answer(engines.voice, manners.manner, speech.earcons, speech.brief)


def _zone(settings: Settings) -> tzinfo | None:
    """The home's time zone, so that alarms know of summer time to come; None is the machine's own."""
    try:
        return ZoneInfo(settings.time_zone) if settings.time_zone else None
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput(f"time_zone: {settings.time_zone!r} is not a zone such as Asia/Shanghai") from error


__all__ = ["App", "BadInput", "Engines", "build", "demo_home", "load_engines"]
