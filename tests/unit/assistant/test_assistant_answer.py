"""What reaches an endpoint of a reply, in which order, and what does not once the turn is over."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from fakes.desk import FakeEndpoint, FakeVoice, settle
from jingling.assistant.answer import Answer, Outlet
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Answered, EndpointInfo, Phase
from jingling.core.errors import NotReady
from jingling.core.turn import Ask, Intent, Language, Reply
from jingling.speech.base import PLAIN, Manner
from jingling.speech.earcons import earcon

SPEAKER = EndpointInfo("box", capabilities=frozenset({"microphone", "speaker"}))
DONE = earcon("done").pcm


class Listener(FakeEndpoint):
    """Keeps the sound, and takes it chunk by chunk when `room` lets it."""

    def __init__(self, info: EndpointInfo | None = None, room: asyncio.Semaphore | None = None) -> None:
        super().__init__()
        self.info = info or self.info
        self.room = room
        self.sound: list[AudioChunk] = []

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        self.played.append(turn_id)
        async for chunk in audio:
            if self.room is not None:
                await self.room.acquire()
            self.sound.append(chunk)


class LongVoice(FakeVoice):
    """Ten chunks a sentence; knows what it is making and what was broken off. `fails` at this sentence."""

    def __init__(self, fails: str = "", rates: Sequence[int] = (16_000,)) -> None:
        super().__init__()
        self.fails = fails
        self.rates = list(rates)
        self.broken_off: list[str] = []

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        self.spoken.append(text)
        self.manners.append(manner)
        rate_hz = self.rates[(len(self.spoken) - 1) % len(self.rates)]
        if text == self.fails:
            raise NotReady("The voice is not running.")
        try:
            for _ in range(10):
                yield AudioChunk(bytes(2 * (rate_hz // 100)), rate_hz)
                await asyncio.sleep(0)
        except GeneratorExit:
            self.broken_off.append(text)
            raise


class Story:
    """A stream of sentences; `more` lets the next through."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        self.more = asyncio.Semaphore(0)
        self.closed = False

    async def told(self) -> AsyncIterator[str]:
        try:
            for sentence in self.sentences:
                await self.more.acquire()
                yield sentence
        finally:
            self.closed = True


def texts(endpoint: FakeEndpoint) -> list[str]:
    return [answer.text for answer in endpoint.answers]


async def test_the_text_comes_before_the_voice_and_the_end_after_it() -> None:
    endpoint, voice = Listener(), LongVoice()
    assert await Answer(voice).give(Outlet("t1", "en", endpoint), Reply("Hello.")) == "Hello."
    told = [progress for _, progress in endpoint.told]
    assert told == [Answered("Hello.", "en"), Phase("speaking"), Phase("idle")]
    assert len(endpoint.sound) == 10 and endpoint.played == ["t1"]


async def test_a_stream_is_one_sound_and_its_text_does_not_wait_for_it() -> None:
    room, story, voice = asyncio.Semaphore(0), Story("One. ", "Two. ", "Three."), LongVoice()
    endpoint = Listener(room=room)
    giving = asyncio.create_task(Answer(voice).give(Outlet("t1", "en", endpoint), Reply(story.told())))
    for _ in range(3):
        story.more.release()
        await settle()
    assert texts(endpoint) == ["One. ", "One. Two. ", "One. Two. Three."]
    assert len(endpoint.sound) == 0 and len(voice.spoken) >= 2  # the next is made while the first is heard
    for _ in range(30):
        room.release()
    assert await giving == "One. Two. Three."
    assert endpoint.played == ["t1"] and len(endpoint.sound) == 30


