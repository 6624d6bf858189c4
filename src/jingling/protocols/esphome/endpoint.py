"""Voice hardware with ESPHome's native API as an Endpoint."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress

from jingling.core.audio import AudioChunk
from jingling.core.card import Card, TimerCard
from jingling.core.endpoint import Answered, EndpointInfo, Heard, Input, Interrupt, Listen, Phase, Progress
from jingling.core.errors import NotReady
from jingling.protocols.base import Host
from jingling.protocols.esphome.announcement import Announcements
from jingling.protocols.esphome.client import SPEAKER, About, Client
from jingling.protocols.esphome.run import Run, Step
from jingling.protocols.esphome.speech import FetchedSpeech, Speech, StreamedSpeech
from jingling.protocols.inbox import Inbox
from jingling.speech.listening import Listening

log = logging.getLogger(__name__)
STOPPED_REMEMBERED = 64
PACKET_BYTES_MAX = 65_536
RUN_SECONDS_MAX = 60.0
"""An announcement in the middle of a request would break it off."""
NO_TEXT = Answered("", "en")
NOWHERE = "streamed"
"""Firmware takes an answer without an address for none."""


class EsphomeEndpoint:
    """Also a `client.Talk`: what the device brings comes in by those methods. `end`: nothing comes any more."""

    def __init__(self, host: Host, device_id: str, about: About, client: Client) -> None:
        self._host = host
        self._device_id = device_id
        self._about = about
        self._client = client
        self._inbox = Inbox()
        self._run: Run | None = None
        self._listening: Listening | None = None
        self._speech: Speech | None = None
        self._speech_turn = ""
        self._text = ("", NO_TEXT)
        self._announcements = Announcements(host.clock, host.sounds, about, client)
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._ringing: set[str] = set()
        self._stopped: deque[str] = deque(maxlen=STOPPED_REMEMBERED)
        self._ended = False

    @property
    def info(self) -> EndpointInfo:
        device = self._host.devices.get(self._device_id)
        if device is None:
            return EndpointInfo(self._device_id, self._host.home_id, role="guest", capabilities=frozenset())
        return device.info(self._host.home_id)

    def inputs(self) -> AsyncIterator[Input]:
        return self._inbox.inputs()

    # What the device brings

    def started(self, wake_word: str | None, waits: bool) -> None:
        self._hush()
        self._end_listening()
        self._run = run = Run(waits)
        self._quiet.clear()
        self._client.tell(run.begin())
        if self._host.recognizer is None:
            self._client.tell(run.failed("no-recognizer", "this hub cannot hear; see `jingling doctor`"))
            return self._run_over()
        self._listening = Listening(None if waits else self._host.settings.limits.listen_seconds_max)
        mode = "wake" if waits else "open"
        woken = "" if waits else wake_word or ""
        return self._inbox.bring(Listen(self._listening, mode, self.info.language, woken))  # type: ignore[arg-type]

    def sound(self, pcm: bytes) -> None:
        if self._listening is not None and len(pcm) <= PACKET_BYTES_MAX:
            self._listening.put(pcm[: len(pcm) - len(pcm) % 2])

    def stopped(self, aborted: bool) -> None:
        """The sound is over; aborted: and nothing is wanted of it."""
        self._end_listening()
        run = self._run
        if not aborted or run is None:
            return
        self._run_over()
        self._hush()
        self._client.tell(run.silent())
        if run.turn_id:
            self._inbox.bring(Interrupt("aborted on the device"))
        else:
            nothing = Listening()
            nothing.end()
            self._inbox.bring(Listen(nothing, "open", self.info.language))

    def played(self) -> None:
        if isinstance(self._speech, FetchedSpeech):
            self._speech.over.set()

    def end(self) -> None:
        self._ended = True
        self._end_listening()
        self._hush()
        self._quiet.set()
        self._inbox.close()

    # What the hub puts out

    async def tell(self, turn_id: str, progress: Progress) -> None:
        if turn_id in self._stopped:
            return
        if isinstance(progress, Answered):
            self._text = (turn_id, progress)
        if self._run is not None:
            self._tell_run(self._run, turn_id, progress)
        if isinstance(progress, Phase) and progress.phase == "idle":
            await self._idle(turn_id)

    def _tell_run(self, run: Run, turn_id: str, progress: Progress) -> None:
        match progress:
            case Phase("listening"):
                self._client.tell(run.listening())
            case Heard(final=True):
                self._end_listening()
                self._client.tell(run.heard(progress.text))
            case Phase("thinking") if not run.turn_id:
                self._end_listening()
                self._client.tell(run.thinking(turn_id))
            case Answered() if turn_id == run.turn_id:
                self._client.tell(run.answered(progress.text, progress.expects))

    async def _idle(self, turn_id: str) -> None:
        run = self._run
        if run is None or turn_id not in ("", run.turn_id):
            return
        if self._speech is not None:
            await self._finish_speech()
        if self._run is not run:
            return
        self._run_over()
        failed = run.failed("stt-no-text-recognized", "nothing was understood")
        self._client.tell(run.silent() if turn_id else failed)

    async def show(self, turn_id: str, card: Card) -> None:
        """It has no screen; only that something rings matters."""
        if isinstance(card, TimerCard) and any(line.state == "ringing" for line in card.timers):
            self._ringing.add(turn_id)

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        try:
            if turn_id in self._stopped or self._ended:
                return
            if self._answers(turn_id):
                await self._answer(turn_id, audio)
            else:
                await self._announce(turn_id, audio)
        except NotReady as error:
            log.warning("%s stays silent: %s", self._device_id, error)
        finally:
            if isinstance(audio, AsyncGenerator):
                await audio.aclose()

    async def stop(self, turn_id: str) -> None:
        self._stopped.append(turn_id)
        self._ringing.discard(turn_id)
        run = self._run
        if run is not None and run.turn_id == turn_id:
            self._run_over()
            self._client.tell(run.silent())
        if self._speech is not None and self._speech_turn == turn_id:
            self._break_off()
        if self._announcements.break_off(turn_id):
            self._client.silence(self._about.players)

    def _answers(self, turn_id: str) -> bool:
        """Whether it belongs to the request that the device waits with."""
        if self._speech is not None:
            return self._speech_turn == turn_id
        return self._run is not None and self._run.turn_id == turn_id and not self._run.over

    async def _answer(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        self._speech = speech = self._speech or self._begin_speech(turn_id)
        await speech.say(audio)
        if not self._text_of(turn_id).streamed and self._speech is speech:
            await self._finish_speech()

    def _begin_speech(self, turn_id: str) -> Speech:
        assert self._run is not None
        self._speech_turn = turn_id
        if self._about.can(SPEAKER):
            self._client.tell(self._run.speaks(NOWHERE, streamed=True))
            return StreamedSpeech(self._host.clock, self._client)
        sound, url = self._host.sounds.offer(self._about.form, self._client.peer)
        self._client.tell(self._run.speaks(url, streamed=False))
        return FetchedSpeech(self._host.clock, sound)

    async def _finish_speech(self) -> None:
        speech = self._speech
        assert speech is not None
        try:
            await speech.finish()
        finally:
            if self._speech is speech:
                self._speech = None

    async def _announce(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        words = self._text_of(turn_id)
        if self._run is not None and not words.text:
            return await self._say_aside(turn_id, audio)
        with suppress(TimeoutError):
            async with asyncio.timeout(RUN_SECONDS_MAX):
                await self._quiet.wait()
        if turn_id in self._stopped or self._ended:
            return None
        cut_short = await self._announcements.say(turn_id, audio, words)
        if cut_short and self._ringing:
            self._inbox.bring(Interrupt("dismiss"))
        return None

    async def _say_aside(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        """Within a request: "one moment" after somebody has spoken; nothing else, which would disturb them."""
        if self._run is not None and Step.STT_VAD_START in self._run.told:
            await self._announcements.say(turn_id, audio, NO_TEXT, aside=True)

    def _text_of(self, turn_id: str) -> Answered:
        """What is said in it, as far as it was told."""
        return self._text[1] if self._text[0] == turn_id else NO_TEXT

    def _hush(self) -> None:
        """Somebody has called it: nothing more of what it says."""
        if self._speech is not None:
            self._stopped.append(self._speech_turn)
            self._break_off()
        self._announcements.break_off()

    def _break_off(self) -> None:
        assert self._speech is not None
        self._speech.break_off()
        self._speech = None
        self._client.silence(self._about.players)

    def _end_listening(self) -> None:
        if self._listening is not None:
            self._listening.end()
            self._listening = None

    def _run_over(self) -> None:
        self._run = None
        self._quiet.set()
