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
COMMAND = [sys.executable, "-m", "jingling"]


@pytest.fixture
def moods(tmp_path: Path) -> Path:
    folder = tmp_path / "moods"
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


def test_the_page_holds_a_complete_skill(moods: Path) -> None:
    assert skills.incomplete(moods) == []


def test_its_dialogs_go_as_the_page_says(moods: Path) -> None:
    held = jingling(moods, "test", "moods")
    assert held.returncode == 0, held.stdout + held.stderr
    assert held.stdout.strip() == "6 dialogs held, 0 of their promises broken"


def test_it_acts_in_english(moods: Path) -> None:
    said = jingling(moods, "ask", "--only-skill", "moods", "--json", "--place", "bedroom", "it's time for dinner")
    answer = json.loads(said.stdout)
    assert answer["intent"] == {"name": "moods.setMood", "slots": {"mood": "dinner"}, "confidence": 1.0}
    assert answer["commands"] == [{"name": "home.setProperty", "ok": True}] * 4
    assert answer["reply"] == "The lights are set for dinner."


def test_it_asks_back_in_mandarin(moods: Path) -> None:
    said = jingling(moods, "ask", "--only-skill", "moods", "--json", "--place", "kitchen", "换个气氛", "第二个")
    question, answer = map(json.loads, said.stdout.splitlines())
    assert question["asks"] == "moods/mood"
    assert answer["utterance"]["language"] == "zh"
    assert answer["reply"] == "灯光调好了，适合吃饭。"


def test_a_mistake_is_told_with_its_file_and_line(moods: Path) -> None:
    sentences = FILES["intents.en.yaml"].replace("{mood}", "{mod}", 1)
    (moods / "intents.en.yaml").write_text(sentences, encoding="utf-8")
    told = jingling(moods, "test", "moods")
    assert told.returncode != 0
    assert TOLD in told.stderr


def test_what_was_not_granted_is_refused(moods: Path) -> None:
    manifest = FILES["skill.toml"].replace("home.setProperty", "home.runAction")
    (moods / "skill.toml").write_text(manifest, encoding="utf-8")
    said = jingling(moods, "ask", "--only-skill", "moods", "--json", "--place", "kitchen", "give me a reading mood")
    answer = json.loads(said.stdout)
    assert answer["commands"] == [{"name": "home.setProperty", "ok": False, "problem": "refused"}]
    assert answer["reply"] == "I could not set the counter light."
