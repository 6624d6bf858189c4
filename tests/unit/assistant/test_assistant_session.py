"""One endpoint, one turn at a time: barge-in, the same request twice, taps, touches, interruptions."""

import asyncio
from datetime import timedelta

import pytest

from fakes.desk import DIALOG_S, Desk, FakeEndpoint, FakeSchedule, settle
from jingling.assistant.conversation import Conversation
from jingling.assistant.session import turn_id_of
from jingling.core.card import ConfirmCard
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import Adjusted, Interrupt, Phase, Tapped, Typed
from jingling.core.turn import Ask, Intent, Reply, Turn, Utterance
from jingling.home.commands import SetProperty
from jingling.schedule.commands import DismissRinging
from jingling.schedule.model import Entry
from jingling.sdk.skill import Do

UNLOCK = SetProperty(thing_id="door", property="locked", value=False, read_back="Unlock the door?")
LIGHT = SetProperty(thing_id="lamp", property="power", value=True)


async def greet(turn: Turn, do: Do) -> Reply:
    return Reply("Hello.")


async def light(turn: Turn, do: Do) -> Reply:
    return Reply("On." if (await do(LIGHT)).ok else "No.")


async def unlock(turn: Turn, do: Do) -> Reply:
    await do(LIGHT)
    return Reply("Unlocked." if (await do(UNLOCK)).ok else "No.")


async def order(turn: Turn, do: Do) -> Reply:
    if "drink" not in turn.intent.slots:
        return Reply("Which drink?", ask=Ask(turn.intent, "drink", "test/drink"), end=False)
    return Reply(f"One {turn.intent.slots['drink']}.")


async def wait(turn: Turn, do: Do) -> Reply:
    await asyncio.Event().wait()
    return Reply()


HANDLERS = {
    "test.greet": greet, "test.light": light, "test.unlock": unlock, "test.order": order, "test.wait": wait,
}  # fmt: skip


def ringing(device_id: str = "kitchen-screen") -> Entry:
    now = VirtualClock().now()
    return Entry(
        id="e1", home_id="home", device_id=device_id, kind="timer", state="ringing", due_at=now, created_at=now,
        language="en",
    )  # fmt: skip


async def test_a_new_request_ends_the_turn_under_way_and_silences_it() -> None:
    async with Desk(HANDLERS, endpoint=FakeEndpoint(hold=asyncio.Event())) as desk:
        await desk.bring(Typed("greet"))
        speaking = desk.endpoint.played[-1]
        await desk.bring(Typed("light"))
        assert desk.endpoint.stopped == [speaking]
        assert desk.said == "On." and [record.turn_id for record in desk.records] == []


async def test_barge_in_while_a_skill_thinks_cancels_it() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("wait"))
        await desk.bring(Typed("greet"))
        assert [record.text for record in desk.records] == ["Hello."] and len(desk.endpoint.stopped) == 1


async def test_the_same_request_twice_is_one_turn() -> None:
    async with Desk(HANDLERS) as desk:
        for _ in range(2):
            await desk.bring(Typed("light", request_id="r1"))
        assert len(desk.records) == 1 and desk.done == [desk.done[0]]
        await desk.bring(Typed("light", request_id="r2"))
        assert len(desk.records) == 2


async def test_the_same_request_over_a_new_connection_is_answered_again_and_done_once() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("light", request_id="r1"))
        again = FakeEndpoint()
        again.bring(Typed("light", request_id="r1"))
        again.bring(None)
        await desk.new_session(again).run()
        assert [answer.text for answer in again.answers] == ["On."] and len(desk.done) == 1


async def test_requests_of_other_devices_and_without_an_id_have_turns_of_their_own() -> None:
    assert turn_id_of("a", "r1") == turn_id_of("a", "r1")
    assert len({turn_id_of("a", "r1"), turn_id_of("b", "r1"), turn_id_of("a", "r2"), turn_id_of("ar", "1")}) == 4
    assert turn_id_of("a", "") != turn_id_of("a", "")


async def test_an_interruption_cuts_the_answer_short() -> None:
    async with Desk(
        HANDLERS, endpoint=FakeEndpoint(hold=asyncio.Event()), schedule=FakeSchedule(ringing())
    ) as desk:
        await desk.bring(Typed("greet"))
        await desk.bring(Interrupt())
        assert len(desk.endpoint.stopped) == 1 and desk.done == []
        await desk.bring(Interrupt())
        assert [type(command) for command in desk.done] == [DismissRinging]


async def test_the_stop_of_what_rings_is_heard_while_an_answer_is_spoken() -> None:
    async with Desk(
        HANDLERS, endpoint=FakeEndpoint(hold=asyncio.Event()), schedule=FakeSchedule(ringing())
    ) as desk:
        await desk.bring(Typed("greet"))
        await desk.bring(Interrupt("dismiss"))
        assert len(desk.endpoint.stopped) == 1
        assert [type(command) for command in desk.done] == [DismissRinging]


@pytest.mark.parametrize(("device_id", "meant"), [("kitchen-screen", "kitchen-screen"), ("bedroom-screen", "")])
async def test_an_interruption_in_silence_dismisses_what_rings(device_id: str, meant: str) -> None:
    async with Desk(HANDLERS, schedule=FakeSchedule(ringing(device_id))) as desk:
        await desk.bring(Interrupt())
        assert [command.device_id for command in desk.done if isinstance(command, DismissRinging)] == [meant]
        assert desk.voice.spoken == []


