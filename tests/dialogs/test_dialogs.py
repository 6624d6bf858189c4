"""Every skill's dialogs and those over all skills, in both languages, each in a fresh demo home."""

from pathlib import Path

import pytest

from jingling.cli.talk import talk
from jingling.core.turn import Language
from jingling.sdk.dialogs import Dialog, dialog_files, hold, read_dialogs
from jingling.taught import BUNDLED_SKILLS

LANGUAGES: tuple[Language, ...] = ("en", "zh")
CONVERSATION = Path(__file__).parent / "conversation"
FILES_MIN = 80


def _files(language: Language) -> list[Path]:
    skills = [path.parent for path in sorted(BUNDLED_SKILLS.glob("*/skill.toml"))]
    return [path for folder in (*skills, CONVERSATION) for path in dialog_files(folder, language)]


def _named(path: Path) -> str:
    """The skill, or "conversation", and the topic."""
    folder = path.parent.parent if path.parent.name == "dialogs" else path.parent
    return f"{folder.name}-{path.name.removesuffix('.yaml')}"


ALL = [
    pytest.param(language, dialog, id=f"{_named(path)}-{number}")
    for language in LANGUAGES
    for path in _files(language)
    for number, dialog in enumerate(read_dialogs(path), 1)
]


@pytest.mark.parametrize(("language", "dialog"), ALL)
async def test_dialog(language: Language, dialog: Dialog, compiled: Path) -> None:
    async with talk(dialog, language, cache=compiled) as home:
        assert await hold(dialog, home) == []


def test_there_are_dialogs_enough_and_each_in_both_languages() -> None:
    topics = [{_named(path).rpartition(".")[0] for path in _files(language)} for language in LANGUAGES]
    assert topics[0] == topics[1]
    assert len(topics[0]) + len(topics[1]) >= FILES_MIN
