"""A xiaozhi board as an Endpoint: what it sends becomes inputs, what the hub says becomes messages and Opus."""

import logging
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

from jingling.core.audio import AudioChunk
from jingling.core.card import Card, ListCard, TextCard
from jingling.core.clock import Clock
from jingling.core.endpoint import (
    Answered,
    EndpointInfo,
    Heard,
    Input,
    Interrupt,
    Listen,
    ListenMode,
    Phase,
    Progress,
    Typed,
)
from jingling.protocols.inbox import Inbox
from jingling.protocols.xiaozhi import messages
from jingling.protocols.xiaozhi.base import ShowPicture, Wire
from jingling.protocols.xiaozhi.frames import Version
from jingling.protocols.xiaozhi.opus import OpusEars
from jingling.protocols.xiaozhi.session import Mode
from jingling.protocols.xiaozhi.voice import AHEAD_S, OPEN_AHEAD_S, BoardVoice
from jingling.settings import LimitSettings
from jingling.speech.listening import Listening

log = logging.getLogger(__name__)
WORDS_SECONDS_MIN = 0.12
"""Less sound than this, between start and stop, is a slip of the finger."""
WAKE_WORD = "wake_word_detected"
OPEN = "cancels_echo"


@dataclass(frozen=True)
class Line:
    """A board's connection. `info` says who it is now; `hang_up` ends it."""

    wire: Wire
    version: Version
    clock: Clock
    limits: LimitSettings
    info: Callable[[], EndpointInfo]
    hang_up: Callable[[], None]


