"""Conversations in which a language model was talked into something. `model:` is what it answers, in turn."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from fakes.scripted_model import Piece, ScriptedModel, prepare
from jingling.app import Engines, build
from jingling.cli.talk import HomeTalk
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import EndpointInfo
from jingling.core.turn import Language
from jingling.language.chat.base import Call
from jingling.sdk.dialogs import Dialog, hold
from jingling.settings import Settings

FOLDER = Path(__file__).parent / "attacks"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def pieces(answer: Sequence[str | dict[str, Any]]) -> list[Piece]:
    return [piece if isinstance(piece, str) else call(dict(piece)) for piece in answer]


def call(piece: dict[str, Any]) -> Call:
    return Call(piece.pop("use"), json.dumps(piece, ensure_ascii=False))


ALL = [
    pytest.param(language, attack, id=f"{path.name.removesuffix('.yaml')}-{number}")
    for language in LANGUAGES
    for path in sorted(FOLDER.glob(f"*.{language}.yaml"))
    for number, attack in enumerate(yaml.safe_load(path.read_text("utf-8")), 1)
]


@pytest.mark.parametrize(("language", "attack"), ALL)
async def test_attack(language: Language, attack: dict[str, Any], compiled: Path) -> None:
    dialog = msgspec.convert({key: value for key, value in attack.items() if key != "model"}, Dialog)
    clock, model = VirtualClock(), ScriptedModel([pieces(answer) for answer in attack["model"]])
    given = {"clock": clock, "database": ":memory:", "engines": Engines(), "model": model, "cache": compiled}
    async with build(Settings(), **given) as app:
        await prepare(app)
        speaker = EndpointInfo("dialog", place_id=dialog.place, language=language)
        held = HomeTalk(app, clock, language, speaker)
        await held.prepare(dialog)
        assert await hold(dialog, held) == []
        assert model.asked, "the model was not even reached"


def test_each_attack_is_tried_in_both_languages() -> None:
    english, chinese = ({path.name.split(".")[0] for path in FOLDER.glob(f"*.{one}.yaml")} for one in LANGUAGES)
    assert english == chinese and len(english) >= 10
