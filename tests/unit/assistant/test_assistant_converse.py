"""A language model in the conversation: what it sees, what it may do, and what happens when it fails."""

import asyncio
import json
import time

from fakes.scripted_model import Piece, ScriptedModel, talking_home, use
from jingling.assistant.breaker import FIRST_S, LONGEST_S, Breaker
from jingling.core.endpoint import EndpointInfo, Typed
from jingling.language.chat.base import Call, ChatFailed, Message
from jingling.settings import LanguageModelSettings

PLAIN = "Sorry, I don't know how to do that yet. Ask me what you can say."


def results(model: ScriptedModel) -> list[dict[str, object]]:
    """What the tools told the model last."""
    return [json.loads(message.content) for message in model.asked[-1] if message.role == "tool"]


async def test_what_no_sentence_understands_is_answered_by_the_model() -> None:
    async with talking_home(["Dogs bark. ", "Cats **meow**."]) as home:
        assert (await home.say("tell me about animals"))["reply"] == "Dogs bark. Cats meow."


async def test_what_a_sentence_understands_never_reaches_the_model() -> None:
    async with talking_home(["no"]) as home:
        assert "counter light" in (await home.say("turn off the counter light"))["reply"]
        assert home.model.asked == []


async def test_a_tool_call_is_done_by_the_skill_and_told_to_the_model() -> None:
    async with talking_home([use("HassTurnOff", name="counter light")], ["It is dark now."]) as home:
        said = await home.say("the glare above the sink is killing me")
        assert (said["reply"], said["commands"]) == ("It is dark now.", [{"name": "home.setProperty", "ok": True}])
        assert home.value("counter_light", "power") is False
        (told,) = results(home.model)
        assert "counter light is off" in str(told["answer"])
        assert told["commands"] == [{"name": "home.setProperty", "done": True}]


async def test_a_mandarin_call_is_done_too() -> None:
    async with talking_home([use("HassTurnOff", name="料理台灯")], ["已经关了。", "还要别的吗？"]) as home:
        said = await home.say("水池上面太刺眼了")
        assert said["reply"] == "已经关了。还要别的吗？"


async def test_the_model_sees_the_home_and_the_whole_conversation() -> None:
    async with talking_home(["Fine."]) as home:
        await home.say("turn on the kettle")
        await home.say("how do you feel about it")
        system, *history = home.model.asked[0]
        assert system.role == "system"
        data = json.loads(system.content.partition("The home's data:\n")[2])
        assert (data["speaker_is_in"], data["person_is"], data["now"]) == (
            "kitchen",
            "owner",
            "2026-11-22T09:00+00:00",
        )
        assert {"name": "kettle", "type": "outlet", "room": "kitchen", "is": {"power": True}} in data["things"]
        assert [message.role for message in history] == ["user", "assistant", "user"]
        assert history[0].content == "[09:00, kitchen] turn on the kettle"
        assert "kettle" in history[1].content and "[home.setProperty done]" in history[1].content
        assert history[2] == Message("user", "how do you feel about it")


async def test_the_local_part_sees_what_the_model_did() -> None:
    async with talking_home([use("HassTurnOff", name="counter light")], ["Done."]) as home:
        await home.say("the glare is killing me")
        said = await home.say("turn it on again")
        assert home.value("counter_light", "power") is True, said


async def test_what_the_model_did_can_be_undone() -> None:
    async with talking_home(
        [use("HassTurnOff", name="counter light"), use("HassTurnOn", name="kettle")], ["Done."]
    ) as home:
        await home.say("the glare is killing me and i am thirsty")
        await home.say("undo that")
        assert (home.value("counter_light", "power"), home.value("kettle", "power")) == (True, False)


async def test_what_was_said_before_is_forgotten_with_the_conversation() -> None:
    async with talking_home(["Fine."]) as home:
        await home.say("turn on the kettle")
        await home.clock.advance(600)
        await home.say("how do you feel about it")
        assert [message.role for message in home.model.asked[0]] == ["system", "user"]


async def test_the_skills_own_question_is_put_to_the_person() -> None:
    async with talking_home([use("coffee-orderSomething")], ["never said"]) as home:
        said = await home.say("i am so tired, do something")
        assert "hich" in said["reply"] and said["asks"] == "coffee/drink"
        assert len(home.model.asked) == 1
        await home.say("a large latte")
        assert home.value("coffee_machine", "state") == "heating"