class BoardEndpoint:
    """One connection of one board.

    Boards begin to listen again by themselves after an answer. What is said then is answered only when it is
    understood, unless a question is open: a radio in the room gets no replies. When nothing is said, the line is
    hung up and the board waits for its wake word.
    """

    def __init__(self, line: Line) -> None:
        """Raises NotReady when there is no Opus."""
        self.session_id = secrets.token_hex(8)
        self.active_at = line.clock.monotonic()
        self.show_picture: ShowPicture | None = None
        self._line = line
        self._ears = OpusEars()
        self._voice = BoardVoice(self.send, line.clock, line.version, self.session_id)
        self._inbox = Inbox()
        self._sound: Listening | None = None
        self._sound_s = 0.0
        self._mode: Mode = "auto"
        self._turn_id = ""
        self._told = ""
        self._expects = False
        self._heard = False
        self._unasked = False
        self._woken = False
        self._answered_once = False
        self._ended = False

    @property
    def info(self) -> EndpointInfo:
        """A board whose microphone stays open while it plays does not hear itself."""
        info = self._line.info()
        able = info.capabilities - {OPEN}
        return replace(info, capabilities=able | {OPEN} if self._mode == "realtime" else able)

    @property
    def busy(self) -> bool:
        """A turn is under way, or something is played."""
        return bool(self._turn_id or self._voice.speaking)

    def inputs(self) -> AsyncIterator[Input]:
        return self._inbox.inputs()

    # What the board brings.

    async def begin_listening(self, mode: Mode) -> None:
        if self._voice.speaking:
            await self.abort(WAKE_WORD)
        self._mode = mode
        self._voice.run_ahead(OPEN_AHEAD_S if mode == "realtime" else AHEAD_S)
        self._unasked = mode != "manual" and self._answered_once and not self._expects
        self._listen()

    async def end_listening(self) -> None:
        """What was said until now is the request."""
        if self._sound is None:
            return
        if self._mode != "manual" or self._sound_s >= WORDS_SECONDS_MIN:
            self._sound.end()
            self._sound = None
        else:
            self._give_up_listening()
            await self.send(messages.tts(self.session_id, "stop"))

    def hear(self, packet: bytes) -> None:
        """Raises BadInput for what is no Opus. Sound that nobody waits for is dropped."""
        if self._sound is not None:
            chunk = self._ears.decode(packet)
            self._sound_s += chunk.seconds
            self._sound.put(chunk.pcm)

    async def wrote(self, text: str) -> None:
        """Words that were typed, or that the board itself recognised."""
        await self._silence()
        self._give_up_listening()
        self._heard, self._unasked = True, False
        await self.send(messages.stt(self.session_id, text[: self._line.limits.text_chars_max]))
        self._inbox.bring(Typed(text, self.info.language))

    async def woken(self) -> None:
        """By its wake word: what is said next is meant for us, unless another device answers."""
        self._woken = True
        self._answered_once = False
        if self.busy:
            await self.abort(WAKE_WORD)

    async def abort(self, reason: str) -> None:
        """Silence at once; nothing of the old answer comes any more. A wake word leaves what rings ringing."""
        self._answered_once = False
        told = bool(self._voice.speaking)
        if self._turn_id or (told and reason != WAKE_WORD):
            self._inbox.bring(Interrupt(reason))
        await self._silence()
        if not told:
            await self.send(messages.tts(self.session_id, "stop"))

    def end(self) -> None:
        """The inputs end, and whatever plays returns."""
        if self._ended:
            return
        self._ended = True
        if self._sound is not None:
            self._sound.end()
        self._voice.end()
        self._inbox.close()

    # What the hub brings.

    async def tell(self, turn_id: str, progress: Progress) -> None:
        self.active_at = self._line.clock.monotonic()
        if self._voice.is_stopped(turn_id):
            return
        match progress:
            case Heard(text=text, final=True):
                self._heard = True
                await self.send(messages.stt(self.session_id, text))
            case Phase(phase="thinking"):
                await self._thinking(turn_id)
            case Phase(phase="speaking"):
                await self._voice.begin(turn_id)
            case Phase(phase="idle") if turn_id:
                await self._over(turn_id)
            case Phase(phase="idle"):
                self._nothing_heard()
            case Answered():
                await self._answered(turn_id, progress)

    async def show(self, turn_id: str, card: Card) -> None:
        picture = picture_of(card)
        if picture and self.show_picture is not None and not self._voice.is_stopped(turn_id):
            await self.show_picture(picture)

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        self._answered_once = True
        await self._voice.play(turn_id, audio)
        self.active_at = self._line.clock.monotonic()

    async def stop(self, turn_id: str) -> None:
        if self._turn_id == turn_id:
            self._turn_id = ""
        await self._voice.stop(turn_id)

    async def send(self, frame: str | bytes) -> None:
        if not self._ended:
            await self._line.wire.send(frame)

    async def _thinking(self, turn_id: str) -> None:
        if self._unasked and not self._heard:
            log.debug("something was said that was not understood, and nobody had asked")
            await self.stop(turn_id)
            self._listen_on_or_hang_up()
            return
        self._turn_id, self._told, self._expects = turn_id, "", False
        await self.send(messages.emotion(self.session_id, "thinking", "🤔"))
        if self._mode == "realtime":
            self._unasked = True
            self._listen()

    async def _answered(self, turn_id: str, answered: Answered) -> None:
        text, told = answered.text, self._told
        fresh = text[len(told) :] if answered.streamed and text.startswith(told) else text
        self._told, self._expects, self._answered_once = text, answered.expects, True
        self._unasked = self._unasked and not answered.expects
        await self._voice.sentence(turn_id, fresh.strip())

    async def _over(self, turn_id: str) -> None:
        if self._turn_id == turn_id:
            self._turn_id = ""
        await self._voice.rest()

    def _nothing_heard(self) -> None:
        if self._sound is None:
            return
        if self._mode == "realtime" and (self.busy or self._expects):
            self._expects = self._expects and self.busy
            self._listen()
        elif self._mode != "manual" and not self.busy:
            self._line.hang_up()

    def _listen_on_or_hang_up(self) -> None:
        if self._mode == "realtime":
            self._listen()
        else:
            self._line.hang_up()

    def _give_up_listening(self) -> None:
        """It is not ended, for then it would be answered: the session lets it go for one that is empty."""
        if self._sound is not None:
            self._sound = None
            nothing = Listening()
            nothing.end()
            self._inbox.bring(Listen(nothing, "open", self.info.language))

    def _listen(self) -> None:
        """What was listened to before is let go by the session."""
        self._heard = False
        self._sound, self._sound_s = Listening(self._line.limits.listen_seconds_max), 0.0
        mode: ListenMode = "hold" if self._mode == "manual" else "open"
        woken, self._woken = "wake word" if self._woken else "", False
        self._inbox.bring(Listen(self._sound, mode, self.info.language, woken))

    async def _silence(self) -> None:
        for turn_id in {self._turn_id, self._voice.speaking} - {""}:
            await self.stop(turn_id)


def picture_of(card: Card) -> str:
    """The first picture on a card, or nothing."""
    lines = card.items if isinstance(card, ListCard) else card.choices if isinstance(card, TextCard) else ()
    return next((line.picture for line in lines if line.picture), "")
