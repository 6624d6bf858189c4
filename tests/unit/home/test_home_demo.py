"""The files that people start from: the demo home, and the example on the format's page."""

import re
from pathlib import Path

import pytest

from jingling.home.file import load_home
from jingling.home.kinds import TYPES
from jingling.home.names import names_of

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "home-file.md"


@pytest.fixture(scope="module")
def demo():
    return load_home(ROOT / "examples" / "home.yaml")


def test_the_demo_home_loads_without_a_warning(demo):
    assert demo.warnings == ()
    assert len(demo.home.places) == 6
    assert len(demo.home.things) >= 25
    assert {thing.type for thing in demo.home.things} == set(TYPES)
    assert all(thing.place_id for thing in demo.home.things)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_things_of_the_demo_home_share_a_name(demo, language):
    texts = [entry.text for entry in names_of(demo.home, language) if entry.kind == "name"]
    assert len(texts) == len(set(texts))


def test_the_demo_home_is_lively(demo):
    powers = [behaviour.initial.get("power") for behaviour in demo.behaviours.values()]
    assert powers.count(True) >= 5
    assert powers.count(False) >= 5


def test_the_example_of_the_format_page_loads(tmp_path):
    [example] = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "home.yaml"
    path.write_text(example, "utf-8")
    loaded = load_home(path)
    assert [thing.id for thing in loaded.home.things] == ["reading_lamp", "heater"]
    assert loaded.warnings == ()


def test_the_format_page_lists_every_type():
    assert set(re.findall(r"^\| `(\w+)` \| .*\|.*\|.*\|$", PAGE.read_text("utf-8"), re.MULTILINE)) >= set(TYPES)
