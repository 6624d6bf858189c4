"""A speaker's secret is made once, kept from others, and never guessed anew over a broken file."""

import stat
from pathlib import Path

import pytest

from jingling.core.errors import BadInput, NotReady
from jingling.devices.model import ID_CHARS_MAX, speaker_id
from jingling.speaker.joining import checked_hub
from jingling.speaker.keys import Keys, load_keys, save_keys


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "data" / "speaker.json"
    assert load_keys(file) == load_keys(file)


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "speaker.json"
    load_keys(file)
    save_keys(file, Keys("s" * 40, "token"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_keys(file).token == "token"


def test_a_broken_file_is_said_and_left(tmp_path: Path) -> None:
    file = tmp_path / "speaker.json"
    file.write_text("{")
    with pytest.raises(NotReady, match="Delete it"):
        load_keys(file)
    assert file.read_text() == "{"


def test_the_id_follows_from_the_secret_and_does_not_tell_it() -> None:
    secret = load_keys_secret()
    assert speaker_id(secret) == speaker_id(secret) != speaker_id(secret + "x")
    assert secret not in speaker_id(secret)
    assert len(speaker_id(secret)) <= ID_CHARS_MAX


def load_keys_secret() -> str:
    return "a-secret-of-forty-characters-or-so-12345"


@pytest.mark.parametrize("address", ["hub:8765", "ftp://hub", ""])
def test_an_address_that_is_none_is_said(address: str) -> None:
    with pytest.raises(BadInput, match="http://HOST:PORT"):
        checked_hub(address)
