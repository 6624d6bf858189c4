"""A whole hub that has learned from its skills' sentences, and takes the owner's own phrases."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from fakes.running_hub import RunningHub, environment
from jingling.app import App, build
from jingling.core.endpoint import EndpointInfo
from jingling.settings import Settings, SpeechSettings

SPEAKER = EndpointInfo("desk", place_id="kitchen", language="en")


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = Settings(data_dir=tmp_path, speech=SpeechSettings(enabled=False))
    async with build(settings) as app:
        app.learned.prepare(["en"])
        yield app


async def ask(app: App, text: str) -> dict[str, Any]:
    return await app.ask(text, "en", SPEAKER)


async def test_what_no_sentence_says_is_understood_or_asked_about(app: App) -> None:
    record = await ask(app, "i would like the kitchen lamp switched on")
    assert record["intent"]["name"] == "HassTurnOn"
    assert record["commands"] or "?" in record["reply"]
    nothing = await ask(app, "who wrote the play about the danish prince")
    assert nothing["commands"] == []


async def test_a_lock_is_never_opened_by_a_guess(app: App) -> None:
    record = await ask(app, "get the front door unlocked for me")
    assert record["commands"] == []


async def test_a_phrase_is_taught_used_and_kept(app: App, tmp_path: Path) -> None:
    await ask(app, "when I say movie time I mean turn off the kitchen light")
    record = await ask(app, "movie time")
    assert record["intent"]["name"] == "HassTurnOff"
    assert [command["ok"] for command in record["commands"]] == [True]
    assert "movie time" in (tmp_path / "phrases.yaml").read_text("utf-8")


def test_a_hub_that_learns_answers_meanwhile(tmp_path: Path) -> None:
    with RunningHub(tmp_path / "hub", env=environment(JINGLING_LEARN="true")) as hub:
        assert hub.ask("turn on the floor lamp")["commands"]
