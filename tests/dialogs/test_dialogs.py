"""Every skill's dialogs, in both languages, each in a fresh demo home with all skills loaded."""

from pathlib import Path

import pytest

from jingling.app import BUNDLED_SKILLS
from jingling.cli.talk import talk
from jingling.core.turn import Language
from jingling.sdk.dialogs import Dialog, hold, read_dialogs

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def _all() -> list[tuple[Path, Language, Dialog]]:
    return [
        (path.parent, language, dialog)
        for language in LANGUAGES
        for path in sorted(BUNDLED_SKILLS.glob(f"*/dialogs.{language}.yaml"))
        for dialog in read_dialogs(path)
    ]


@pytest.mark.parametrize(
    ("language", "dialog"),
    [
        pytest.param(language, dialog, id=f"{folder.name}-{language}-{dialog.name}")
        for folder, language, dialog in _all()
    ],
)
async def test_dialog(language: Language, dialog: Dialog) -> None:
    async with talk(dialog, language) as home:
        assert await hold(dialog, home) == []
