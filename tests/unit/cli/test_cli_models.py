import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fakes.model_host import ModelHost, model_host
from jingling.cli import main

OWN = """
[[model]]
id = "my-ears"
kind = "recognizer"
engine = "sherpa"
method = "offline-zipformer-ctc"
languages = ["en"]
about = "mine"
licence = "MIT"
parts = {{ model = "model.onnx", tokens = "tokens.txt" }}
[[model.files]]
url = "{url}/model.onnx"
path = "model.onnx"
[[model.files]]
url = "{url}/tokens.txt"
path = "tokens.txt"
"""


@pytest.fixture
def host() -> Iterator[ModelHost]:
    with model_host() as made:
        made.files = {"/model.onnx": bytes(3_000_000), "/tokens.txt": b"a 0\n"}
        yield made


@pytest.fixture
def folder(host: ModelHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("JINGLING_DATA_DIR", str(tmp_path))
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "models.toml").write_text(OWN.format(url=host.url))
    return folder


def run(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "250"}).invoke(main, ["models", *words])


def listed(*words: str) -> dict[str, object]:
    lines = run("list", "--json", *words).stdout.splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    assert "sherpa-sense-voice" in rows
    found: dict[str, object] = rows["my-ears"]
    return found


def test_a_model_is_listed_installed_verified_and_removed(folder: Path) -> None:
    before = listed()
    assert (before["installed"], before["size"], before["hashes"]) == (False, 0, "first use")
    done = run("install", "my-ears")
    assert done.exit_code == 0, done.output
    assert 'my-ears is installed (3 MB, MIT). Use it with speech.recognizers = ["my-ears", "pocketsphinx"].' in (
        done.stdout
    )
    after = listed("--set", "speech.recognizers=my-ears,pocketsphinx")
    assert (after["installed"], after["used"], after["size"]) == (True, True, 3_000_004)
    assert not listed()["used"]
    assert "my-ears is as it was installed." in run("verify").stdout
    assert "my-ears is removed." in run("remove", "my-ears").stdout
    assert "was not installed" in run("remove", "my-ears").stdout


def test_what_changed_is_told_with_code_1(folder: Path) -> None:
    run("install", "my-ears")
    (folder / "my-ears" / "tokens.txt").write_text("b 0\n")
    found = run("verify", "my-ears")
    assert (found.exit_code, "tokens.txt is changed" in found.stderr) == (1, True)
    record = json.loads(run("verify", "--json").stdout)
    assert record == {"id": "my-ears", "ok": False, "files": [{"path": "tokens.txt", "problem": "changed"}]}


def test_the_table_shows_size_licence_and_state(folder: Path) -> None:
    run("install", "my-ears")
    line = next(line for line in run("list").stdout.splitlines() if "my-ears" in line)
    assert line.split()[:6] == ["here", "my-ears", "recognizer", "en", "3", "MB"]
    assert "MIT" in line


def test_it_is_installed_from_a_folder_offline(folder: Path, host: ModelHost, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(bytes(100))
    (tmp_path / "tokens.txt").write_bytes(b"a 0\n")
    record = json.loads(run("install", "my-ears", "--json", "--from", str(tmp_path)).stdout)
    assert record == {"id": "my-ears", "installed": True, "size": 104, "stated": False}
    assert not host.asked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["install", "no-such"], "There is no model 'no-such'"),
        (["verify", "my-ears"], "jingling models install my-ears"),
        (["install", "my-ears", "--set", "models.mirror=nas"], "models.mirror = 'nas' is no address"),
    ],
)
def test_mistakes_are_sentences_with_code_2(folder: Path, words: list[str], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output
