"""`jingling phrases` keeps what the owner says and means by it."""

from pathlib import Path

from click.testing import CliRunner, Result

from jingling.cli import main


def _run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["phrases", words[0], "--data-dir", str(folder), *words[1:]])


def test_phrases_are_added_shown_and_removed(tmp_path: Path) -> None:
    assert "none yet" in _run(tmp_path, "list").output
    assert "means" in _run(tmp_path, "add", "movie time", "turn off the lamp").output
    _run(tmp_path, "add", "看电影", "关灯")
    listed = _run(tmp_path, "list").output
    assert "en  movie time → turn off the lamp" in listed
    assert "zh  看电影 → 关灯" in listed
    assert _run(tmp_path, "remove", "Movie time").exit_code == 0
    assert "movie time" not in _run(tmp_path, "list").output


def test_an_unknown_phrase_is_told(tmp_path: Path) -> None:
    gone = _run(tmp_path, "remove", "nothing like it")
    assert gone.exit_code == 2
    assert "nothing like it" in gone.output
