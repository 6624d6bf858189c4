"""A Wyoming satellite as an Endpoint: its pipelines become listening, what the hub puts out becomes events."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from msgspec import Struct

from jingling.core.audio import AudioChunk
from jingling.core.card import Card
from jingling.core.endpoint import Answered, EndpointInfo, Heard, Listen, Phase, Progress
from jingling.core.errors import BadInput, JinglingError
from jingling.protocols.base import Host
from jingling.protocols.inbox import Inbox
from jingling.protocols.timers import TimerNews
from jingling.protocols.waiting import cancelled, set_within
from jingling.protocols.wyoming.about import Info, audio_chunk, audio_start, failure, sound_of
from jingling.protocols.wyoming.codec import Event
from jingling.protocols.wyoming.wire import Wire
from jingling.speech.listening import Listening
from jingling.speech.pace import Pace, pieces
from jingling.speech.stream_resampler import StreamResampler

log = logging.getLogger(__name__)
RATE_HZ = 16_000
AHEAD_S = 0.3
"""Sound sent cannot be called back, and a wake word is to silence it at once."""
PLAYED_LATE_S = 0.5
RUN_S_MIN = 2.0
STOPPED_REMEMBERED = 64
ANNOUNCE_CHARS_MAX = 2_000


class RunPipeline(Struct, frozen=True):
    start_stage: Literal["wake", "asr", "intent", "handle", "tts"]
    end_stage: Literal["wake", "asr", "intent", "handle", "tts"] = "tts"
    restart_on_end: bool = False
    announce_text: str | None = None
    wake_word_name: str | None = None


@dataclass
class _Run:
    """One pipeline, from its request to its answer."""

    asked: RunPipeline
    begun_at: float
    woke: bool = False
    heard: bool = False


class SatelliteEndpoint:
    """`take` brings what the wire received, `end` says that nothing comes any more."""

    def __init__(self, host: Host, device_id: str, about: Info, wire: Wire) -> None:
        self._host = host
        self._device_id = device_id
        self._about = about
        self._wire = wire
        self._inbox = Inbox()
        self._run: _Run | None = None
        self._woken = False
        self._listening: Listening | None = None
        self._resampler: StreamResampler | None = None
        self._format = (0, 0)
        self._stopped: deque[str] = deque(maxlen=STOPPED_REMEMBERED)
        self._playing: dict[asyncio.Event, str] = {}
        self._announcing: asyncio.Task[None] | None = None
        self._ended = False

    @property
    def info(self) -> EndpointInfo:
        device = self._host.devices.get(self._device_id)
        if device is None:
            return EndpointInfo(self._device_id, self._host.home_id, role="guest", capabilities=frozenset())
        return device.info(self._host.home_id)

    def inputs(self) -> AsyncIterator[Any]:
        return self._inbox.inputs()

    async def take(self, event: Event) -> None:
        """Raises BadInput. Types that are not known are passed over."""
        match event.type:
            case "audio-chunk":
                await self._sound(event)
            case "run-pipeline":
                await self._pipeline(event)
            case "audio-stop":
                self._end_listening()
            case "detection":
                self._woken = True
                self._hush()
            case "played":
                for over in self._playing:
                    over.set()
            case "ping":
                await self._wire.send(Event("pong", {"text": event.data.get("text")}))
            case "error":
                log.warning("a Wyoming satellite reports an error (%s)", str(event.data.get("code"))[:64])

    async def end(self) -> None:
        self._ended = True
        self._end_listening()
        self._silence(None)
        await cancelled(self._announcing)
        self._inbox.close()

    async def timer(self, news: TimerNews) -> None:
        data: dict[str, Any] = {"id": news.id}
        if news.change == "started":
            data |= {"total_seconds": news.total_s, "name": news.name or None}
        elif news.change == "updated":
            data |= {"is_active": news.active, "total_seconds": news.left_s}
        await self._wire.send(Event(f"timer-{news.change}", data))

    async def tell(self, turn_id: str, progress: Progress) -> None:
        if turn_id in self._stopped:
            return
        match progress:
            case Phase("listening"):
                await self._begins_to_listen()
            case Heard(final=True):
                await self._heard(progress)
            case Answered():
                voice = {"language": progress.language}
                await self._wire.send(Event("synthesize", {"text": progress.text, "voice": voice}))
            case Phase("idle"):
                await self._run_ends(turn_id)

    async def show(self, turn_id: str, card: Card) -> None:
        """It has no screen."""

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        over = asyncio.Event()
        self._playing[over] = turn_id
        if turn_id in self._stopped or self._ended:
            over.set()
        try:
            await self._stream(audio, over)
        finally:
            del self._playing[over]

    async def stop(self, turn_id: str) -> None:
        self._stopped.append(turn_id)
        self._silence(turn_id)

    async def _stream(self, audio: AsyncIterator[AudioChunk], over: asyncio.Event) -> None:
        clock, pace, begun = self._host.clock, Pace(AHEAD_S), False
        try:
            async with aclosing(pieces(self._at_its_rate(audio))) as sound:
                async for piece in sound:
                    if await set_within(clock, pace.wait_s(clock.monotonic()), over):
                        return
                    if not begun:
                        begun = True
                        await self._wire.send(audio_start(piece.rate_hz))
                    await self._wire.send(audio_chunk(piece))
                    pace.sent(piece.seconds, clock.monotonic())
        finally:
            if begun:
                await self._wire.send(Event("audio-stop"))
        left_s = pace.left_s(clock.monotonic()) + PLAYED_LATE_S if begun else 0
        await set_within(clock, left_s, over)

    async def _at_its_rate(self, audio: AsyncIterator[AudioChunk]) -> AsyncIterator[AudioChunk]:
        rate_hz, resampler = self._about.rate_hz, None
        async for chunk in audio:
            if rate_hz is None or (resampler is None and chunk.rate_hz == rate_hz):
                yield chunk
                continue
            resampler = resampler or StreamResampler(chunk.rate_hz, rate_hz)
            yield resampler.feed(chunk)
        if resampler is not None:
            yield resampler.finish()

    def _hush(self) -> None:
        """Somebody has called it: nothing more of what it says."""
        self._stopped.extend(set(self._playing.values()))
        self._silence(None)

    def _silence(self, turn_id: str | None) -> None:
        for over, playing_id in self._playing.items():
            if turn_id in (None, playing_id):
                over.set()

    async def _pipeline(self, event: Event) -> None:
        try:
            asked = msgspec.convert(event.data, RunPipeline)
        except msgspec.ValidationError as error:
            raise BadInput(f"run-pipeline: {error}") from None
        self._end_listening()
        await self._begin(asked)

    async def _begin(self, asked: RunPipeline) -> None:
        if asked.start_stage == "tts":
            return await self._announce(asked.announce_text or "")
        if asked.start_stage not in ("wake", "asr"):
            return await self._wire.send(
                failure(f"start at wake, asr or tts, not {asked.start_stage}", "bad-stage")
            )
        if self._host.recognizer is None:
            return await self._wire.send(failure("this hub cannot hear; see `jingling doctor`", "no-recognizer"))
        self._run = _Run(asked, self._host.clock.monotonic())
        if asked.start_stage == "wake":
            await self._wire.send(Event("detect", {"names": list(self._host.settings.speech.wake_words)}))
            return self._listen("wake")
        await self._wire.send(Event("transcribe", {"language": self.info.language}))
        return self._listen("open", asked.wake_word_name or "")

    def _listen(self, mode: Literal["wake", "open"], woken: str = "") -> None:
        self._end_listening()
        seconds_max = None if mode == "wake" else self._host.settings.limits.listen_seconds_max
        self._listening = Listening(seconds_max)
        self._resampler = None
        self._format = (0, 0)
        self._inbox.bring(Listen(self._listening, mode, self.info.language, woken))

    def _end_listening(self) -> None:
        if self._listening is not None:
            self._listening.end()

    async def _sound(self, event: Event) -> None:
        """Some satellites send sound right after their wake word, without asking for a pipeline."""
        if self._run is None and self._woken:
            self._woken = False
            await self._begin(RunPipeline("asr"))
        if self._listening is not None and not self._listening.ended:
            self._listening.put(self._at_our_rate(sound_of(event)).pcm)

    def _at_our_rate(self, chunk: AudioChunk) -> AudioChunk:
        if self._resampler is None or self._format != (chunk.rate_hz, chunk.channels):
            self._resampler = StreamResampler(chunk.rate_hz, RATE_HZ)
            self._format = (chunk.rate_hz, chunk.channels)
        return self._resampler.feed(chunk)

    async def _begins_to_listen(self) -> None:
        run = self._run
        if run is None:
            return None
        if run.asked.start_stage == "wake" and not run.woke:
            run.woke = True
            return await self._wire.send(Event("detection", {"name": None}))
        return await self._wire.send(Event("voice-started"))

    async def _heard(self, heard: Heard) -> None:
        run = self._run
        if run is None:
            return
        run.heard, run.woke = True, False
        if not self._goes_on(run):
            self._end_listening()
        await self._wire.send(Event("voice-stopped"))
        await self._wire.send(Event("transcript", {"text": heard.text, "language": heard.language}))

    @staticmethod
    def _goes_on(run: _Run) -> bool:
        """It waits for its next wake word on the same stream of sound."""
        return run.asked.start_stage == "wake" and run.asked.restart_on_end

    async def _run_ends(self, turn_id: str) -> None:
        """Answered, or (without a turn) nothing was said."""
        run = self._run
        if run is None:
            return
        if self._goes_on(run):
            run.woke = False
            return
        self._run, self._woken = None, False
        self._end_listening()
        if not turn_id and not run.heard:
            await self._wire.send(failure("nothing was understood", "stt-no-text-recognized"))
        if run.asked.restart_on_end and self._may_restart(run):
            await self._begin(run.asked)

    def _may_restart(self, run: _Run) -> bool:
        """A pipeline that fails at once would fail again, for ever."""
        return run.heard or self._host.clock.monotonic() - run.begun_at >= RUN_S_MIN

    async def _announce(self, text: str) -> None:
        if self._host.voice is None or not text or len(text) > ANNOUNCE_CHARS_MAX:
            return await self._wire.send(failure("this cannot be said", "bad-text"))
        await cancelled(self._announcing)
        self._announcing = asyncio.create_task(self._say(text))
        return None

    async def _say(self, text: str) -> None:
        assert self._host.voice is not None
        language = self.info.language or ("zh" if self._host.settings.language == "zh" else "en")
        try:
            await self.play(f"{self._device_id}-announcement", self._host.voice.speak(text, language))
        except JinglingError as error:
            await self._wire.send(failure(str(error), "tts-failed"))
