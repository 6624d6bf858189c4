"""What was only half understood is asked about, and never done before a yes."""

import pytest

from fakes.desk import Desk
from jingling.core.card import ConfirmCard, ListCard
from jingling.core.endpoint import Tapped, Typed
from jingling.core.turn import Intent, Reply, Turn
from jingling.home.commands import SetProperty
from jingling.language.base import Reading
from jingling.sdk.skill import Do


async def switch(turn: Turn, do: Do) -> Reply:
    thing = str(turn.intent.slots["name"])
    return Reply(f"{thing}: {(await do(SetProperty(thing_id=thing, property='power', value=True))).ok}")


async def unlock(turn: Turn, do: Do) -> Reply:
    return Reply(str((await do(SetProperty(thing_id="door", property="locked", value=False))).ok))


LAMP = Reading(Intent("test.switch", {"name": "lamp"}), "turn on the lamp", cost=1.0)
LAMB = Reading(Intent("test.switch", {"name": "lamb"}), "turn on the lamb", cost=1.2)
DOOR = Reading(Intent("test.unlock"), "unlock the door", cost=1.0)


def desk(*readings: Reading) -> Desk:
    made = Desk({"test.switch": switch, "test.unlock": unlock})
    made.understander.guesses["turn on the lam"] = readings
    return made


async def say(desk: Desk, text: str) -> str:
    await desk.bring(Typed(text))
    return desk.said


async def test_one_guess_is_asked_about_and_done_after_a_yes() -> None:
    async with desk(LAMP) as held:
        assert await say(held, "turn on the lam") == "Did you mean “turn on the lamp”?"
        assert held.done == [] and isinstance(held.endpoint.cards[-1][1], ConfirmCard)
        assert await say(held, "yes") == "lamp: True"
        assert len(held.done) == 1


async def test_a_no_brings_an_apology_and_nothing_else() -> None:
    async with desk(LAMP) as held:
        await say(held, "turn on the lam")
        assert "another way" in await say(held, "no")
        assert held.done == [] and held.conversation.question is None


async def test_a_yes_that_was_not_heard_for_sure_does_not_choose_a_guess() -> None:
    async with desk(LAMP) as held:
        await say(held, "turn on the lam")
        assert "didn't catch" in await say(held, "yes, faintly")
        assert held.done == []


@pytest.mark.parametrize(("answer", "thing"), [("answer 1", "lamp"), ("answer 2", "lamb"), ("answer lamb", "lamb")])
async def test_of_two_guesses_one_is_chosen_by_number_or_by_name(answer: str, thing: str) -> None:
    async with desk(LAMP, LAMB) as held:
        question = await say(held, "turn on the lam")
        assert question == "Did you mean “turn on the lamp” or “turn on the lamb”?"
        assert await say(held, answer) == f"{thing}: True"


async def test_of_two_guesses_one_is_tapped_on_the_card() -> None:
    async with desk(LAMP, LAMB) as held:
        await say(held, "turn on the lam")
        card = held.endpoint.cards[-1][1]
        assert isinstance(card, ListCard)
        await held.bring(Tapped(card.items[1].value))
        assert held.said == "lamb: True"


async def test_an_answer_that_names_neither_does_nothing() -> None:
    async with desk(LAMP, LAMB) as held:
        await say(held, "turn on the lam")
        assert "another way" in await say(held, "answer none")
        assert held.done == []


async def test_a_guess_that_is_only_of_the_last_resort_is_not_asked_about() -> None:
    made = Desk({"test.switch": switch}, last_resort=("switch",))
    made.understander.guesses["turn on the lam"] = (LAMP, LAMB)
    async with made as held:
        assert await say(held, "turn on the lam") == "lamp: True"


async def test_the_same_guess_twice_is_one_guess() -> None:
    async with desk(LAMP, Reading(LAMB.intent, LAMP.text, cost=1.2)) as held:
        assert await say(held, "turn on the lam") == "Did you mean “turn on the lamp”?"


async def test_a_risky_guess_still_wants_its_own_yes() -> None:
    async with desk(DOOR) as held:
        await say(held, "turn on the lam")
        assert "needs your yes" in await say(held, "yes")
        assert held.done == []
        assert await say(held, "yes") == "True"


async def test_a_guess_after_a_question_takes_nothing_for_an_answer_to_it() -> None:
    async with desk(LAMP) as held:
        await say(held, "unlock")
        assert await say(held, "turn on the lam") == "Did you mean “turn on the lamp”?"
        assert await say(held, "yes") == "lamp: True"
        assert [command.thing_id for command in held.done] == ["lamp"]  # type: ignore[attr-defined]
