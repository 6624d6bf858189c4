"""From sound to words: the three ways of listening, with detectors that do as they are told."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from fakes.desk import Desk, FakeEndpoint, settle
from jingling.assistant.hear import Ears, Failed, Hear, Hearing, Nothing, Said, Started, Woke
from jingling.core.audio import AudioChunk
from jingling.core.endpoint import Heard, Listen, ListenMode, Phase, Typed
from jingling.core.errors import BadInput, JinglingError, NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Ask, Language, Reply, Turn, Utterance
from jingling.sdk.skill import Do
from jingling.speech.base import Detection, Recognition
from jingling.speech.endpointing import Endpointer, EndpointingSettings
from jingling.speech.whole import WholeUtterance

TENTH_BYTES = 3_200
QUIET, SPEECH, WAKE = b"\x00", b"\x01", b"\x02"


def sound(*parts: tuple[bytes, float]) -> list[AudioChunk]:
    """Tenths of a second of quiet, speech or the wake word."""
    return [AudioChunk(kind * TENTH_BYTES) for kind, seconds in parts for _ in range(round(seconds * 10))]


async def stream(chunks: Sequence[AudioChunk]) -> AsyncIterator[AudioChunk]:
    for chunk in chunks:
        yield chunk
        await asyncio.sleep(0)


class FakeWake:
    words = ("jingling",)

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        return [Detection("jingling", 0.0)] if chunk.pcm[:1] == WAKE else []

    def reset(self) -> None:
        pass


class FakeVoiceActivity:
    def process(self, chunk: AudioChunk) -> float:
        return 1.0 if chunk.pcm[:1] == SPEECH else 0.0

    def reset(self) -> None:
        pass


class FakeRecognizer:
    """Hears `texts`, one after the other; an error among them is raised, None is nothing understood."""

    languages: frozenset[Language] = frozenset({"en"})

    def __init__(self, *texts: str | JinglingError | None) -> None:
        self.texts = list(texts)
        self.seconds: list[float] = []

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        return WholeUtterance(lambda audio: self.recognize(audio, grammars), 60.0)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        self.seconds.append(round(audio.seconds, 1))
        text = self.texts.pop(0) if self.texts else None
        if isinstance(text, JinglingError):
            raise text
        return Utterance(text, "en", 0.9) if text else None

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        pass

    async def close(self) -> None:
        pass


def ears(recognizer: FakeRecognizer, seconds_max: float = 30.0) -> Ears:
    settings = EndpointingSettings(seconds_max=seconds_max, patience_seconds=2.0)
    return Ears(recognizer, FakeWake, FakeVoiceActivity, lambda: Endpointer(settings), seconds_max)


async def heard(
    recognizer: FakeRecognizer, mode: ListenMode, chunks: Sequence[AudioChunk], expects: bool = False
) -> list[Hearing]:
    hear = Hear(ears(recognizer))
    listening = hear.listen(Listen(stream(chunks), mode), lambda: (), lambda: expects)
    return [one async for one in listening]


def kinds(hearings: Sequence[Hearing]) -> list[str]:
    return [type(one).__name__ for one in hearings]


async def test_held_sound_is_one_request_silence_and_all() -> None:
    recognizer = FakeRecognizer("greet")
    found = await heard(recognizer, "hold", sound((QUIET, 1), (SPEECH, 1), (QUIET, 2), (SPEECH, 1)))
    assert kinds(found) == ["Said"] and recognizer.seconds == [5.0]
    assert isinstance(found[0], Said) and found[0].ms["hear"] >= 0


async def test_held_sound_is_taken_up_to_the_limit() -> None:
    recognizer = FakeRecognizer("greet")
    hear = Hear(ears(recognizer, seconds_max=2.0))
    async for _ in hear.listen(Listen(stream(sound((SPEECH, 10))), "hold"), lambda: (), lambda: False):
        pass
    assert recognizer.seconds == [2.0]


async def test_open_listening_takes_one_request_to_the_end_of_speech() -> None:
    recognizer = FakeRecognizer("greet", "order")
    parts = sound((QUIET, 0.5), (SPEECH, 1), (QUIET, 1), (SPEECH, 1), (QUIET, 1))
    found = await heard(recognizer, "open", parts)
    assert kinds(found) == ["Started", "Said"] and len(recognizer.seconds) == 1


async def test_open_listening_loses_patience_when_nobody_speaks() -> None:
    recognizer = FakeRecognizer("greet")
    found = await heard(recognizer, "open", sound((QUIET, 5)))
    assert found == [Nothing(spoke=False)] and recognizer.seconds == []


async def test_sound_that_ends_in_a_word_is_still_heard() -> None:
    found = await heard(FakeRecognizer("greet"), "open", sound((SPEECH, 1)))
    assert kinds(found) == ["Started", "Said"]


async def test_a_voice_without_words_is_told_apart_from_silence() -> None:
    found = await heard(FakeRecognizer(None), "open", sound((SPEECH, 1), (QUIET, 1)))
    assert found == [Started(), Nothing(spoke=True)]


async def test_without_the_wake_word_nothing_is_heard() -> None:
    recognizer = FakeRecognizer("greet")
    assert await heard(recognizer, "wake", sound((SPEECH, 3), (QUIET, 1), (SPEECH, 1))) == []
    assert recognizer.seconds == []


async def test_the_wake_word_opens_for_one_request_again_and_again() -> None:
    request = [(WAKE, 0.1), (QUIET, 0.3), (SPEECH, 1), (QUIET, 1)]
    parts = sound(*request, (SPEECH, 2), (QUIET, 1), *request)
    found = await heard(FakeRecognizer("greet", "order"), "wake", parts)
    assert kinds(found) == ["Woke", "Started", "Said"] * 2
    assert found[0] == Woke("jingling")


async def test_an_open_question_needs_no_wake_word() -> None:
    found = await heard(FakeRecognizer("latte"), "wake", sound((SPEECH, 1), (QUIET, 1)), expects=True)
    assert kinds(found)[:2] == ["Started", "Said"]


@pytest.mark.parametrize("error", [NotReady("The recogniser stopped twice."), BadInput("Too long.")])
async def test_a_recogniser_that_fails_does_not_end_the_listening(error: JinglingError) -> None:
    request = [(WAKE, 0.1), (SPEECH, 1), (QUIET, 1)]
    found = await heard(FakeRecognizer(error, "greet"), "wake", sound(*request, *request))
    assert kinds(found) == ["Woke", "Started", "Failed", "Woke", "Started", "Said"]
    assert found[2] == Failed(str(error))


async def test_a_hub_without_ears_says_so() -> None:
    hear = Hear(None)
    assert not hear.ready
    with pytest.raises(NotReady, match="jingling doctor"):
        async for _ in hear.listen(Listen(stream([]), "hold"), lambda: (), lambda: False):
            pass


async def greet(turn: Turn, do: Do) -> Reply:
    return Reply("Hello.")


async def order(turn: Turn, do: Do) -> Reply:
    if "drink" not in turn.intent.slots:
        return Reply("Which drink?", ask=Ask(turn.intent, "drink", "test/drink"), end=False)
    return Reply(f"One {turn.intent.slots['drink']}.")


HANDLERS = {"test.greet": greet, "test.order": order}


async def test_what_was_heard_is_shown_and_answered() -> None:
    async with Desk(HANDLERS, ears=ears(FakeRecognizer("greet"))) as desk:
        await desk.bring(Listen(stream(sound((SPEECH, 1))), "hold"))
        shown = [progress.text for _, progress in desk.endpoint.told if isinstance(progress, Heard)]
        assert shown == ["greet"] and desk.said == "Hello."
        assert "hear" in desk.records[0].ms


async def test_the_wake_word_silences_an_answer_under_way() -> None:
    speaking = FakeEndpoint(hold=asyncio.Event())
    async with Desk(HANDLERS, endpoint=speaking, ears=ears(FakeRecognizer())) as desk:
        await desk.bring(Typed("greet"))
        assert desk.endpoint.stopped == []
        await desk.bring(Listen(stream(sound((WAKE, 0.1))), "wake"))
        assert len(desk.endpoint.stopped) == 1
        assert ("", Phase("listening")) in desk.endpoint.told


async def test_a_follow_up_is_taken_without_the_wake_word_and_only_while_the_question_is_open() -> None:
    said = sound((SPEECH, 1), (QUIET, 1))
    async with Desk(HANDLERS, ears=ears(FakeRecognizer("answer latte", "greet"))) as desk:
        await desk.bring(Typed("order"))
        await desk.bring(Listen(stream(said), "wake"))
        await settle()
        assert desk.said == "One latte."
        await desk.bring(Listen(stream(said), "wake"))
        assert desk.said == "One latte."


async def test_an_old_question_does_not_open_the_microphone() -> None:
    async with Desk(HANDLERS, ears=ears(FakeRecognizer("answer latte"))) as desk:
        await desk.bring(Typed("order"))
        await desk.clock.advance(3600)
        await desk.bring(Listen(stream(sound((SPEECH, 1), (QUIET, 1))), "wake"))
        assert desk.said == "Which drink?"


async def test_a_hub_without_ears_asks_to_type() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Listen(stream(sound((SPEECH, 1))), "hold"))
        assert "Please type instead" in desk.said


async def test_a_recogniser_that_fails_asks_to_type() -> None:
    async with Desk(HANDLERS, ears=ears(FakeRecognizer(NotReady("gone")))) as desk:
        await desk.bring(Listen(stream(sound((SPEECH, 1))), "hold"))
        assert "Please type instead" in desk.said


async def test_silence_brings_the_endpoint_back_to_rest() -> None:
    async with Desk(HANDLERS, ears=ears(FakeRecognizer())) as desk:
        await desk.bring(Listen(stream(sound((QUIET, 3))), "open"))
        assert desk.endpoint.told[-1] == ("", Phase("idle")) and desk.records == []