@pytest.mark.parametrize(("choice", "answer", "commands"), [("yes", "Unlocked.", 2), ("no", "Okay, I won't.", 1)])
async def test_a_tap_answers_the_confirmation(choice: str, answer: str, commands: int) -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("unlock"))
        turn_id, card = desk.endpoint.cards[-1]
        assert isinstance(card, ConfirmCard) and card.question == "Unlock the door?"
        await desk.bring(Tapped(choice, f"{turn_id}.confirm"))
        assert desk.said == answer and len(desk.done) == commands


@pytest.mark.parametrize("choice", ["maybe", "true", "YES", "answer"])
async def test_only_a_yes_is_a_yes(choice: str) -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("unlock"))
        await desk.bring(Tapped(choice))
        assert UNLOCK.thing_id not in [getattr(command, "thing_id", "") for command in desk.done]


async def test_a_tap_on_an_old_card_does_not_answer_a_new_question() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("order"))
        await desk.bring(Typed("unlock"))
        await desk.bring(Tapped("yes", "0123456789abcdef.confirm"))
        assert "not waiting for an answer" in desk.said and len(desk.done) == 1


async def test_a_yes_comes_too_late_after_a_minute() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("unlock"))
        await desk.clock.advance(DIALOG_S + 1)
        await desk.bring(Tapped("yes"))
        assert len(desk.done) == 1


async def test_a_tapped_choice_fills_the_slot_that_was_asked_for() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("order"))
        await desk.bring(Tapped("latte"))
        assert desk.said == "One latte."


async def test_a_tapped_choice_without_a_question_is_taken_as_typed() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Tapped("greet"))
        assert desk.said == "Hello."


async def test_a_touch_on_a_thing_needs_no_words() -> None:
    async with Desk(sentences={}, handlers={}) as desk:
        await desk.bring(Adjusted("lamp", "power", True, "r1"))
        assert desk.records[0].thought.turn.intent == Intent(
            "home.adjust", {"thing_id": "lamp", "name": "power", "value": True}, source="touch"
        )
        assert desk.records[0].turn_id == turn_id_of("kitchen-screen", "r1")


async def test_what_is_too_long_is_said_with_the_limit() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("x" * 101))
        assert "under 100 characters" in desk.said


async def test_what_holds_only_invisible_signs_is_answered() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("\u200b\u2060\x00"))
        assert "didn't catch" in desk.said


async def test_a_turn_ends_with_its_endpoint_and_its_commands_do_not() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("wait"))
        desk.endpoint.bring(None)
        await settle()
        assert desk.session.busy
        desk.session._turn.cancel()  # type: ignore[union-attr]
        await settle()
        assert not desk.session.busy and desk.records == []


async def test_the_endpoint_is_told_what_goes_on() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("greet"))
        phases = [progress.phase for _, progress in desk.endpoint.told if isinstance(progress, Phase)]
        assert phases == ["thinking", "speaking", "idle"]
        assert len({turn_id for turn_id, _ in desk.endpoint.told}) == 1


async def test_a_question_is_forgotten_with_time() -> None:
    async with Desk(HANDLERS) as desk:
        await desk.bring(Typed("order"))
        assert desk.conversation.open_question(desk.clock.now()) is not None
        later = desk.clock.now() + timedelta(seconds=DIALOG_S + 1)
        assert desk.conversation.open_question(later) is None


class Spoken:
    """A desk at which voices are known."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.of: dict[str | None, Conversation] = {}
        desk.session.conversation_of = lambda person: self.of.setdefault(person, Conversation(DIALOG_S))

    async def say(self, text: str, person: str | None) -> str:
        await self.desk.session.begin(Utterance(text, "en", speaker_id=person))
        await settle()
        return self.desk.said


async def test_a_question_is_answered_by_the_voice_that_it_was_asked_of() -> None:
    async with Desk(HANDLERS) as desk:
        spoken = Spoken(desk)
        assert await spoken.say("unlock", "anna") == "Unlock the door?"
        await spoken.say("yes", "ben")
        await spoken.say("yes", None)
        assert UNLOCK.property not in [getattr(command, "property", "") for command in desk.done]
        assert await spoken.say("yes", "anna") == "Unlocked."


async def test_each_exchange_knows_whose_it_is() -> None:
    async with Desk(HANDLERS) as desk:
        spoken = Spoken(desk)
        for person in ("anna", "ben", None):
            await spoken.say("greet", person)
        assert [turn.user_id for turn in desk.skill.turns] == ["anna", "ben", None]
        told = {person: [each.user_id for each in one.history] for person, one in spoken.of.items()}
        assert told == {"anna": ["anna"], "ben": ["ben"], None: [None]}


async def test_a_tap_answers_whoever_spoke_last() -> None:
    async with Desk(HANDLERS) as desk:
        assert await Spoken(desk).say("unlock", "anna") == "Unlock the door?"
        await desk.bring(Tapped("yes"))
        assert desk.said == "Unlocked."
