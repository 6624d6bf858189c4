"""Sound that is none, too much, cut short or unusual."""

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from fakes import sound_files
from fakes.running_hub import RunningHub
from jingling.cli import main

SAID = "turn on the bedroom light"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sounds")


def upload(hub: RunningHub, path: Path) -> tuple[int, Any]:
    return hub.post("/api/hear?language=en", path.read_bytes())


def test_silence_is_answered_as_not_heard(hub: RunningHub, folder: Path) -> None:
    status, answer = upload(hub, sound_files.silence(folder / "silence.wav", 3))
    assert status == 200 and answer["intent"] is None and answer["commands"] == []
    assert "didn't catch" in answer["reply"]


def test_noise_is_answered_and_does_nothing(hub: RunningHub, folder: Path) -> None:
    status, answer = upload(hub, sound_files.noise(folder / "noise.wav", 3))
    assert status == 200 and answer["commands"] == []


def test_an_hour_of_noise_is_refused_at_once(folder: Path) -> None:
    path = sound_files.hour_of_noise(folder / "hour.wav")
    begun = time.monotonic()
    outcome = CliRunner().invoke(main, ["hear", "--json", "--language", "en", str(path)])
    assert time.monotonic() - begun < 20
    assert outcome.exit_code == 1
    assert "hour.wav lasts longer than 60 s; cut it" in json.loads(outcome.stdout)["error"]


def test_an_hour_of_noise_is_not_even_sent_to_a_running_hub(hub: RunningHub, folder: Path) -> None:
    path = sound_files.hour_of_noise(folder / "hour.wav")
    outcome = CliRunner().invoke(main, ["hear", "--json", "--url", hub.url, str(path)])
    assert outcome.exit_code == 1
    assert "12 MB" in json.loads(outcome.stdout)["error"]


def test_a_text_named_wav_is_no_sound(hub: RunningHub, folder: Path) -> None:
    path = folder / "letter.wav"
    path.write_text("Dear hub, please turn on the light. " * 100)
    status, answer = upload(hub, path)
    assert status == 415 and answer["code"] == "bad_audio" and "no sound file" in answer["text"]


def test_an_empty_file_is_no_sound(hub: RunningHub) -> None:
    status, answer = hub.post("/api/hear", b"")
    assert status == 415 and "empty" in answer["text"]


async def test_telephone_stereo_is_taken_as_sound(hub: RunningHub, folder: Path) -> None:
    samples = await sound_files.spoken(SAID, rate_hz=8_000)
    status, answer = upload(hub, sound_files.write(folder / "phone.flac", samples, 8_000, channels=2))
    assert status == 200 and answer["reply"]


async def test_studio_stereo_is_heard(hub: RunningHub, folder: Path) -> None:
    samples = await sound_files.spoken(SAID, rate_hz=48_000)
    status, answer = upload(hub, sound_files.write(folder / "studio.wav", samples, 48_000, channels=2))
    assert status == 200 and answer["utterance"]["text"] == SAID
    assert "home.setProperty" in [command["name"] for command in answer["commands"]]


async def test_of_a_flac_cut_short_what_is_there_is_heard(hub: RunningHub, folder: Path) -> None:
    samples = await sound_files.spoken(SAID)
    whole = sound_files.write(folder / "whole.flac", np.concatenate([samples, samples])).read_bytes()
    cut = folder / "cut.flac"
    cut.write_bytes(whole[: len(whole) * 52 // 100])
    status, answer = upload(hub, cut)
    assert status == 200 and answer["utterance"]["text"] == SAID


def test_a_flac_without_its_sound_says_so(hub: RunningHub, folder: Path) -> None:
    whole = sound_files.noise(folder / "noise.flac", 1).read_bytes()
    status, answer = hub.post("/api/hear", whole[:60])
    assert status == 415 and "sound" in answer["text"]


def test_bad_files_among_good_ones_are_named_and_the_others_heard(folder: Path) -> None:
    bad = folder / "bad.mp3"
    bad.write_bytes(b"\xff\xfb\x90\x00" + bytes(100))
    names = [bad, folder / "missing.wav", folder, sound_files.silence(folder / "good.wav", 1)]
    outcome = CliRunner().invoke(main, ["hear", "--json", "--language", "en", *map(str, names)])
    records = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert outcome.exit_code == 1
    assert [("error" in record) for record in records] == [True, True, True, False]
    assert "There is no file" in records[1]["error"] and "is a folder" in records[2]["error"]