FAILURES: list[list[Piece]] = [
    [5.0],
    ["No end of this sentence", 5.0],
    [ChatFailed("unreachable")],
    [ChatFailed("refused")],
    [ChatFailed("garbage")],
    [ChatFailed("unauthorized")],
    ["half", ChatFailed("unreachable")],
    [],
    ["\x00\x07 *** 🎉"],
    [use("nonsense")],
    [Call("home-lock", "{{{")],
    [Call("home-lock", "[1]")],
    [Call("", "")],
    [use("HassTurnOn", colour="red")],
]


async def test_a_model_that_fails_leaves_the_plain_local_answer_in_time() -> None:
    async with talking_home() as home:
        for pieces in FAILURES:
            home.now_says(pieces)
            begun = time.perf_counter()
            said = await home.say("what is the meaning of life")
            assert (said["reply"], said["commands"]) == (PLAIN, []), pieces
            assert time.perf_counter() - begun < 2, pieces
            assert len(home.model.asked) <= 2, pieces


async def test_a_wrong_call_is_told_once_and_may_be_mended() -> None:
    wrong, right = use("HassTurnOff", thing="counter light"), use("HassTurnOff", name="counter light")
    async with talking_home([wrong], [right], ["Done."]) as home:
        assert (await home.say("kill the glare"))["reply"] == "Done."
        assert "no argument thing" in str(results(home.model)[0]["problem"])


async def test_what_was_done_is_said_by_the_skill_when_the_model_fails_afterwards() -> None:
    first = [use("HassTurnOff", name="counter light"), use("HassTurnOn", name="kettle")]
    async with talking_home(first, [ChatFailed("unreachable")]) as home:
        said = await home.say("kill the glare and make the water hot")
        assert "counter light is off" in said["reply"] and "kettle is on" in said["reply"]


async def test_an_answer_that_breaks_off_says_so() -> None:
    async with talking_home(["One. Two. And", ChatFailed("unreachable")]) as home:
        said = await home.say("count for me")
        assert said["reply"] == "One. Two. Sorry, my source broke off there."


async def test_after_a_failure_nobody_waits_for_the_server_until_its_time_is_over() -> None:
    async with talking_home([ChatFailed("unreachable")], ["Back."]) as home:
        assert (await home.say("what is love"))["reply"] == PLAIN
        assert (await home.say("what is love"))["reply"] == PLAIN
        assert len(home.model.asked) == 1
        await home.clock.advance(FIRST_S)
        assert (await home.say("what is love"))["reply"] == "Back."


def test_the_breaker_waits_longer_each_time_and_closes_when_it_works() -> None:
    breaker = Breaker()
    waits = [breaker.failed(0.0) for _ in range(8)]
    assert waits[:3] == [FIRST_S, 2 * FIRST_S, 4 * FIRST_S] and waits[-1] == LONGEST_S
    assert breaker.is_open(LONGEST_S - 1) and not breaker.is_open(LONGEST_S)
    breaker.worked()
    assert not breaker.is_open(0.0)
    assert breaker.failed(0.0, retry_s=60) == 60


async def test_the_first_sentence_is_said_while_the_rest_is_still_to_come() -> None:
    endpoint = _Listening()
    async with talking_home(["One. Two", 60.0], llm=LanguageModelSettings(first_token_seconds=60)) as home:
        task = asyncio.create_task(home.app.serve(endpoint))  # type: ignore[arg-type]
        async with asyncio.timeout(10):
            assert await endpoint.heard.get() == "One."
            endpoint.inputs_.put_nowait(Typed("turn on the kettle"))
            assert "kettle" in await endpoint.heard.get()
        assert home.model.hung_up == 1, "barge-in hangs up on the model"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class _Listening:
    """A screen that asks once, and hears."""

    info = EndpointInfo("screen", place_id="kitchen", language="en", capabilities=frozenset({"screen"}))

    def __init__(self) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.inputs_: asyncio.Queue[Typed] = asyncio.Queue()
        self.inputs_.put_nowait(Typed("count for me"))

    async def inputs(self):  # type: ignore[no-untyped-def]
        while True:
            yield await self.inputs_.get()

    async def tell(self, turn_id: str, progress: object) -> None:
        if text := getattr(progress, "text", ""):
            self.heard.put_nowait(text)

    async def show(self, turn_id: str, card: object) -> None:
        pass

    async def stop(self, turn_id: str) -> None:
        pass


async def test_a_long_answer_is_cut_off() -> None:
    llm = LanguageModelSettings(first_token_seconds=0.5, answer_chars_max=200)
    async with talking_home(["Again and again. "] * 5_000, llm=llm) as home:
        assert len((await home.say("tell me everything"))["reply"]) < 300
