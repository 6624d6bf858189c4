from pathlib import Path

import msgspec
import pytest

from fakes.installed_models import install
from jingling.cli.doctor_speech import speech_checks
from jingling.cli.report import Check
from jingling.settings import Settings, SpeechSettings


def found(folder: Path, **speech: object) -> dict[str, Check]:
    chosen = Settings(data_dir=folder, speech=msgspec.structs.replace(SpeechSettings(), **speech))
    return {one.name: one for one in speech_checks(chosen)}


def test_nothing_is_told_of_the_built_in_engines(tmp_path: Path) -> None:
    assert found(tmp_path) == {}
    assert found(tmp_path, enabled=False, voices=("x",)) == {}


def test_what_is_chosen_is_really_loaded(tmp_path: Path) -> None:
    install(tmp_path / "models", "my-ears", "my-voice")
    checks = found(tmp_path, recognizers=("my-ears", "pocketsphinx"), voices=("my-voice", "espeak"))
    assert {name: one.ok for name, one in checks.items()} == {"recogniser my-ears": True, "voice my-voice": True}
    assert checks["voice my-voice"].detail.startswith("loaded in")


def test_what_cannot_be_used_says_why_and_is_not_needed(tmp_path: Path) -> None:
    install(tmp_path / "models", "my-ears")
    (tmp_path / "models" / "my-ears" / "model.onnx").write_bytes(b"")
    checks = found(tmp_path, recognizers=("my-ears", "my-stream"), voices=("wyoming://127.0.0.1:9",))
    assert not any(one.ok or one.needed for one in checks.values())
    assert "jingling models verify my-ears" in checks["recogniser my-ears"].detail
    assert "jingling models install my-stream" in checks["recogniser my-stream"].detail
    assert "is it running?" in checks["voice wyoming://127.0.0.1:9"].detail


@pytest.mark.parametrize(
    ("phrases", "told"),
    [
        (("hello",), "are listened for"),
        (("hello", "good bye"), "its model lacks sounds of good bye"),
        (("good bye",), "none of the phrases"),
        (("你好",), "jingling models install keywords-zh"),
    ],
)
def test_own_phrases_are_tried_on_their_model(tmp_path: Path, phrases: tuple[str, ...], told: str) -> None:
    install(tmp_path / "models", "my-words")
    check = found(tmp_path, wake_phrases=phrases)["wake phrases"]
    assert told in check.detail
    assert check.ok == (told == "are listened for")
