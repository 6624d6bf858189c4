"""Settings, ports and folders that do not work: said in a sentence, on a line, with what to do."""

import socket
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from fakes.running_hub import RunningHub, jingling
from jingling.cli import main


def up(*arguments: str | Path) -> Result:
    """A hub that must not start."""
    outcome = CliRunner().invoke(main, ["up", *map(str, arguments)])
    assert outcome.exit_code in (1, 2) and "Traceback" not in outcome.output
    return outcome


SETTINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown key": ("[server]\nprot = 80\n", ("server.prot", ":2", "Did you mean server.port?")),
    "bad port": ("[server]\nport = 99999\n", ("server.port", "99999", "from 0 to 65535")),
    "port in words": ('[server]\nport = "eighty"\n', ("server.port", "whole number")),
    "a group as a value": ("server = 8765\n", ("server", "group", "server.port")),
    "unknown language": ('language = "tlh"\n', ("language", "one of auto, en, zh")),
    "no TOML": ("server:\n  port: 80\n", ("jingling.toml", "not valid TOML")),
    "nobody's zone": ('time_zone = "Mars/Olympus"\n', ("time_zone", "Asia/Shanghai")),
}


@pytest.mark.parametrize(("text", "words"), SETTINGS.values(), ids=SETTINGS.keys())
def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    (tmp_path / "jingling.toml").write_text(text)
    said = up("--data-dir", tmp_path).output
    for word in words:
        assert word in said


def test_a_wrong_flag_is_named(tmp_path: Path) -> None:
    assert "server.port" in up("--data-dir", tmp_path, "--set", "server.port=70000").output
    assert "no value" in up("--data-dir", tmp_path, "--set", "server.port").output


def test_a_settings_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "cannot be read" in up("--config", tmp_path / "none.toml").output


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = up("--data-dir", tmp_path, "--port", str(port)).output
    assert str(port) in said and "choose another server.port" in said


def test_an_address_beyond_this_machine_needs_the_lan_setting(tmp_path: Path) -> None:
    assert "server.lan = true" in up("--data-dir", tmp_path, "--set", "server.host=0.0.0.0").output


def test_a_second_hub_on_the_same_folder_is_turned_away(hub: RunningHub) -> None:
    said = up("--data-dir", hub.data_dir, "--port", "0").output
    assert f"Another hub (process {hub.process.pid})" in said and "--data-dir" in said


def test_no_hub_at_the_url_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    outcome = CliRunner().invoke(main, ["ask", "--url", url, "turn on the light"])
    assert outcome.exit_code == 1 and "No hub answers" in outcome.output and "jingling up" in outcome.output
    outcome = CliRunner().invoke(main, ["ask", "--url", "localhost:8765", "turn on the light"])
    assert outcome.exit_code == 1 and "http://HOST:PORT" in outcome.output


ANSWERS = {
    "mail": b"220 mail.example ESMTP\r\n",
    "a page": b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
    "nothing": b"",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_a_url_that_is_no_hub_is_said(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        thread = Thread(target=answer_once, args=(other, answer))
        thread.start()
        url = f"http://127.0.0.1:{other.getsockname()[1]}"
        outcome = CliRunner().invoke(main, ["ask", "--url", url, "turn on the light"])
        thread.join()
    assert outcome.exit_code == 1 and url in outcome.output and "hub" in outcome.output


def answer_once(server: socket.socket, answer: bytes) -> None:
    server.settimeout(10)
    connection, _ = server.accept()
    with connection:
        connection.recv(4_096)
        connection.sendall(answer)


def test_the_module_runs_as_a_command() -> None:
    outcome = jingling("--version")
    assert outcome.returncode == 0 and "jingling" in outcome.stdout
    outcome = jingling("ask")
    assert outcome.returncode == 2 and "Usage" in outcome.stderr
