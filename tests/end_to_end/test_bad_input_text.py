"""Text that is too much, nothing, or not meant for a home."""

from typing import Any

import pytest
from click.testing import CliRunner

from fakes.running_hub import RunningHub
from jingling.cli import main
from jingling.screen.messages import AnswerText, Snapshot, Trouble

HARMLESS = {
    "emoji": "🎉🔥👩‍👩‍👧‍👦🇨🇳",
    "right to left": "שלום \u202eעולם\u202c",
    "zero width": "\u200b\u200d\ufeff\u2060",
    "zero width inside": "tu\u200brn o\u2060n",
    "one long word": "a" * 1_999,
    "combining marks": "e" + "\u0301" * 500,
    "sql": "'; DROP TABLE commands; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "yaml": "!!python/object/apply:os.system ['id']",
    "template": "[turn|on] {name} (the|a) <area>",
    "format": "{0.__class__} %s %n {turn}",
    "brackets": "(" * 900 + ")" * 900,
    "numbers": "one " * 450,
    "no letters": "?!?…—·。、",
    "lone letter": "x",
}


def refused(hub: RunningHub, text: str, language: str = "en") -> tuple[int, Any]:
    return hub.post("/api/ask", {"text": text}, Accept_Language=language)


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
def test_text_that_means_nothing_here_is_answered_and_does_nothing(hub: RunningHub, text: str) -> None:
    answer = hub.ask(text, device_id="strange-texts")
    assert answer["commands"] == [] and answer["reply"]
    assert answer["ms"]["think"] < 2_000


def test_a_hundred_kilobytes_are_refused_with_the_limit(hub: RunningHub) -> None:
    status, answer = refused(hub, "turn on " * 12_500)
    assert status == 413 and answer["code"] == "body_too_large" and "65536" in answer["text"]


def test_a_long_text_is_refused_with_the_limit_in_the_persons_language(hub: RunningHub) -> None:
    status, answer = refused(hub, "开灯" * 2_000, "zh-CN")
    assert status == 413 and "最多 2000 个" in answer["text"]


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u3000"], ids=["empty", "blanks", "wide blank"])
def test_no_text_is_asked_for_some(hub: RunningHub, text: str) -> None:
    status, answer = refused(hub, text)
    assert status == 400 and "Please write something" in answer["text"]


@pytest.mark.parametrize(
    "text", ["turn\x00on", "\x1b[31mred", "\x7f", "\ud800"], ids=["nul", "escape", "delete", "surrogate"]
)
def test_control_characters_are_refused(hub: RunningHub, text: str) -> None:
    status, answer = refused(hub, text)
    assert status == 400 and answer["text"]
    assert answer["code"] in ("bad_text", "bad_request")


async def test_a_screen_is_told_and_stays_connected(hub: RunningHub) -> None:
    async with hub.screen("texting-screen") as screen:
        await screen.next(Snapshot)
        for text, code in (("x" * 5_000, "too_long"), ("\x00", "bad_text"), (" ", "empty_text")):
            await screen.say(text)
            assert (await screen.next(Trouble)).code == code
        await screen.say("what time is it")
        assert (await screen.next(AnswerText)).text.startswith("It's ")


def test_the_command_line_takes_strange_text(tmp_path: Any) -> None:
    texts = ["", "\x1b[2J", "🎉", "x" * 100_000, "turn on the floor lamp"]
    outcome = CliRunner().invoke(main, ["ask", *texts])
    assert outcome.exit_code == 0 and outcome.exception is None
    assert "too long" in outcome.stdout and "The floor lamp is on." in outcome.stdout
    assert "\x1b" not in outcome.stdout
