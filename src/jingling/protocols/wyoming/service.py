"""One program that uses our ears, voice, wake words and understanding."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from jingling.core.audio import AudioChunk
from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import BadInput, NotReady
from jingling.core.turn import Language, Utterance
from jingling.protocols.base import Host
from jingling.protocols.waiting import cancelled
from jingling.protocols.wyoming.about import audio_chunk, audio_start, failure, sound_of
from jingling.protocols.wyoming.codec import Event
from jingling.protocols.wyoming.offer import info
from jingling.protocols.wyoming.wire import Wire
from jingling.speech.base import Recognition, WakeDetector
from jingling.speech.pace import pieces
from jingling.speech.stream_resampler import StreamResampler

RATE_HZ = 16_000
WAKE_SECONDS_MAX = 24 * 3_600.0
SENTENCE = re.compile(r"(?:[^.!?。！？\n]|\.(?!\s))*(?:[!?。！？\n]|\.(?=\s))\s*")
"""A point ends one only before a blank: it may stand in a number."""
STREAM_TEXTS_MAX = 20
"""A stream has at most this many times the characters of one text."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Service:
    """`jobs` bounds what all programs together have under way. Takes one thing at a time, as they do."""

    def __init__(self, host: Host, wire: Wire, caller: EndpointInfo, jobs: asyncio.Semaphore) -> None:
        self._host = host
        self._wire = wire
        self._caller = caller
        self._jobs = jobs
        self._language: Language | None = None
        self._recognition: Recognition | None = None
        self._wake: WakeDetector | None = None
        self._wake_names: frozenset[str] = frozenset()
        self._woken = False
        self._resampler: tuple[tuple[int, int], StreamResampler] | None = None
        self._taken_s = 0.0
        self._text = ""
        self._streamed_chars = 0
        self._speaking: asyncio.Queue[str | None] | None = None
        self._spoken: asyncio.Task[None] | None = None
        self._takes: dict[str, Callable[[Event], Awaitable[None]]] = {
            "describe": self._describe, "ping": self._pong,
            "transcribe": self._transcribe, "detect": self._detect,
            "audio-start": self._begin, "audio-chunk": self._sound, "audio-stop": self._end,
            "synthesize": self._synthesize, "synthesize-start": self._speech_begins,
            "synthesize-chunk": self._speech_goes_on, "synthesize-stop": self._speech_ends,
            "recognize": self._recognize, "transcript": self._handle,
        }  # fmt: skip

    async def run(self) -> None:
        """Until the program is gone, or sends what cannot be read."""
        try:
            while (event := await self._wire.receive()) is not None:
                await self._take(event)
        except BadInput as error:
            await self._wire.send(failure(str(error), "bad-event"))
        finally:
            self._give_up()
            await cancelled(self._spoken)

    async def _take(self, event: Event) -> None:
        take = self._takes.get(event.type)
        if take is None:
            return
        try:
            await take(event)
        except NotReady as error:
            self._give_up()
            await self._wire.send(failure(str(error), "not-ready"))

    async def _describe(self, event: Event) -> None:
        recognizer, voice = self._host.recognizer, self._host.voice
        wakes = self._host.settings.speech.wake_words if self._host.wake else ()
        hears = recognizer.languages if recognizer else ()
        await self._wire.send(info(hears, voice.languages if voice else (), wakes, LANGUAGES))

    async def _pong(self, event: Event) -> None:
        await self._wire.send(Event("pong", {"text": event.data.get("text")}))

    # Ears and wake words

    async def _transcribe(self, event: Event) -> None:
        self._language = language_of(event.data.get("language"))
        self._wake = None

    async def _detect(self, event: Event) -> None:
        if self._host.wake is None:
            raise NotReady("this hub has no wake words; see `jingling doctor`")
        names = event.data.get("names") or ()
        self._wake_names = frozenset(str(name) for name in names)
        self._wake, self._woken, self._taken_s = self._host.wake(), False, 0.0

    async def _begin(self, event: Event) -> None:
        self._resampler, self._taken_s = None, 0.0
        if self._wake is None:
            self._give_up()
            self._recognition = self._ears().begin(self._host.grammars(self._language))

    async def _sound(self, event: Event) -> None:
        chunk = self._at_our_rate(sound_of(event))
        self._taken_s += chunk.seconds
        seconds_max = self._host.settings.limits.audio_file_seconds_max
        if self._taken_s > (WAKE_SECONDS_MAX if self._wake else seconds_max):
            raise BadInput(f"more than {seconds_max:g} s of sound; send audio-stop after what was said")
        if self._wake is not None:
            await self._listen(self._wake, chunk)
        elif self._recognition is not None:
            self._recognition.feed(chunk)

    async def _listen(self, wake: WakeDetector, chunk: AudioChunk) -> None:
        for found in wake.process(chunk):
            if not self._wake_names or found.word in self._wake_names:
                self._woken = True
                at_ms = round(found.at_s * 1_000)
                await self._wire.send(Event("detection", {"name": found.word, "timestamp": at_ms}))

    async def _end(self, event: Event) -> None:
        if self._wake is not None:
            if not self._woken:
                await self._wire.send(Event("not-detected"))
            self._wake.reset()
            self._woken = False
        elif self._recognition is not None:
            recognition, self._recognition = self._recognition, None
            async with self._jobs:
                said = await recognition.finish()
            await self._tell_transcript(said)

    async def _tell_transcript(self, said: Utterance | None) -> None:
        """As a stream of one piece (what is sent cannot be taken back), and whole for who knows of no streams."""
        text, language = (said.text, said.language) if said else ("", self._language)
        await self._wire.send(Event("transcript-start", {"language": language}))
        await self._wire.send(Event("transcript-chunk", {"text": text}))
        await self._wire.send(Event("transcript", {"text": text, "language": language}))
        await self._wire.send(Event("transcript-stop"))

    def _ears(self) -> Any:
        if self._host.recognizer is None:
            raise NotReady("this hub cannot hear; see `jingling doctor`")
        return self._host.recognizer

    def _at_our_rate(self, chunk: AudioChunk) -> AudioChunk:
        form = (chunk.rate_hz, chunk.channels)
        if self._resampler is None or self._resampler[0] != form:
            self._resampler = (form, StreamResampler(chunk.rate_hz, RATE_HZ))
        return self._resampler[1].feed(chunk)

    def _give_up(self) -> None:
        if self._recognition is not None:
            self._recognition.give_up()
            self._recognition = None

    # Voice

    async def _synthesize(self, event: Event) -> None:
        """Within a stream it is only a courtesy to those who know of none."""
        if self._speaking is not None:
            return
        voice = event.data.get("voice")
        language = language_of(voice.get("language") if isinstance(voice, dict) else None)
        await self._speak(self._checked(event), language)

    async def _speech_begins(self, event: Event) -> None:
        voice = event.data.get("voice")
        language = language_of(voice.get("language") if isinstance(voice, dict) else None)
        await cancelled(self._spoken)
        self._text = ""
        self._speaking = asyncio.Queue()
        self._streamed_chars = 0
        self._spoken = asyncio.create_task(self._speak_queued(self._speaking, language))

    async def _speech_goes_on(self, event: Event) -> None:
        """Each whole sentence is spoken while the next ones are still on their way."""
        if self._speaking is None:
            return
        self._text += (more := self._checked(event))
        self._streamed_chars += len(more)
        if self._streamed_chars > STREAM_TEXTS_MAX * self._chars_max:
            raise BadInput("the text that is streamed is too long")
        while (found := SENTENCE.match(self._text)) is not None:
            self._text = self._text[found.end() :]
            self._speaking.put_nowait(found[0])

    async def _speech_ends(self, event: Event) -> None:
        if self._speaking is None or self._spoken is None:
            return
        self._speaking.put_nowait(self._text)
        self._speaking.put_nowait(None)
        spoken, self._speaking, self._spoken = self._spoken, None, None
        await spoken
        await self._wire.send(Event("synthesize-stopped"))

    async def _speak_queued(self, sentences: "asyncio.Queue[str | None]", language: Language | None) -> None:
        failed = False
        while (sentence := await sentences.get()) is not None:
            if not sentence.strip() or failed:
                continue
            try:
                await self._speak(sentence, language)
            except NotReady as error:
                failed = True
                await self._wire.send(failure(str(error), "not-ready"))

    async def _speak(self, text: str, language: Language | None) -> None:
        if self._host.voice is None:
            raise NotReady("this hub has no voice; see `jingling doctor`")
        begun = False
        async with self._jobs:
            async for piece in pieces(self._host.voice.speak(text, language or written_in(text))):
                if not begun:
                    begun = True
                    await self._wire.send(audio_start(piece.rate_hz))
                await self._wire.send(audio_chunk(piece))
                if self._wire.gone.is_set():
                    return
        if not begun:
            await self._wire.send(audio_start(RATE_HZ))
        await self._wire.send(Event("audio-stop"))

    # Understanding

    async def _recognize(self, event: Event) -> None:
        text = self._checked(event)
        meant = self._host.understand(text, language_of(event.data.get("language")))
        more = {"text": text, "context": event.data.get("context")}
        if meant is None:
            return await self._wire.send(Event("not-recognized", more))
        entities = [{"name": name, "value": value} for name, value in meant.slots.items()]
        return await self._wire.send(Event("intent", {"name": meant.name, "entities": entities, **more}))

    async def _handle(self, event: Event) -> None:
        text, context = self._checked(event), event.data.get("context")
        async with self._jobs:
            done = await self._host.ask(text, language_of(event.data.get("language")), self._caller)
        reply, more = str(done.get("reply") or ""), {"context": context}
        if done.get("intent") is None:
            return await self._wire.send(Event("not-handled", {"text": reply, **more}))
        await self._wire.send(Event("handled-start", more))
        await self._wire.send(Event("handled-chunk", {"text": reply}))
        await self._wire.send(Event("handled", {"text": reply, **more}))
        return await self._wire.send(Event("handled-stop"))

    @property
    def _chars_max(self) -> int:
        return self._host.settings.limits.text_chars_max

    def _checked(self, event: Event) -> str:
        text = event.data.get("text")
        if not isinstance(text, str) or len(text) > self._chars_max:
            raise BadInput(f"{event.type} needs a text of at most {self._chars_max} characters")
        return "".join(sign for sign in text if sign.isprintable() or sign.isspace())


def language_of(tag: object) -> Language | None:
    """Of a tag such as zh-CN or en_US; None: any."""
    plain = str(tag or "").lower()[:2]
    return next((language for language in LANGUAGES if plain == language), None)


def written_in(text: str) -> Language:
    return "zh" if any("一" <= sign <= "鿿" for sign in text) else "en"
