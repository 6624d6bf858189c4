"""Home files with mistakes: named with their line, and the data of the home kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from jingling.app import Engines, build
from jingling.cli import main
from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import BadInput
from jingling.settings import Settings

GOOD = """\
home: {id: villa, names: {en: Villa, zh: 别墅}}
places:
  hall: {names: {en: hall, zh: 大厅}}
things:
  hall_lamp: {type: light, place: hall, names: {en: hall lamp, zh: 大厅灯}}
"""
TWO_OF_ONE_NAME = GOOD + "  other_lamp: {type: light, place: hall, names: {en: Hall Lamp, zh: 另一盏灯}}\n"
BROKEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "bad YAML": (GOOD + "  lamp: {type: [light\n", ("home.yaml:", "not YAML")),
    "wrong indentation": (GOOD + " chair: {type: light}\n", ("home.yaml:6",)),
    "tabs": (GOOD + "\tlamp:\n", ("home.yaml:6", "spaces")),
    "unknown type": (GOOD.replace("type: light", "type: lihgt"), ("home.yaml:5", "lihgt", "light")),
    "unknown place": (GOOD.replace("place: hall", "place: attic"), ("home.yaml:5", "attic")),
    "unknown key": (GOOD.replace("type: light", "kind: light"), ("home.yaml:5", "kind")),
    "two things of one name": (TWO_OF_ONE_NAME, ("home.yaml:6", "hall lamp", "lines 5 and 6", "Rename one")),
    "one id twice": (GOOD + GOOD.splitlines(keepends=True)[-1], ("home.yaml:6", "hall_lamp")),
    "no things": ("home: {id: villa}\n", ("home.yaml:1", "no things")),
    "a list": ("- lamp\n- sofa\n", ("home.yaml:1",)),
    "not UTF-8": ("things:\n  lamp: {type: light, names: {en: Caf\udce9}}\n", ("UTF-8",)),
    "empty": ("", ("home.yaml",)),
    "a bomb of aliases": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)),
        ("home.yaml:",),
    ),
}


def home_file(folder: Path, text: str) -> Path:
    path = folder / "home.yaml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


@pytest.mark.parametrize(("text", "words"), BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_home_file_is_named_with_its_line(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    settings = Settings(data_dir=tmp_path / "data", home=home_file(tmp_path, text))
    with pytest.raises(BadInput) as problem:
        async with build(settings, engines=Engines()):
            pass
    for word in words:
        assert word in str(problem.value)


async def test_a_mended_home_file_starts_where_it_was(tmp_path: Path) -> None:
    caller = EndpointInfo("test-device")
    settings = Settings(data_dir=tmp_path / "data", home=home_file(tmp_path, GOOD))
    async with build(settings, engines=Engines()) as app:
        answer = await app.ask("turn on the hall lamp", "en", caller)
        assert [command["ok"] for command in answer["commands"]] == [True]
    home_file(tmp_path, BROKEN["unknown type"][0])
    with pytest.raises(BadInput):
        async with build(settings, engines=Engines()):
            pass
    home_file(tmp_path, GOOD)
    async with build(settings, engines=Engines()) as app:
        assert app.home.state("hall_lamp").values["power"] is True
        assert app.interrupted == 0


def test_the_command_line_says_it_without_a_trace(tmp_path: Path) -> None:
    path = home_file(tmp_path, BROKEN["unknown type"][0])
    outcome = CliRunner().invoke(main, ["ask", "--home", str(path), "turn on the lamp"])
    assert outcome.exit_code == 1
    assert f"{path}:5" in outcome.output and "Traceback" not in outcome.output


def test_a_home_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(main, ["things", "--home", str(tmp_path / "house.yaml")])
    assert outcome.exit_code == 1 and "There is no file" in outcome.output and "house.yaml" in outcome.output
