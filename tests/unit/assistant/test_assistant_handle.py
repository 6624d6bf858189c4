"""From a thought to a reply: questions, confirmations, and every way in which a skill can fail."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from fakes.desk import Desk, settle
from jingling.assistant.conversation import Conversation
from jingling.core.card import ConfirmCard
from jingling.core.endpoint import Typed
from jingling.core.turn import Ask, Intent, Reply, Turn
from jingling.home.commands import SetProperty
from jingling.sdk.skill import Do

UNLOCK = SetProperty(thing_id="door", property="locked", value=False)
GATE = SetProperty(thing_id="gate", property="locked", value=False, read_back="And the gate?")


async def order(turn: Turn, do: Do) -> Reply:
    if "drink" not in turn.intent.slots:
        return Reply("Which drink?", ask=Ask(turn.intent, "drink", "test/drink"), end=False)
    return Reply(f"One {turn.intent.slots['drink']}.")


async def unlock_both(turn: Turn, do: Do) -> Reply:
    return Reply(f"{(await do(UNLOCK)).ok} {(await do(GATE)).ok}")


async def unlock_stubbornly(turn: Turn, do: Do) -> Reply:
    try:
        await do(UNLOCK)
    except Exception:
        return Reply("Unlocked!")
    return Reply("Confirmed.")


async def count(turn: Turn, do: Do) -> Reply:
    async def words() -> AsyncIterator[str]:
        for word in ("One. ", "Two. "):
            yield word

    return Reply(words())


async def remember(turn: Turn, do: Do) -> Reply:
    turn.memory["times"] = turn.memory.get("times", 0) + 1
    return Reply(str(turn.memory["times"]))


async def light(turn: Turn, do: Do) -> Reply:
    await do(SetProperty(thing_id="lamp", property="power", value=True))
    return Reply("On.")


async def hang(turn: Turn, do: Do) -> Reply:
    await asyncio.sleep(3600)
    return Reply()


async def fail(turn: Turn, do: Do) -> Reply:
    raise RuntimeError("the milk is off")


HANDLERS = {
    "test.order": order, "test.both": unlock_both, "test.stubborn": unlock_stubbornly, "test.count": count,
    "test.remember": remember, "test.light": light, "test.hang": hang, "test.fail": fail,
}  # fmt: skip


async def say(desk: Desk, text: str) -> str:
    await desk.bring(Typed(text))
    return desk.said


async def test_an_answer_goes_into_the_question_that_was_asked() -> None:
    async with Desk(HANDLERS) as desk:
        assert await say(desk, "order") == "Which drink?"
        assert desk.endpoint.answers[-1].expects
        assert await say(desk, "answer latte") == "One latte."
        assert not desk.endpoint.answers[-1].expects and desk.conversation.question is None


async def test_a_question_missed_once_is_asked_again_and_missed_twice_is_dropped() -> None:
    async with Desk(HANDLERS) as desk:
        await say(desk, "order")
        assert await say(desk, "mumble") == "Sorry, I didn't catch that. Which drink?"
        assert desk.endpoint.answers[-1].expects
        assert "let's leave it" in await say(desk, "mumble")
        assert not desk.endpoint.answers[-1].expects and desk.conversation.question is None
        assert "don't know how" in await say(desk, "answer latte")


async def test_another_wish_that_is_done_drops_the_question() -> None:
    async with Desk(HANDLERS) as desk:
        await say(desk, "order")
        assert await say(desk, "light") == "On."
        assert "don't know how" in await say(desk, "answer latte")


async def test_a_question_that_is_answered_by_another_is_asked_again() -> None:
    async with Desk(HANDLERS) as desk:
        await say(desk, "order")
        assert await say(desk, "remember") == "1 Which drink?"
        assert desk.endpoint.answers[-1].expects
        assert await say(desk, "answer latte") == "One latte."


class Model:
    """A fallback that knows some things."""

    async def reply(self, turn: Turn, do: Do, conversation: Conversation) -> Reply | None:
        return Reply(f"I know about {turn.utterance.text}.") if "whale" in turn.utterance.text else None


@pytest.mark.parametrize(("text", "answer"), [("whales", "I know about whales."), ("remember", "1")])
async def test_the_last_resort_comes_after_the_fallback(text: str, answer: str) -> None:
    sentences = {"whales": Intent("test.remember"), "remember": Intent("test.remember")}
    desk = Desk(HANDLERS, sentences, last_resort=("remember",))
    desk.turns = replace(desk.turns, act=replace(desk.turns.act, handling=desk.handling_with(Model())))
    desk.session = desk.new_session(desk.endpoint)
    async with desk:
        assert await say(desk, text) == answer


async def test_a_risky_command_is_read_back_with_a_card() -> None:
    async with Desk(HANDLERS) as desk:
        assert await say(desk, "both") == "This needs your yes. Shall I do it?"
        assert isinstance(desk.endpoint.cards[-1][1], ConfirmCard) and desk.done == []
        assert await say(desk, "yes") == "And the gate?"
        assert [command.thing_id for command in desk.done] == ["door"]  # type: ignore[attr-defined]
        assert await say(desk, "yes") == "True True"
        assert [command.thing_id for command in desk.done] == ["door", "gate"]  # type: ignore[attr-defined]


async def test_a_yes_that_was_not_heard_for_sure_opens_nothing() -> None:
    async with Desk(HANDLERS) as desk:
        await say(desk, "both")
        again = await say(desk, "yes, faintly")
        assert again == "Sorry, I didn't catch that. This needs your yes. Shall I do it?" and desk.done == []
        await say(desk, "yes")
        assert len(desk.done) == 1


async def test_a_no_ends_it() -> None:
    async with Desk(HANDLERS) as desk:
        await say(desk, "both")
        assert await say(desk, "no") == "Okay, I won't."
        assert "don't know how" in await say(desk, "yes") and desk.done == []


async def test_a_skill_that_swallows_the_confirmation_still_has_to_wait() -> None:
    async with Desk(HANDLERS) as desk:
        assert await say(desk, "stubborn") == "This needs your yes. Shall I do it?"
        assert desk.done == []
        assert await say(desk, "yes") == "Confirmed."


async def test_a_skill_that_fails_apologises_and_its_cause_is_logged_under_the_turn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Desk(HANDLERS) as desk:
        assert "something went wrong" in await say(desk, "fail")
        logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert desk.records[-1].turn_id in logged[-1].getMessage() and "the milk is off" in caplog.text


async def test_a_thought_that_fails_apologises() -> None:
    async with Desk(HANDLERS) as desk:
        assert "something went wrong" in await say(desk, "crash")
        assert await say(desk, "remember") == "1"


async def test_a_skill_that_hangs_is_given_up() -> None:
    async with Desk(HANDLERS, turn_seconds_max=0.02) as desk:
        desk.endpoint.bring(Typed("hang"))
        await asyncio.sleep(0.1)
        await settle()
        assert "took too long" in desk.said


async def test_an_intent_without_a_skill_is_said() -> None:
    async with Desk(HANDLERS, sentences={"fly": Intent("rocket.fly")}) as desk:
        assert "skill for that is not running" in await say(desk, "fly")


async def test_a_streamed_answer_is_told_piece_by_piece_and_can_be_repeated() -> None:
    async with Desk(HANDLERS, sentences={"again": Intent("core.repeat")}) as desk:
        await say(desk, "count")
        assert [answer.text for answer in desk.endpoint.answers] == ["One. ", "One. Two. "]
        assert desk.records[-1].text == "One. Two. " and desk.voice.spoken == ["One. ", "Two. "]
        assert await say(desk, "again") == "One. Two. "


async def test_memory_lasts_as_long_as_the_conversation() -> None:
    async with Desk(HANDLERS) as desk:
        assert [await say(desk, "remember"), await say(desk, "remember")] == ["1", "2"]
        await desk.clock.advance(61)
        assert await say(desk, "remember") == "1"


async def test_a_full_disk_is_said_and_nothing_is_done() -> None:
    async with Desk(HANDLERS) as desk:
        desk.database.broken = True
        desk.conversation.question = None
        await say(desk, "both")
        assert "can't write to my disk" in await say(desk, "yes") and desk.done == []
        desk.database.broken = False
        await say(desk, "both")
        assert await say(desk, "yes") == "And the gate?"


async def test_a_voice_that_is_not_ready_leaves_the_text() -> None:
    async with Desk(HANDLERS) as desk:
        desk.voice.broken = True
        assert await say(desk, "remember") == "1"
        assert desk.voice.spoken == [] and [record.text for record in desk.records] == ["1"]
