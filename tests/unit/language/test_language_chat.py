"""The SDK's client against a small server, with all that can go wrong between them."""

import asyncio
import logging
import time
from contextlib import aclosing

import pytest

from fakes.chat_server import Answer, ChatServer, say, use
from jingling.language.chat.base import Call, ChatFailed, Message, Text, Tool
from jingling.language.chat.openai import OpenAIChat
from jingling.language.chat.thinking import Unthinking

KEY = "sk-very-secret"
HELLO = [Message("user", "hello")]
TOOL = Tool("home-lock", "People say: lock the door", {"type": "object", "properties": {}})


def chat(server: ChatServer) -> OpenAIChat:
    return OpenAIChat(server.url, "small", KEY, 5.0)


async def heard(*answers: Answer) -> list[Text | Call]:
    async with ChatServer(list(answers)).running() as server:
        model = chat(server)
        try:
            pieces = [piece async for piece in model.stream(HELLO, [TOOL])]
            return [piece for piece in pieces if piece != Text("")]
        finally:
            await model.close()


async def test_text_comes_in_pieces() -> None:
    assert await heard(say("one two three")) == [Text("one"), Text(" two"), Text(" three")]


async def test_calls_come_whole_and_in_their_order() -> None:
    answer = Answer(["Let me see."], [("home-lock", "{}"), ("HassTurnOn", '{"name": "吊灯"}')], call_ids=["a", "a"])
    assert await heard(answer) == [
        Text("Let me see."),
        Call("home-lock", "{}"),
        Call("HassTurnOn", '{"name": "吊灯"}'),
    ]


async def test_a_call_that_is_being_written_gives_signs_of_life() -> None:
    async with ChatServer([use("home-lock", a=1)]).running() as server:
        model = chat(server)
        pieces = [piece async for piece in model.stream(HELLO, [TOOL])]
        await model.close()
    assert pieces == [Text(""), Text(""), Text(""), Call("home-lock", '{"a": 1}')]


async def test_the_server_is_sent_the_conversation_the_tools_and_the_key() -> None:
    async with ChatServer([say("ok")]).running() as server:
        model = chat(server)
        messages = [
            Message("system", "be brief"),
            Message("user", "lock up"),
            Message("assistant", "", (("call_1", Call("home-lock", "not json")),)),
            Message("tool", "{}", call_id="call_1"),
        ]
        assert [piece async for piece in model.stream(messages, [TOOL])] == [Text("ok")]
        await model.close()
    sent = server.requests[0]
    assert server.keys == [f"Bearer {KEY}"]
    assert [one["role"] for one in sent["messages"]] == ["system", "user", "assistant", "tool"]
    assert sent["messages"][2]["tool_calls"][0]["function"]["arguments"] == "{}"
    assert sent["tools"][0]["function"]["name"] == "home-lock" and sent["stream"] is True


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (Answer(status=401), "unauthorized"),
        (Answer(status=429, headers="Retry-After: 30\r\n"), "too_many"),
        (Answer(status=500), "server"),
        (Answer(status=400), "refused"),
        (Answer(fault="refusal"), "refused"),
        (Answer(fault="not_http"), "unreachable"),
        (Answer(fault="flood"), "too_long"),
        (Answer(["a"], fault="garbage"), "garbage"),
        (Answer(["a"], fault="no_end"), "garbage"),
        (Answer(fault="json"), "garbage"),
        (Answer(calls=[("home-lock", "x" * 9000)]), "too_long"),
        (Answer(calls=[("home-lock", "{}")] * 40), "too_long"),
    ],
)
async def test_each_failure_has_its_name(answer: Answer, failure: str) -> None:
    with pytest.raises(ChatFailed) as failed:
        await heard(answer)
    assert failed.value.failure == failure
    assert failed.value.retry_s == (30 if failure == "too_many" else 0)


async def test_a_server_that_vanishes_in_the_middle_is_a_failure_after_what_it_said() -> None:
    async with ChatServer([Answer(["a"], fault="cut")]).running() as server:
        model, pieces = chat(server), list[Text | Call]()
        with pytest.raises(ChatFailed):
            async for piece in model.stream(HELLO, []):
                pieces.append(piece)
        await model.close()
    assert pieces == [Text("a")]


async def test_a_server_that_is_not_there_is_told_at_once() -> None:
    async with ChatServer([]).running() as server:
        pass
    model = chat(server)
    begun = time.perf_counter()
    with pytest.raises(ChatFailed, match="unreachable"):
        await anext(model.stream(HELLO, []))
    with pytest.raises(ChatFailed, match="unreachable"):
        await model.check()
    await model.close()
    assert time.perf_counter() - begun < 2


async def test_closing_the_stream_hangs_up() -> None:
    async with ChatServer([Answer(["a "] * 1000, pause_s=0.01)]).running() as server:
        model = chat(server)
        async with aclosing(model.stream(HELLO, [])) as stream:
            assert await anext(stream) == Text("a ")
        for _ in range(100):
            await asyncio.sleep(0.01)
            if server.hung_up:
                break
        await model.close()
    assert server.hung_up == 1


async def test_neither_the_key_nor_the_words_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with ChatServer([say("a private matter"), Answer(status=401)]).running() as server:
        model = chat(server)
        assert [piece async for piece in model.stream(HELLO, [])]
        with pytest.raises(ChatFailed) as failed:
            await anext(model.stream(HELLO, []))
        await model.close()
    logged = caplog.text + str(failed.value)
    assert KEY not in logged and "private" not in logged and "hello" not in logged


async def test_the_owner_is_told_whether_the_model_is_there() -> None:
    async with ChatServer([use("x")]).running() as server:
        model = chat(server)
        assert await model.check() == "answers, with the model small"
        await model.close()


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["<think>Hm. Dogs?</think>\n\nDogs bark."], "Dogs bark."),
        (["<th", "ink>Hm.", " So</thi", "nk> Dogs", " bark."], "Dogs bark."),
        (["\n <think>", "never ends"], ""),
        (["<", "3 dogs"], "<3 dogs"),
        (["<thi"], "<thi"),
        (["Dogs <think>bark</think>."], "Dogs <think>bark</think>."),
    ],
)
def test_thoughts_before_the_answer_are_left_out(pieces: list[str], said: str) -> None:
    unthinking = Unthinking()
    assert "".join(unthinking.feed(piece) for piece in pieces) + unthinking.end() == said


async def test_what_a_model_thinks_is_not_said() -> None:
    assert await heard(Answer(["<think>", "The user wants", "</think>", "Yes."])) == [Text("Yes.")]
