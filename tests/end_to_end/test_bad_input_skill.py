"""Skills that are broken: left out or apologised for, and no trouble to the others."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from fakes.dice_skill import dice_skill, handling
from jingling.app import App, Engines, build
from jingling.core.endpoint import EndpointInfo
from jingling.settings import LimitSettings, Settings

BROKEN: dict[str, tuple[dict[str, str | None], tuple[str, ...]]] = {
    "a template without its end": (
        {"intents__en__yaml": 'language: en\nintents:\n  roll: {sentences: ["roll (a die"]}\n'},
        ("intents.en.yaml:3",),
    ),
    "an unknown list": (
        {"intents__en__yaml": 'language: en\nintents:\n  roll: {sentences: ["roll {dices}"]}\n'},
        ("intents.en.yaml:3", "dices"),
    ),
    "sentences that are no YAML": (
        {"intents__en__yaml": "language: en\nintents: [\n"},
        ("intents.en.yaml:", "not valid YAML"),
    ),
    "a missing file": ({"replies__zh__yaml": None}, ("dice", "replies.zh.yaml", "docs/add-a-skill.md")),
    "a syntax error": ({"skill__py": "class Dice(Skill:\n"}, ("skill.py", "SyntaxError")),
    "an import that is not there": ({"skill__py": "import warp_drive\n"}, ("skill.py", "warp_drive")),
    "an exit on import": ({"skill__py": "raise SystemExit(3)\n"}, ("skill.py", "SystemExit")),
    "no class": ({"skill__py": "x = 1\n"}, ("exactly one subclass of Skill",)),
    "a class that cannot be made": (
        {
            "skill__py": "from jingling.sdk import Skill\n\n\n"
            "class Dice(Skill):\n    def __init__(self, kit):\n        1 / 0\n"
        },
        ("skill.py", "ZeroDivisionError"),
    ),
    "a manifest that is no TOML": ({"skill__toml": "name = dice\n"}, ("skill.toml", "TOML")),
    "a name with a path in it": (
        {"skill__toml": 'name = "../dice"\ntitle = { en = "Dice", zh = "骰子" }\n'},
        ("skill.toml", "one word"),
    ),
    "replies with half a brace": ({"replies__en__yaml": 'rolled: "A {four."\n'}, ("replies.en.yaml", "line 1")),
}


@asynccontextmanager
async def home(*skills: Path, **limits: Any) -> AsyncIterator[App]:
    settings = Settings(skills=skills, limits=LimitSettings(**limits))
    async with build(settings, database=":memory:", engines=Engines()) as app:
        yield app


async def say(app: App, text: str) -> dict[str, Any]:
    return await app.ask(text, "en", EndpointInfo("test-device"))


async def others_work(app: App) -> None:
    assert (await say(app, "turn on the floor lamp"))["reply"] == "The floor lamp is on."


@pytest.mark.parametrize(("changed", "words"), BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_skill_is_left_out_and_named(
    tmp_path: Path, changed: dict[str, str | None], words: tuple[str, ...]
) -> None:
    async with home(dice_skill(tmp_path, **changed)) as app:
        assert len(app.problems) == 1
        for word in words:
            assert word in app.problems[0].text
        assert any("“dice”" in text for text in app.missing("en"))
        assert (await say(app, "roll a die"))["intent"] is None
        await others_work(app)


async def test_a_mended_skill_comes_back(tmp_path: Path) -> None:
    place = dice_skill(tmp_path, skill__py="class Dice(Skill:\n")
    async with home(place) as app:
        assert len(app.problems) == 1
    (place / "skill.py").write_text(handling('return self.say(turn, "rolled")'))
    async with home(place) as app:
        assert list(app.problems) == [] and (await say(app, "roll a die"))["reply"] == "A four."


async def test_the_second_skill_of_a_name_is_left_out(tmp_path: Path) -> None:
    first, second = dice_skill(tmp_path, "one"), dice_skill(tmp_path, "two")
    async with home(first, second) as app:
        assert [problem.folder for problem in app.problems] == [second]
        assert "'dice' already" in app.problems[0].text
        assert (await say(app, "roll a die"))["reply"] == "A four."


async def test_a_skill_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    async with home(tmp_path / "nowhere") as app:
        assert "no skill folder there" in app.problems[0].text
        await others_work(app)


FAILING = {
    "raises": 'raise RuntimeError("secret words")',
    "returns nothing": "pass",
    "says an unknown reply": 'return self.say(turn, "rolling")',
    "has no such handler": "pass\n\n    roll = None",
    "answers with a number": "return Reply(speech=4)",
    "streams and breaks off": "return Reply(speech=self.words())\n\n"
    '    async def words(self):\n        yield "A "\n        1 / 0',
    "shows what is no card": 'return Reply("A four.", card={"four": 4})',
    "gives up": "raise asyncio.CancelledError",
    "exits": "raise SystemExit(1)",
}


@pytest.mark.parametrize("body", FAILING.values(), ids=FAILING.keys())
async def test_a_skill_that_fails_apologises_and_the_cause_is_logged(
    tmp_path: Path, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with home(dice_skill(tmp_path, skill__py=handling(body))) as app:
        with caplog.at_level(logging.WARNING):
            answer = await say(app, "roll a die")
        assert "something went wrong" in answer["reply"]
        assert any(
            "turn " in record.getMessage() and "dice.roll" in record.getMessage() for record in caplog.records
        )
        await others_work(app)


async def test_a_skill_that_hangs_is_given_up(tmp_path: Path) -> None:
    skill = dice_skill(tmp_path, skill__py=handling("await asyncio.sleep(3600)"))
    async with home(skill, turn_seconds_max=0.1) as app:
        assert "took too long" in (await say(app, "roll a die"))["reply"]
        await others_work(app)


async def test_a_skill_does_not_do_what_it_was_not_granted(tmp_path: Path) -> None:
    body = 'return Reply(str((await do(SetProperty(thing_id="floor_lamp", property="power", value=True))).ok))'
    async with home(dice_skill(tmp_path, skill__py=handling(body))) as app:
        answer = await say(app, "roll a die")
        assert answer["reply"] == "False" and answer["commands"][0]["problem"] == "refused"
        assert app.home.state("floor_lamp").values["power"] is False
