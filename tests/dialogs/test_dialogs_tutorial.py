"""docs/add-a-skill.md, followed to the letter in an empty folder."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from jingling.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "add-a-skill.md"
BLOCK = re.compile(r"^```\w+ (?P<file>[\w.]+)\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def skill(tmp_path: Path) -> Path:
    folder = tmp_path / "moods"
    folder.mkdir()
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        (folder / block["file"]).write_text(block["content"], encoding="utf-8")
    return folder


def test_its_dialogs_hold(skill: Path) -> None:
    result = CliRunner().invoke(main, ["test", str(skill)])
    assert result.output == "6 dialogs held, 0 of their promises broken\n"
    assert result.exit_code == 0


def test_it_answers_on_the_command_line(skill: Path) -> None:
    asked = ["ask", "--only-skill", str(skill), "--place", "kitchen", "换个气氛", "第二个"]
    result = CliRunner().invoke(main, asked)
    assert "“灯光调好了，适合吃饭。”" in result.output
