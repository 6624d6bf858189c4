import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import numpy as np
import pytest

from fakes.tiny_models import tone
from fakes.wyoming_service import Service, wyoming_service
from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.grammar import Grammar
from jingling.speech.base import PLAIN, Detection, Manner
from jingling.speech.engines import wyoming, wyoming_client, wyoming_voice, wyoming_wake
from jingling.speech.engines.wyoming import WyomingRecognizer
from jingling.speech.engines.wyoming_client import address
from jingling.speech.engines.wyoming_voice import WyomingSynthesizer
from jingling.speech.engines.wyoming_wake import WyomingWake, WyomingWakeDetector

SOUND = AudioChunk(bytes(3_200))


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with wyoming_service() as made:
        yield made


@asynccontextmanager
async def rude(answer: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[str]:
    """A service that answers with what it likes."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"wyoming://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def grammar(language: str) -> Grammar:
    return Grammar(language, (), 0, 0, 1, language)


async def said(voice: WyomingSynthesizer, text: str = "hello", manner: Manner = PLAIN) -> list[AudioChunk]:
    return [piece async for piece in voice.speak(text, "en", manner)]


async def test_an_utterance_is_heard_while_it_is_spoken(service: Service) -> None:
    recognizer = WyomingRecognizer(address(service.name))
    service.so_far = ("turn", " on")
    recognition = recognizer.begin([grammar("en")])
    assert recognition.partial is None
    recognition.feed(SOUND)
    async with asyncio.timeout(5):
        while recognition.partial is None or recognition.partial.text != "turn on":  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    recognition.feed(SOUND)
    found = await recognition.finish()
    assert found is not None
    assert (found.text, found.language) == ("turn on the lamp", "en")
    assert bytes(service.heard) == SOUND.pcm * 2
    assert service.asked[0].data == {"language": "en"}
    await recognizer.close()


async def test_the_language_is_the_services_word_or_the_scripts(service: Service) -> None:
    recognizer = WyomingRecognizer(address(service.name))
    service.says = "打开灯"
    both = [grammar("en"), grammar("zh")]
    found = await recognizer.recognize(SOUND, both)
    assert found is not None
    assert found.language == "zh"
    assert "language" not in service.asked[0].data
    service.says, service.language = "ok", "zh"
    found = await recognizer.recognize(SOUND, both)
    assert found is not None
    assert found.language == "zh"
    service.says = " "
    assert await recognizer.recognize(SOUND, both) is None
    assert await recognizer.begin(both).finish() is None


async def test_a_service_that_fails_is_told(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    recognizer = WyomingRecognizer(address(service.name))
    service.says = None
    with pytest.raises(NotReady, match="is it running"):
        await recognizer.recognize(SOUND)
    service.complains = "no model"
    with pytest.raises(NotReady, match="no model"):
        await recognizer.recognize(SOUND)
    with pytest.raises(NotReady, match="is it running"):
        await WyomingRecognizer(address("wyoming://127.0.0.1:9")).prepare()


async def test_a_service_that_is_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wyoming, "ANSWER_S", 0.1)

    async def silent(writer: asyncio.StreamWriter) -> None: ...

    async with rude(silent) as name:
        recognizer = WyomingRecognizer(address(name))
        with pytest.raises(NotReady):
            await recognizer.recognize(SOUND)
        waiting = recognizer.begin([])
        waiting.feed(SOUND)
        waiting.give_up()
        await recognizer.close()
        assert not recognizer.tasks


@pytest.mark.parametrize(
    "sent",
    [
        b"garbage\n",
        b"[1, 2]\n",
        b'{"type": 7}\n' * 3,
        b"x" * 200_000,
        json.dumps({"type": "transcript", "data_length": 1 << 40}).encode() + b"\n",
        json.dumps({"type": "audio-chunk", "payload_length": -5}).encode() + b"\n",
        json.dumps({"type": "transcript", "data": {"words": 1}}).encode() + b"\n",
    ],
)
async def test_rude_answers_are_a_failure_and_no_more(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wyoming, "ANSWER_S", 0.3)
    monkeypatch.setattr(wyoming_voice, "FIRST_S", 0.3)

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        await writer.drain()
        writer.close()

    async with rude(answer) as name:
        with pytest.raises(NotReady):
            await WyomingRecognizer(address(name)).recognize(SOUND)
        with pytest.raises(NotReady):
            await said(WyomingSynthesizer(address(name)))


async def test_too_much_and_other_sound_is_refused(service: Service) -> None:
    recognition = WyomingRecognizer(address(service.name), seconds_max=1).begin([])
    with pytest.raises(BadInput, match="16 kHz mono"):
        recognition.feed(AudioChunk(bytes(10), 8_000))
    with pytest.raises(BadInput, match="At most 1 s"):
        recognition.feed(AudioChunk(bytes(32_002)))


async def test_it_speaks_in_short_pieces(service: Service) -> None:
    service.sound = tone(440, 0.5, 22_050)
    voice = WyomingSynthesizer(address(f"{service.name}?voice=amy"), volume=100)
    pieces = await said(voice)
    assert b"".join(one.pcm for one in pieces) == service.sound
    assert all(one.rate_hz == 22_050 and one.seconds <= 0.1 for one in pieces)
    assert service.asked[0].data == {"text": "hello", "voice": {"name": "amy"}}
    soft = await said(voice, manner=Manner(volume=0.5))
    loudest = [np.abs(np.frombuffer(one[3].pcm, "<i2").astype(int)).max() for one in (pieces, soft)]
    assert loudest[1] == pytest.approx(loudest[0] / 2, rel=0.02)
    await voice.close()


async def test_a_voice_in_another_form_or_without_end_is_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wyoming_voice, "SECONDS_MAX", 2.0)
    service.sound, service.width = tone(440, 0.5, 22_050), 4
    with pytest.raises(NotReady, match="16 bit mono"):
        await said(WyomingSynthesizer(address(service.name)))
    service.width, service.endless = 2, True
    with pytest.raises(NotReady, match="does not stop"):
        await said(WyomingSynthesizer(address(service.name)))


async def woken(detector: WyomingWakeDetector, chunks: int = 6) -> list[Detection]:
    found: list[Detection] = []
    for number in range(100):
        found += detector.process(SOUND if number < chunks else AudioChunk(b""))
        await asyncio.sleep(0.002)
        if found:
            break
    return found


async def test_it_wakes_and_listens_anew_after_a_reset(service: Service) -> None:
    wake = WyomingWake(address(service.name))
    detector = wake.detector()
    found = await woken(detector)
    assert [one.word for one in found] == ["ok_nabu"]
    assert 0 < found[0].at_s <= 0.6
    detector.reset()
    assert [one.word for one in await woken(detector)] == ["ok_nabu"]
    assert service.connections == 2
    await wake.close()
    assert not wake.tasks


async def test_a_wake_service_that_is_away_is_left_in_peace_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    async def refuses(writer: asyncio.StreamWriter) -> None:
        tries.append("")
        writer.close()

    async with rude(refuses) as name:
        wake = WyomingWake(address(name))
        assert await woken(wake.detector(), 50) == []
        await wake.close()
    assert len(tries) == 1


async def test_a_stream_that_nobody_feeds_is_closed(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wyoming_wake, "IDLE_S", 0.05)
    wake = WyomingWake(address(service.name))
    wake.detector().process(SOUND)
    async with asyncio.timeout(5):
        while wake.tasks:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "name", ["wyoming://", "wyoming://host", "http://host:1", "wyoming://host:99999", "host:1"]
)
def test_an_address_that_is_none_is_told(name: str) -> None:
    with pytest.raises(BadInput, match="wyoming://HOST:PORT"):
        address(name)


def test_an_address_may_name_languages_and_a_voice() -> None:
    found = address("wyoming://nas.local:10300?languages=zh&voice=huayan")
    assert (found.languages, found.voice, found.name) == ({"zh"}, "huayan", "wyoming://nas.local:10300")
    with pytest.raises(BadInput, match="languages"):
        address("wyoming://nas.local:10300?languages=fr")
    assert wyoming_client.EVENT_BYTES_MAX <= 1 << 20
