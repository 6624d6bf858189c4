"""Silence when it is asked for, and nobody who answers themselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from fakes.desk import Desk, FakeEndpoint, settle
from fakes.streaming_ears import QUIET, SPEECH, WAKE, FakeStream, FakeVoiceActivity, FakeWake, Microphone, Spoken
from jingling.assistant.hear import Ears
from jingling.assistant.moment import PATIENCE_S
from jingling.assistant.session import ECHO_S
from jingling.assistant.stop_word import GRAMMARS
from jingling.core.endpoint import Heard, Listen, Phase, Typed
from jingling.core.errors import TooBusy
from jingling.core.turn import Reply, Turn
from jingling.schedule.commands import DismissRinging
from jingling.schedule.model import Entry
from jingling.sdk.skill import Do
from jingling.speech.endpointing import Endpointer, EndpointingSettings

STOP = Spoken(0.2, "stop", open=False)
GREET = Spoken(0.3, "greet", open=False)
UNSURE = Spoken(0.3, "greet", open=True)


async def greet(turn: Turn, do: Do) -> Reply:
    return Reply("Hello.")


async def name(turn: Turn, do: Do) -> Reply:
    return Reply("You can call me Hey Jarvis.")


HANDLERS = {"test.greet": greet, "test.name": name}


def ears(recognizer: FakeStream) -> Ears:
    settings = EndpointingSettings(patience_seconds=2.0)
    return Ears(recognizer, FakeWake, FakeVoiceActivity, lambda: Endpointer(settings), 30.0)


def ringing(desk: Desk) -> Entry:
    now = desk.clock.now()
    return Entry(
        id="e1", home_id="home", device_id=desk.endpoint.info.id, kind="timer", state="ringing",
        due_at=now, created_at=now, language="en",
    )  # fmt: skip


class Speaking(FakeEndpoint):
    """Its answers last until they are stopped; `cancels` its own echo or not."""

    def __init__(self, cancels: bool) -> None:
        super().__init__(hold=asyncio.Event())
        more = {"cancels_echo"} if cancels else set()
        self.info = replace(self.info, capabilities=self.info.capabilities | more)


@asynccontextmanager
async def talking(
    question: str, recognizer: FakeStream, cancels: bool = True
) -> AsyncIterator[tuple[Desk, Microphone]]:
    """An answer is being spoken, and the endpoint waits for its wake word."""
    async with Desk(HANDLERS, endpoint=Speaking(cancels), ears=ears(recognizer)) as desk:
        await desk.bring(Typed(question))
        assert desk.session.sounding
        microphone = Microphone()
        await desk.bring(Listen(microphone, "wake"))
        yield desk, microphone


async def bring(microphone: Microphone, *parts: tuple[bytes, float]) -> None:
    microphone.bring(*parts)
    await settle()


async def test_a_bare_stop_silences_an_endpoint_that_cancels_its_echo() -> None:
    recognizer = FakeStream([STOP])
    async with talking("greet", recognizer) as (desk, microphone):
        await bring(microphone, (QUIET, 0.2), (SPEECH, 0.4), (QUIET, 0.3))
        assert len(desk.endpoint.stopped) == 1 and not desk.session.busy
        assert all(one.grammars == GRAMMARS for one in recognizer.begun)
        assert desk.endpoint.answers[-1].text == "Hello.", "nothing is said to it"


async def test_without_echo_cancelling_only_the_wake_word_is_listened_for() -> None:
    recognizer = FakeStream([STOP])
    async with talking("greet", recognizer, cancels=False) as (desk, microphone):
        await bring(microphone, (SPEECH, 0.4), (QUIET, 0.4))
        assert desk.endpoint.stopped == [] and recognizer.begun == []
        await bring(microphone, (WAKE, 0.1))
        assert len(desk.endpoint.stopped) == 1
        assert ("", Phase("listening")) in desk.endpoint.told


async def test_other_words_do_not_silence_it() -> None:
    async with talking("greet", FakeStream()) as (desk, microphone):
        await bring(microphone, (SPEECH, 1.0), (QUIET, 0.5))
        assert desk.endpoint.stopped == []


async def test_the_wake_word_in_its_own_answer_is_no_wake_word() -> None:
    async with talking("name", FakeStream([GREET]), cancels=False) as (desk, microphone):
        await bring(microphone, (WAKE, 0.1), (QUIET, 0.5))
        assert desk.endpoint.stopped == []
        assert desk.endpoint.hold is not None
        desk.endpoint.hold.set()
        await settle()
        await bring(microphone, (WAKE, 0.1))
        assert ("", Phase("listening")) not in desk.endpoint.told, "its echo still hangs in the room"
        await desk.clock.advance(ECHO_S + 0.1)
        await bring(microphone, (WAKE, 0.1))
        assert ("", Phase("listening")) in desk.endpoint.told


async def test_a_bare_stop_silences_what_rings() -> None:
    async with Desk(HANDLERS, endpoint=Speaking(True), ears=ears(FakeStream([STOP]))) as desk:
        desk.schedule.all = [ringing(desk)]
        desk.session.rings = lambda: True
        await desk.bring(Listen(Microphone((QUIET, 0.2), (SPEECH, 0.4), (QUIET, 0.3)), "wake"))
        assert [type(command) for command in desk.done] == [DismissRinging]


@pytest.mark.parametrize(("cancels", "stopped"), [(True, 0), (False, 1)])
async def test_an_open_microphone_hears_no_answer_of_its_own(cancels: bool, stopped: int) -> None:
    async with Desk(HANDLERS, endpoint=Speaking(cancels), ears=ears(FakeStream())) as desk:
        await desk.bring(Typed("greet"))
        await desk.bring(Listen(Microphone(), "open"))
        assert len(desk.endpoint.stopped) == stopped


async def test_words_are_shown_while_they_are_spoken_and_thought_about_before_the_end() -> None:
    async with Desk(HANDLERS, ears=ears(FakeStream([UNSURE]))) as desk:
        microphone = Microphone((SPEECH, 1.0), (QUIET, 0.3))
        await desk.bring(Listen(microphone, "open"))
        assert [one for _, one in desk.endpoint.told if isinstance(one, Heard)] == [
            Heard("greet", "en", final=False)
        ]
        thoughts = len(desk.understander.contexts)
        assert thoughts > 0 and desk.records == [], "nothing is done about it"
        await bring(microphone, (QUIET, 0.3))
        assert desk.said == "Hello." and len(desk.understander.contexts) == thoughts, "it is known already"


async def test_who_has_to_wait_is_told_so_once_and_answered_then() -> None:
    recognizer = FakeStream([GREET])
    recognizer.gate.clear()
    async with Desk(HANDLERS, ears=ears(recognizer)) as desk:
        desk.session.one_moment = lambda language: "One moment."
        await desk.bring(Listen(Microphone((SPEECH, 1.0), (QUIET, 1.0)), "open"))
        assert desk.voice.spoken == []
        await desk.clock.advance(PATIENCE_S)
        assert desk.voice.spoken == ["One moment."]
        recognizer.gate.set()
        await settle()
        assert desk.voice.spoken == ["One moment.", "Hello."] and desk.endpoint.stopped == []


async def test_an_answer_in_time_needs_no_moment() -> None:
    async with Desk(HANDLERS, ears=ears(FakeStream([GREET]))) as desk:
        desk.session.one_moment = lambda language: "One moment."
        await desk.bring(Listen(Microphone((SPEECH, 1.0), (QUIET, 1.0)), "open"))
        await desk.clock.advance(10 * PATIENCE_S)
        assert desk.voice.spoken == ["Hello."]


async def test_who_is_turned_away_is_asked_to_say_it_again() -> None:
    async with Desk(HANDLERS, ears=ears(FakeStream([GREET], TooBusy("too many")))) as desk:
        await desk.bring(Listen(Microphone((SPEECH, 1.0), (QUIET, 1.0)), "open"))
        assert desk.said == "That was too much at once. Please say that again."


async def test_each_stage_of_a_spoken_turn_is_noted() -> None:
    async with Desk(HANDLERS, ears=ears(FakeStream([GREET]))) as desk:
        traces = []
        desk.session.trace = traces.append
        await desk.bring(Listen(Microphone((SPEECH, 1.0), (QUIET, 1.0)), "open"))
        (trace,) = traces
        told = trace.as_json()
        assert told["spoken"] and told["intent"] == "test.greet" and told["outcome"] == "done"
        assert list(told["after_ms"]) == ["ended", "heard", "thought", "acted", "voiced", "sent"]
        assert list(told["after_ms"].values()) == sorted(told["after_ms"].values())
        assert "Hello" not in str(told) and told["after_ms"]["ended"] == 200
