from pathlib import Path
from typing import Any

import pytest

from jingling.config import flattened, is_secret, load_settings
from jingling.core.errors import BadInput, NotReady
from jingling.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "jingling.toml"


def test_without_any_source_all_is_default(tmp_path: Path) -> None:
    loaded = load_settings({"data_dir": str(tmp_path)}, {}, None)
    assert loaded.settings.server.port == Settings().server.port
    assert loaded.origins["data_dir"] == "flag"
    assert {origin for name, origin in loaded.origins.items() if name != "data_dir"} == {"default"}
    assert set(loaded.origins) == {name for name, _ in flattened(loaded.settings)}


def test_the_usual_data_folder_is_in_the_persons_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings({}, {}, None).settings.data_dir == tmp_path / ".local/share/jingling"


def test_each_source_wins_over_the_one_before(file: Path) -> None:
    file.write_text('language = "zh"\n\n[server]\nport = 1001\nhost = "::1"\n[speech]\nvolume = 5\n')
    env = {"JINGLING_SERVER__PORT": "1002", "JINGLING_SPEECH__VOLUME": "6", "PATH": "x"}
    loaded = load_settings({"speech.volume": 7, "server.lan": None}, env, file)
    assert (loaded.settings.language, loaded.settings.server.host) == ("zh", "::1")
    assert (loaded.settings.server.port, loaded.settings.speech.volume) == (1002, 7)
    assert loaded.origins["language"] == f"file:{file}:1"
    assert loaded.origins["server.host"] == f"file:{file}:5"
    assert loaded.origins["server.port"] == "env JINGLING_SERVER__PORT"
    assert loaded.origins["speech.volume"] == "flag"
    assert loaded.origins["server.lan"] == "default"


def test_the_file_in_the_data_folder_is_read_unasked(file: Path) -> None:
    file.write_text("server.port = 1001\n")
    loaded = load_settings({}, {"JINGLING_DATA_DIR": str(file.parent)}, None)
    assert loaded.settings.server.port == 1001
    assert loaded.origins["server.port"] == f"file:{file}:1"


def test_text_becomes_what_the_setting_is(tmp_path: Path) -> None:
    flags = {
        "server.lan": "yes",
        "dry_run": "false",
        "speech.sensitivity": "0.25",
        "speech.wake_words": "alexa, hey_jarvis",
        "skills": f"{tmp_path}/a,~/b",
        "home": "",
    }
    settings = load_settings(flags, {}, None).settings
    assert (settings.server.lan, settings.dry_run, settings.speech.sensitivity) == (True, False, 0.25)
    assert settings.speech.wake_words == ("alexa", "hey_jarvis")
    assert settings.skills == (tmp_path / "a", Path("~/b").expanduser())
    assert settings.home is None


def test_a_relative_path_starts_at_its_source(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('home = "flat.yaml"\n')
    elsewhere = file.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    loaded = load_settings({"only_skill": "coffee"}, {}, file)
    assert loaded.settings.home == file.parent / "flat.yaml"
    assert loaded.settings.only_skill == elsewhere / "coffee"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[server]\nport = "no"', ":2) is not allowed: give a whole number from 0 to 65535."),
        ("[server]\nport = 70000", "server.port = 70000"),
        ("server = { port = true }", ":1) is not allowed: give a whole number"),
        ("[speech]\nsensitivity = 2", "give a number from 0 to 1."),
        ('\nlanguage = "fr"', "language = 'fr'"),
        ('language = "fr"', "give one of auto, en, zh."),
        ('dry_run = "yes"', "give true or false."),
        ('skills = "one"', "give a list, each a path."),
        ("home = 5", "give a path or nothing."),
        ("[limits]\nturn_seconds_max = 0", "give a number above 0."),
        ("[server]\nprot = 1", "There is no setting server.prot"),
        ("[server]\nprot = 1", "Did you mean server.port?"),
        ("[weather]\napi = 1", "There is no setting weather"),
        ("server = 5", "server (file:"),
        ("server = 5", "is a group. Set one of: server.host, server.port"),
        ("[server\nport = 1", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_told_with_line_and_what_is_allowed(file: Path, text: str, told: str) -> None:
    file.write_text(text)
    with pytest.raises(BadInput) as problem:
        load_settings({}, {}, file)
    assert told in str(problem.value)


@pytest.mark.parametrize(
    ("flags", "env", "told"),
    [
        ({"server.port": "x"}, {}, "server.port = 'x' (flag) is not allowed"),
        ({}, {"JINGLING_SPEECH__VOLUME": "loud"}, "(env JINGLING_SPEECH__VOLUME) is not allowed"),
        ({}, {"JINGLING_SERVER__LAN": "perhaps"}, "give true or false"),
        ({}, {"JINGLING_PORT": "1"}, "There is no setting port (env JINGLING_PORT)"),
    ],
)
def test_a_wrong_flag_or_variable_is_told(flags: dict[str, Any], env: dict[str, str], told: str) -> None:
    with pytest.raises(BadInput) as problem:
        load_settings(flags, env, None)
    assert told in str(problem.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadInput) as problem:
        load_settings({"server.port": "x", "langauge": "en"}, {"JINGLING_DRY_RUN": "7"}, None)
    assert len(str(problem.value).splitlines()) == 3


def test_a_file_that_was_asked_for_must_be_there(file: Path) -> None:
    with pytest.raises(NotReady, match="cannot be read"):
        load_settings({}, {}, file)


def test_names_of_secrets_are_known() -> None:
    secret = [is_secret(name) for name in ("llm.api_key", "wallet.token", "database_url", "server.password")]
    assert all(secret)
    hidden = {name for name, _ in flattened(Settings()) if is_secret(name)}
    assert hidden == {"llm.base_url", "llm.api_key", "mcp.servers", "esphome.keys"}
