"""Words that are known while they are spoken: how they are told, when they end, what is thought ahead."""

from collections.abc import Sequence

import pytest

from fakes.streaming_ears import QUIET, SPEECH, FakeStream, FakeVoiceActivity, FakeWake, Microphone, Spoken
from jingling.assistant.hear import Around, Ears, Failed, Hear, Hearing, Likely, Nothing, Partly, Said
from jingling.core.endpoint import Listen, ListenMode
from jingling.core.errors import NotReady, TooBusy
from jingling.speech.endpointing import Endpointer, EndpointingSettings

LIGHT = Spoken(0.3, "turn on the light")
KITCHEN = Spoken(1.3, "turn on the light in the kitchen", open=False)


def ears(recognizer: FakeStream) -> Ears:
    settings = EndpointingSettings(patience_seconds=2.0)
    return Ears(recognizer, FakeWake, FakeVoiceActivity, lambda: Endpointer(settings), 30.0)


async def heard(
    recognizer: FakeStream, *parts: tuple[bytes, float], mode: ListenMode = "open", around: Around | None = None
) -> list[Hearing]:
    microphone = Microphone(*parts)
    microphone.close()
    listening = Hear(ears(recognizer)).listen(Listen(microphone, mode), lambda: (), lambda: False, around)
    return [one async for one in listening]


def said(found: Sequence[Hearing]) -> list[str]:
    return [one.utterance.text for one in found if isinstance(one, Said)]


async def test_the_words_are_told_while_they_are_spoken_and_only_when_they_change() -> None:
    found = await heard(FakeStream([LIGHT, KITCHEN]), (SPEECH, 2.0), (QUIET, 1.0))
    assert [one.text for one in found if isinstance(one, Partly)] == [LIGHT.text, KITCHEN.text]
    assert said(found) == [KITCHEN.text]


@pytest.mark.parametrize(
    ("last", "silence_ms"), [(KITCHEN, 200), (LIGHT, 380), (Spoken(0.3, "turn on the", complete=False), 1000)]
)
async def test_a_sentence_that_is_complete_ends_sooner(last: Spoken, silence_ms: int) -> None:
    found = await heard(FakeStream([Spoken(0.3, "turn"), last]), (SPEECH, 2.0), (QUIET, 3.0))
    (one,) = [one for one in found if isinstance(one, Said)]
    assert one.ms["silence"] == pytest.approx(silence_ms, abs=20)


async def test_a_pause_behind_a_complete_sentence_is_not_the_end_when_the_speaker_goes_on() -> None:
    recognizer = FakeStream([LIGHT, KITCHEN])
    found = await heard(recognizer, (SPEECH, 1.0), (QUIET, 0.3), (SPEECH, 1.0), (QUIET, 1.0))
    assert said(found) == [KITCHEN.text]
    likely = [one.utterance.text for one in found if isinstance(one, Likely)]
    assert likely[0] == LIGHT.text, "it was thought about meanwhile"
    first, second = recognizer.begun
    assert first.finished and first.given_up and second.spoken_s == pytest.approx(2.0)


async def test_the_words_are_worked_out_before_the_end_is_sure() -> None:
    recognizer = FakeStream([LIGHT])
    found = await heard(recognizer, (SPEECH, 1.0), (QUIET, 1.0))
    assert [type(one).__name__ for one in found] == ["Started", "Partly", "Likely", "Said"]
    assert len(recognizer.begun) == 1 and recognizer.begun[0].seconds < 1.2


async def test_held_sound_is_heard_while_it_comes() -> None:
    recognizer = FakeStream([LIGHT, KITCHEN])
    found = await heard(recognizer, (SPEECH, 1.0), (QUIET, 2.0), (SPEECH, 1.0), mode="hold")
    assert said(found) == [KITCHEN.text] and len(recognizer.begun) == 1


async def test_who_is_turned_away_is_told_so_and_a_broken_recogniser_is_another_thing() -> None:
    for problem, busy in ((TooBusy("too many"), True), (NotReady("gone"), False)):
        found = await heard(FakeStream([LIGHT], problem), (SPEECH, 1.0), (QUIET, 1.0))
        assert found[-1] == Failed(str(problem), busy)


async def test_speech_that_means_nothing_is_waited_for_and_told() -> None:
    found = await heard(FakeStream(), (SPEECH, 1.0), (QUIET, 1.0))
    assert found[-1] == Nothing(spoke=True)


async def test_each_device_stands_in_its_own_line() -> None:
    recognizer = FakeStream([LIGHT])
    await heard(recognizer, (SPEECH, 1.0), (QUIET, 1.0), around=Around("kitchen"))
    assert {one.for_whom for one in recognizer.begun} == {"kitchen"}


async def test_nothing_is_left_with_the_recogniser_when_nobody_listens_any_more() -> None:
    recognizer, microphone = FakeStream([LIGHT]), Microphone((SPEECH, 1.0))
    listening = Hear(ears(recognizer)).listen(Listen(microphone, "open"), lambda: (), lambda: False)
    await anext(listening)
    await listening.aclose()
    assert [one.given_up for one in recognizer.begun] == [True]