async def test_a_turn_that_is_cancelled_sends_nothing_more() -> None:
    room, story, voice = asyncio.Semaphore(3), Story("One. ", "Two. ", "Three."), LongVoice()
    endpoint = Listener(room=room)
    giving = asyncio.create_task(Answer(voice).give(Outlet("t1", "en", endpoint), Reply(story.told())))
    story.more.release()
    await settle()
    giving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await giving
    told, heard, spoken = len(endpoint.told), len(endpoint.sound), len(voice.spoken)
    for _ in range(3):
        story.more.release()
    for _ in range(30):
        room.release()
    await settle()
    assert (len(endpoint.told), len(endpoint.sound), len(voice.spoken)) == (told, heard, spoken)
    assert story.closed and asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_long_sentence_that_is_cancelled_frees_the_voice() -> None:
    class EndlessVoice(LongVoice):
        async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
            try:
                while True:
                    yield AudioChunk(bytes(320))
            finally:
                self.broken_off.append(text)

    endpoint, voice = Listener(room=asyncio.Semaphore(1)), EndlessVoice()
    giving = asyncio.create_task(Answer(voice).give(Outlet("t1", "en", endpoint), Reply("On and on.")))
    await settle()
    giving.cancel()
    await asyncio.wait_for(asyncio.gather(giving, return_exceptions=True), 1)
    assert voice.broken_off == ["On and on."]


async def test_a_voice_that_fails_leaves_the_whole_text() -> None:
    story = Story("One. ", "Two. ", "Three.")
    endpoint = Listener()
    for _ in range(3):
        story.more.release()
    said = await Answer(LongVoice(fails="Two. ")).give(Outlet("t1", "en", endpoint), Reply(story.told()))
    assert said == "One. Two. Three." == texts(endpoint)[-1]
    assert endpoint.told[-1] == ("t1", Phase("idle"))


async def test_one_sound_has_one_rate() -> None:
    story = Story("One. ", "Two.")
    endpoint = Listener()
    for _ in range(2):
        story.more.release()
    await Answer(LongVoice(rates=(16_000, 22_050))).give(Outlet("t1", "en", endpoint), Reply(story.told()))
    assert {chunk.rate_hz for chunk in endpoint.sound} == {16_000}
    assert sum(chunk.seconds for chunk in endpoint.sound) == pytest.approx(0.2, abs=0.01)


async def test_the_manner_is_that_of_the_device() -> None:
    asked: list[tuple[str, bool]] = []

    def manner(device_id: str, waking: bool) -> Manner:
        asked.append((device_id, waking))
        return Manner(quiet=not waking)

    endpoint, voice = Listener(SPEAKER), LongVoice()
    answer = Answer(voice, manner)
    await answer.speak(Outlet("t1", "en", endpoint), "Hello.")
    await answer.announce(Outlet("t2", "en", endpoint, waking=True), "Wake up.")
    assert voice.manners == [Manner(quiet=True), PLAIN] and asked == [("box", False), ("box", True)]


@pytest.mark.parametrize(
    ("reply", "done", "brief", "sounds"),
    [
        (Reply("On."), True, True, [DONE]),
        (Reply("On."), True, False, None),
        (Reply("It is warm."), False, True, None),
        (Reply("Which?", ask=Ask(Intent("a.b"), "x", "a/x")), True, True, None),
        (Reply("", spoken=False), False, False, [DONE]),
    ],
)
async def test_a_sound_may_stand_for_the_words(
    reply: Reply, done: bool, brief: bool, sounds: list[bytes] | None
) -> None:
    endpoint, voice = Listener(SPEAKER), LongVoice()
    await Answer(voice, brief=brief).give(Outlet("t1", "en", endpoint, done=done), reply)
    if sounds is None:
        assert voice.spoken == [reply.speech]
    else:
        assert [chunk.pcm for chunk in endpoint.sound] == sounds and voice.spoken == []


async def test_signals_are_for_those_who_have_no_screen_unless_they_called() -> None:
    screen, box = Listener(), Listener(SPEAKER)
    answer = Answer(None)
    for endpoint in (screen, box):
        await answer.signal(Outlet("t1", "en", endpoint), "listening")
    assert screen.sound == [] and len(box.sound) == 1
    await answer.signal(Outlet("t1", "en", screen), "listening", always=True)
    assert [chunk.pcm for chunk in screen.sound] == [earcon("listening").pcm]
    await Answer(None, earcons=False).signal(Outlet("t1", "en", box), "error", always=True)
    assert len(box.sound) == 1
