import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jingling.cli import main
from jingling.cli.doctor import Check, data_folder, engine, free_disk, free_port, home_file

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def no_own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


def run(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, words)


def test_json_tells_each_setting_and_its_source(tmp_path: Path) -> None:
    (tmp_path / "jingling.toml").write_text("[speech]\nvolume = 33\n")
    result = run("doctor", "--json", "--data-dir", str(tmp_path), "--set", "server.port=0")
    report = json.loads(result.stdout)
    settings = {one["name"]: (one["value"], one["origin"]) for one in report["settings"]}
    assert settings["server.port"] == (0, "flag")
    assert settings["speech.volume"] == (33, f"file:{tmp_path}/jingling.toml:2")
    assert settings["language"] == ("auto", "default")
    checks = {one["name"]: one for one in report["checks"]}
    assert checks["Python"]["ok"]
    assert checks["data folder"]["ok"]
    assert result.exit_code == (0 if checks["screen"]["ok"] else 1)


def test_the_table_tells_the_same_to_people(tmp_path: Path) -> None:
    result = run("doctor", "--set", "server.port=0", "--set", "language=zh")
    assert "server.port" in result.stdout
    assert "127.0.0.1:0 is free" in result.stdout
    assert "limits.sockets_max" in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--set", "server.port=x"],
            "server.port = 'x' (flag) is not allowed: give a whole number from 0 to 65535.",
        ),
        (["--set", "server.port"], "Write it as server.port=9000."),
        (["--config", "absent.toml"], "absent.toml cannot be read"),
    ],
)
def test_a_wrong_setting_is_a_sentence_and_code_2(words: list[str], told: str) -> None:
    result = run("doctor", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        check = free_port("127.0.0.1", other.getsockname()[1])
    assert not check.ok
    assert "server.port=" in check.advice


def test_an_engine_that_is_missing_is_told_and_not_needed() -> None:
    check = engine("no_such_engine", "the nose")
    assert (check.ok, check.needed) == (False, False)
    assert "the nose cannot be loaded" in check.detail


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not data_folder(tmp_path / "file").ok
    assert not data_folder(tmp_path / "file" / "deeper").ok
    assert data_folder(tmp_path / "new" / "folder").ok
    assert not (tmp_path / "new").exists()


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert free_disk(tmp_path / "new").detail.endswith(f"MB at {tmp_path / 'new'}")
    monkeypatch.setattr("jingling.cli.doctor.FREE_BYTES_MIN", 2**80)
    assert not free_disk(tmp_path).ok


def test_a_home_file_is_checked_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    assert home_file(None) == Check("home", True, "the furnished demo home")
    assert not home_file(file).ok
    assert home_file(ROOT / "examples" / "home.yaml").ok
    file.write_text("rooms: here\n")
    assert f"{file}:1" in home_file(file).detail
