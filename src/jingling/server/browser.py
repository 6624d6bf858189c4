"""A browser as an Endpoint: its messages become inputs, what the hub puts out becomes messages."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from jingling.core.audio import AudioChunk
from jingling.core.card import Card
from jingling.core.endpoint import (
    Adjusted,
    Answered,
    EndpointInfo,
    Heard,
    Input,
    Interrupt,
    Listen,
    Phase,
    Progress,
    Tapped,
    Typed,
)
from jingling.core.turn import Language, Role
from jingling.devices.model import Device
from jingling.screen.messages import (
    Adjust,
    AnswerText,
    AudioEnd,
    AudioStart,
    Change,
    EndListening,
    FromBrowser,
    HeardText,
    Hello,
    PhaseUpdate,
    Ping,
    Pong,
    SayText,
    ShowCard,
    StartListening,
    Stop,
    StopTurn,
    Tap,
    ToBrowser,
    Trouble,
)
from jingling.server.complaint import Complaint
from jingling.server.frames import encode, sound_frame
from jingling.server.hub import Hub
from jingling.server.limits import within
from jingling.server.snapshot import snapshot
from jingling.server.text import checked_text, typed_language
from jingling.speech.listening import Listening
from jingling.speech.pace import Pace, pieces

INPUTS_WAITING_MAX = 32
STOPPED_REMEMBERED = 64
ID_CHARS_MAX = 128
AHEAD_SECONDS = 1.0
ECHO = "cancels_echo"
CAPABILITIES = frozenset({"microphone", "speaker", "screen", ECHO})
DEVICE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Wire(Protocol):
    """A socket. What is sent to a peer that is gone is dropped in silence."""

    async def receive(self) -> str | bytes | None:
        """None when the peer is gone."""

    async def send(self, frame: str | bytes) -> None: ...

    async def close(self, code: int, reason: str) -> None: ...


class BrowserEndpoint:
    """`take` brings what the socket received; `end` says that nothing comes any more.

    Messages are taken without waiting for the hub: beyond a bound, inputs are turned away and sound is dropped.
    """

    def __init__(
        self, hub: Hub, wire: Wire, hello: Hello, role: Role = "owner", known: Device | None = None
    ) -> None:
        """`known` is the adopted device that this is. Raises Complaint."""
        if not DEVICE_ID.fullmatch(hello.device_id):
            raise Complaint("bad_device_id")
        self._hub = hub
        self._wire = wire
        self._limits = hub.settings.limits
        self._language: Language = hello.language
        self._info = EndpointInfo(
            id=known.id if known and known.kind == "speaker" else hello.device_id,
            home_id=hub.home_id,
            place_id=self._known_place(hello.place_id or (known.place_id if known else None)),
            language=hello.language,
            role=role,
            capabilities=frozenset(hello.capabilities) & CAPABILITIES,
        )
        self._inputs: asyncio.Queue[Input | None] = asyncio.Queue(INPUTS_WAITING_MAX)
        self._listening: Listening | None = None
        self._dropped_chunks = 0
        self._ended = False
        self._stopped: deque[str] = deque(maxlen=STOPPED_REMEMBERED)
        self._playing: dict[int, tuple[str, asyncio.Event]] = {}
        self._streams = 0
        self._undoable_before: frozenset[str] = frozenset()

    @property
    def info(self) -> EndpointInfo:
        return self._info

    @property
    def language(self) -> Language:
        return self._language

    @property
    def dropped_chunks(self) -> int:
        """Microphone chunks that the hub did not take in time."""
        return self._dropped_chunks + (self._listening.dropped_chunks if self._listening else 0)

    async def inputs(self) -> AsyncIterator[Input]:
        while (item := await self._inputs.get()) is not None:
            yield item

    async def tell(self, turn_id: str, progress: Progress) -> None:
        match progress:
            case Phase():
                if progress.phase == "thinking":
                    self._undoable_before = self._hub.undoable(self)
                message: ToBrowser = PhaseUpdate(turn_id, progress.phase)
            case Heard():
                message = HeardText(turn_id, progress.text, progress.language, progress.final)
            case Answered():
                message = self._answer(turn_id, progress)
        await self._send_of(turn_id, message)

    def _answer(self, turn_id: str, answered: Answered) -> AnswerText:
        """What an undo brings to light again was done by an earlier turn, not by this one."""
        undoable = bool(self._hub.undoable(self) - self._undoable_before)
        return AnswerText(
            turn_id, answered.text, answered.language, answered.expects, answered.streamed, undoable
        )  # fmt: skip

    async def show(self, turn_id: str, card: Card) -> None:
        """Within one turn, a card replaces the one of its kind before."""
        await self._send_of(turn_id, ShowCard(turn_id, f"{turn_id}.{card.__struct_config__.tag}", card))

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        self._streams += 1
        stream, silenced = self._streams, asyncio.Event()
        self._playing[stream] = (turn_id, silenced)
        if turn_id in self._stopped or self._ended:
            silenced.set()
        try:
            await self._stream(turn_id, stream, pieces(audio), silenced)
        finally:
            del self._playing[stream]

    async def stop(self, turn_id: str) -> None:
        self._stopped.append(turn_id)
        self._silence(turn_id)
        await self.send(StopTurn(turn_id))

    async def send(self, message: ToBrowser) -> None:
        if not self._ended:
            await self._wire.send(encode(message))

    async def complain(self, complaint: Complaint) -> None:
        await self.send(Trouble(complaint.code, complaint.text(self._language)))

    async def greet(self) -> None:
        await self.send(snapshot(self._hub, self._info, self._language))

    async def take(self, message: FromBrowser) -> None:
        """Raises Complaint for a message that is turned away."""
        match message:
            case SayText():
                text = checked_text(message.text, self._limits.text_chars_max)
                language = typed_language(text, self._language)
                self._bring(Typed(text, language, _bounded(message.request_id)))
            case StartListening():
                self._listen(message)
            case EndListening():
                self._end_listening()
            case Tap():
                choice = checked_text(message.choice, self._limits.text_chars_max)
                self._bring(Tapped(choice, _bounded(message.card_id), _bounded(message.request_id)))
            case Adjust():
                self._adjust(message)
            case Stop():
                self._bring(Interrupt(message.reason[:ID_CHARS_MAX]))
            case Change():
                await self._change(message)
            case Ping():
                await self.send(Pong())
            case Hello():
                raise Complaint("bad_frame", detail="hello was said already")

    def take_sound(self, pcm: bytes) -> None:
        """Sound that still comes after a listening is over is dropped. Raises Complaint."""
        if self._listening is None:
            raise Complaint("not_listening")
        if len(pcm) > self._limits.socket_message_bytes_max:
            raise Complaint("frame_too_large", length=len(pcm), limit=self._limits.socket_message_bytes_max)
        if len(pcm) % 2:
            raise Complaint("bad_frame", detail="sound is 16 bit, so it has an even number of bytes")
        self._listening.put(pcm)

    def end(self) -> None:
        """The inputs end, and whatever plays returns."""
        if self._ended:
            return
        self._ended = True
        self._end_listening()
        self._silence()
        if self._inputs.full():
            self._inputs.get_nowait()
        self._inputs.put_nowait(None)

    async def _stream(
        self, turn_id: str, stream: int, sound: AsyncGenerator[AudioChunk, None], silenced: asyncio.Event
    ) -> None:
        """One stream has one rate, as one voice has."""
        clock, pace, begun = self._hub.clock, Pace(AHEAD_SECONDS), False
        try:
            async with aclosing(sound):
                async for piece in sound:
                    if await self._silenced_within(silenced, pace.wait_s(clock.monotonic())):
                        return
                    if not begun:
                        begun = True
                        await self.send(AudioStart(turn_id, stream, piece.rate_hz))
                    await self._wire.send(sound_frame(stream, piece.pcm))
                    pace.sent(piece.seconds, clock.monotonic())
        finally:
            if begun:
                await self.send(AudioEnd(turn_id, stream))
        await self._silenced_within(silenced, pace.left_s(clock.monotonic()))

    async def _silenced_within(self, silenced: asyncio.Event, seconds: float) -> bool:
        if seconds > 0 and not silenced.is_set():
            try:
                await within(self._hub.clock, seconds, silenced.wait())
            except TimeoutError:
                return False
        return silenced.is_set()

    def _silence(self, turn_id: str | None = None) -> None:
        for playing_id, silenced in self._playing.values():
            if turn_id in (None, playing_id):
                silenced.set()

    async def _send_of(self, turn_id: str, message: ToBrowser) -> None:
        if turn_id not in self._stopped:
            await self.send(message)

    def _bring(self, item: Input) -> None:
        try:
            self._inputs.put_nowait(item)
        except asyncio.QueueFull:
            raise Complaint("busy") from None

    def _listen(self, message: StartListening) -> None:
        self._end_listening()
        if self._listening is not None:
            self._dropped_chunks += self._listening.dropped_chunks
        self._listening = Listening(None if message.mode == "wake" else self._limits.listen_seconds_max)
        self._bring(Listen(self._listening, message.mode, self._language, _bounded(message.woken)))

    def _end_listening(self) -> None:
        if self._listening is not None:
            self._listening.end()

    def _adjust(self, message: Adjust) -> None:
        thing = self._hub.home.thing(message.thing_id)
        if thing is None:
            raise Complaint("unknown_thing")
        if message.name not in thing.properties and message.name not in thing.actions:
            raise Complaint("unknown_property")
        self._bring(Adjusted(thing.id, message.name, message.value, _bounded(message.request_id)))

    async def _change(self, message: Change) -> None:
        if message.place_id is not None and self._known_place(message.place_id) is None:
            raise Complaint("unknown_place")
        if message.cancels_echo is not None:
            others = self._info.capabilities - {ECHO}
            self._info = replace(self._info, capabilities=others | {ECHO} if message.cancels_echo else others)
            if message.language is None and message.place_id is None:
                return
        self._language = message.language or self._language
        place_id = message.place_id or self._info.place_id
        self._info = replace(self._info, place_id=place_id, language=self._language)
        await self.greet()

    def _known_place(self, place_id: str | None) -> str | None:
        """A screen may remember a place that its home no longer has."""
        if place_id is None or self._hub.home.place(place_id) is None:
            return None
        return place_id


def _bounded(identifier: str) -> str:
    if len(identifier) > ID_CHARS_MAX:
        raise Complaint("bad_frame", detail=f"an id has at most {ID_CHARS_MAX} characters")
    return identifier
