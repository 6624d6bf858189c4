"""docs/add-a-skill.md, followed to the letter: its blocks become a skill that must work."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tidy import skills
from tidy.source import ROOT

PAGE = (ROOT / "docs" / "add-a-skill.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```(?:toml|yaml|python) (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
(TOLD,) = re.findall(r"^```text\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
COMMAND = [sys.executable, "-c", "from jingling.cli import main; main()"]


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    folder = tmp_path / "tea"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def jingling(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run beside the skill's folder, as its author would."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_page_holds_a_complete_skill(tea: Path) -> None:
    assert skills.incomplete(tea) == []


def test_its_dialogs_go_as_the_page_says(tea: Path) -> None:
    held = jingling(tea, "test", "tea")
    assert held.returncode == 0, held.stdout + held.stderr
    assert held.stdout.strip() == "6 dialogs held, 0 of their promises broken"


def test_it_asks_and_acts_in_english(tea: Path) -> None:
    said = jingling(tea, "ask", "--only-skill", "tea", "--json", "make me some tea", "black")
    question, answer = map(json.loads, said.stdout.splitlines())
    assert question["asks"] == "tea/which"
    assert answer["intent"]["slots"] == {"tea": "black"}
    assert answer["commands"] == [{"name": "home.setProperty", "ok": True}]
    assert answer["reply"] == "The kettle is on. Let the black tea steep for 4 minutes."


def test_it_acts_in_mandarin(tea: Path) -> None:
    said = jingling(tea, "ask", "--only-skill", "tea", "--json", "泡一壶红茶")
    answer = json.loads(said.stdout)
    assert answer["utterance"]["language"] == "zh"
    assert answer["reply"] == "水壶打开了。红茶泡4分钟就好。"


def test_a_mistake_is_told_with_its_file_and_line(tea: Path) -> None:
    sentences = tea / "intents.en.yaml"
    sentences.write_text(sentences.read_text(encoding="utf-8").replace("{tea}", "{tee}", 1), encoding="utf-8")
    told = jingling(tea, "test", "tea")
    assert told.returncode != 0
    assert TOLD in told.stderr


def test_what_was_not_granted_is_refused(tea: Path) -> None:
    manifest = tea / "skill.toml"
    manifest.write_text(FILES["skill.toml"].replace("home.setProperty", "home.runAction"), encoding="utf-8")
    said = jingling(tea, "ask", "--only-skill", "tea", "--json", "make me a cup of green tea")
    assert json.loads(said.stdout)["commands"] == [{"name": "home.setProperty", "ok": False, "problem": "refused"}]
