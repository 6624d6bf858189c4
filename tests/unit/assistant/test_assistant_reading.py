"""Half sentences completed, requests taken apart: the pure parts, and what goes before what."""

import asyncio
from dataclasses import replace

import pytest

from fakes.desk import Desk, FakeEndpoint
from jingling.assistant.joints import blends, joints_of
from jingling.core.endpoint import Typed
from jingling.core.turn import Intent, Language, Reply, Turn
from jingling.home.commands import SetProperty
from jingling.sdk.skill import Do


async def switch(turn: Turn, do: Do) -> Reply:
    name = str(turn.intent.slots.get("name", "it"))
    await do(SetProperty(thing_id=name, property="power", value=True))
    return Reply(f"{name} is on.")


async def shrug(turn: Turn, do: Do) -> Reply:
    return Reply("No such thing.")


SENTENCES = {
    "turn on the lamp": Intent("test.switch", {"name": "lamp"}),
    "turn on the fan": Intent("test.switch", {"name": "fan"}),
    "turn on the moon": Intent("test.shrug"),
    "and the fan": Intent("core.followup", {"fragment": "the fan"}),
    "no the fan": Intent("core.correct", {"fragment": "the fan"}),
    "and the moon": Intent("core.followup", {"fragment": "the moon"}),
    "never mind": Intent("core.nevermind"),
}


def desk() -> Desk:
    return Desk({"test.switch": switch, "test.shrug": shrug}, SENTENCES, last_resort=("shrug",))


async def say(desk: Desk, text: str) -> str:
    await desk.bring(Typed(text))
    return desk.said


async def test_a_hint_is_put_into_the_sentence_before_it() -> None:
    async with desk() as held:
        await say(held, "turn on the lamp")
        assert await say(held, "and the fan") == "fan is on."
        assert held.conversation.history[-1].sentence == "turn on the fan"


async def test_a_hint_that_makes_no_sentence_is_not_understood() -> None:
    async with desk() as held:
        await say(held, "turn on the lamp")
        assert "don't know how" in await say(held, "and the moon")
        assert len(held.done) == 1


async def test_a_hint_with_nothing_before_it_is_not_understood() -> None:
    async with desk() as held:
        assert "don't know how" in await say(held, "and the fan")


async def test_a_correction_may_cut_the_answer_short() -> None:
    endpoint = FakeEndpoint(hold=asyncio.Event())
    async with replace(desk(), endpoint=endpoint) as held:
        await say(held, "turn on the lamp")
        assert held.session.busy, "the answer is still being spoken"
        await say(held, "no the fan")
        told = [(c.thing_id, c.value) for c in held.done if isinstance(c, SetProperty)]
        assert told == [("lamp", True), ("lamp", False), ("fan", True)]


async def test_two_requests_are_two_turns_with_keys_of_their_own() -> None:
    async with desk() as held:
        assert await say(held, "turn on the lamp and then turn on the fan") == "lamp is on. fan is on."
        assert len({command.key for command in held.done}) == 2
        assert [one.said for one in held.conversation.history] == ["turn on the lamp", "turn on the fan"]


async def test_a_request_of_which_one_part_is_not_understood_is_not_begun() -> None:
    async with desk() as held:
        assert "don't know how" in await say(held, "turn on the lamp and sing me a song")
        assert held.done == []


async def test_the_last_resort_takes_no_part_of_a_sentence() -> None:
    async with desk() as held:
        assert "don't know how" in await say(held, "turn on the lamp and turn on the moon")
        assert held.done == [] and await say(held, "turn on the moon") == "No such thing."


@pytest.mark.parametrize(
    ("sentence", "fragment", "language", "wanted"),
    [
        ("turn on the kitchen light", "the bedroom light", "en", "turn on the bedroom light"),
        ("what day is it", "tomorrow", "en", "what day is it tomorrow"),
        ("打开客厅灯", "卧室灯", "zh", "打开卧室灯"),
    ],
)
def test_a_fragment_is_tried_in_each_place(sentence: str, fragment: str, language: Language, wanted: str) -> None:
    tried = list(blends(sentence, fragment, language))
    assert wanted in tried and len(tried) <= 80
    assert fragment not in tried, "something of the sentence before it stays"


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [("a and b, then c", "en", 2), ("sand and land", "en", 1), ("开灯然后关窗，再唱歌", "zh", 2), ("and", "en", 0)],
)
def test_a_sentence_may_be_cut_at_its_joints(text: str, language: Language, count: int) -> None:
    assert len(list(joints_of(text, language))) == count
