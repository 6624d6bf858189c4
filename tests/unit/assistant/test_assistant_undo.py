"""Taking back: step by step, through the gate, within its time and for the person who did it."""

from datetime import timedelta

from fakes.desk import Desk
from jingling.assistant.conversation import STEP_S_MAX, STEPS_MAX, Conversation
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import Interrupt, Typed
from jingling.core.turn import Intent, Reply, Turn
from jingling.home.commands import SetProperty
from jingling.sdk.skill import Do

ON = SetProperty(thing_id="lamp", property="power", value=True)
OFF = SetProperty(thing_id="lamp", property="power", value=False)
UNDO = {"undo": Intent("core.undo"), "cancel that": Intent("core.drop")}


async def light(turn: Turn, do: Do) -> Reply:
    await do(ON)
    return Reply("On.")


async def lock(turn: Turn, do: Do) -> Reply:
    await do(SetProperty(thing_id="door", property="power", value=True))
    return Reply("Locked.")


def desk() -> Desk:
    return Desk({"test.light": light, "test.lock": lock}, UNDO)


async def say(desk: Desk, text: str) -> str:
    await desk.bring(Typed(text))
    return desk.said


async def test_what_was_done_is_taken_back_once() -> None:
    async with desk() as held:
        await say(held, "light")
        assert await say(held, "undo") == "Okay, I've undone “light”."
        assert held.done[-1] == OFF.with_key(held.done[-1].key) and held.done[-1].key
        assert await say(held, "undo") == "There is nothing I could undo."
        assert len(held.done) == 2


async def test_taking_back_is_itself_not_taken_back() -> None:
    async with desk() as held:
        await say(held, "light")
        await say(held, "light")
        for _ in range(3):
            await say(held, "undo")
        assert [command.value for command in held.done] == [True, True, False, False]  # type: ignore[attr-defined]


async def test_taking_back_what_opens_a_door_wants_a_yes() -> None:
    async with desk() as held:
        await say(held, "lock")
        assert await say(held, "undo") == "Shall I really undo “lock”?"
        assert len(held.done) == 1
        assert await say(held, "yes") == "Okay, I've undone “lock”."
        assert len(held.done) == 2


async def test_a_no_leaves_it_as_it_is_and_to_be_undone_later() -> None:
    async with desk() as held:
        await say(held, "lock")
        await say(held, "undo")
        assert await say(held, "no") == "Okay, I won't."
        assert len(held.done) == 1
        assert await say(held, "undo") == "Shall I really undo “lock”?"


async def test_cancel_that_means_never_mind_when_nothing_was_done() -> None:
    async with desk() as held:
        assert await say(held, "cancel that") == "Okay, never mind."
        await say(held, "light")
        assert await say(held, "cancel that") == "Okay, I've undone “light”."


async def test_an_interruption_is_no_step() -> None:
    async with desk() as held:
        await say(held, "light")
        await held.bring(Interrupt())
        assert await say(held, "undo") == "Okay, I've undone “light”."


def test_steps_are_few_and_do_not_last() -> None:
    now, conversation = VirtualClock().now(), Conversation(60)
    for number in range(STEPS_MAX + 5):
        conversation.did(f"t{number}", "said", now, [OFF])
    assert len(conversation.steps) == STEPS_MAX
    conversation.begin(now + timedelta(seconds=STEP_S_MAX))
    assert len(conversation.steps) == STEPS_MAX
    conversation.begin(now + timedelta(seconds=STEP_S_MAX + 1))
    assert not conversation.steps


def test_what_one_turn_did_is_one_step_with_the_last_first() -> None:
    now, conversation = VirtualClock().now(), Conversation(60)
    conversation.did("t1", "good night", now, [ON])
    conversation.did("t1", "good night", now, [OFF])
    assert [step.commands for step in conversation.steps] == [(OFF, ON)]


def test_another_place_or_a_long_while_ends_what_it_was_about() -> None:
    now, conversation = VirtualClock().now(), Conversation(60)
    conversation.begin(now, "kitchen")
    conversation.memory["things"] = ["lamp"]
    conversation.begin(now + timedelta(seconds=30), "kitchen")
    assert conversation.memory
    conversation.begin(now + timedelta(seconds=40), "study")
    assert not conversation.memory
