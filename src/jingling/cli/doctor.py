"""`jingling doctor`: every setting with its source, and what is missing on this machine."""

import os
import platform
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import click
import msgspec
from msgspec import Struct
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jingling.cli.doctor_outside import outside_checks
from jingling.cli.doctor_speech import speech_checks
from jingling.cli.options import json_lines, with_settings
from jingling.cli.report import Check
from jingling.config import Loaded, flattened, is_secret
from jingling.core.errors import JinglingError
from jingling.home.file import load_home
from jingling.settings import Settings

PYTHON_MIN = (3, 11)
FREE_BYTES_MIN = 200 * 1024 * 1024


class Value(Struct, frozen=True):
    name: str
    value: object
    origin: str


class Report(Struct, frozen=True):
    settings: tuple[Value, ...]
    checks: tuple[Check, ...]

    @property
    def healthy(self) -> bool:
        return all(check.ok or not check.needed for check in self.checks)


@click.command()
@json_lines
@with_settings
def doctor(loaded: Loaded, as_json: bool) -> None:
    """Show every setting, where it came from, and what is missing on this machine."""
    report = Report(tuple(_values(loaded)), tuple(checks(loaded.settings)))
    if as_json:
        click.echo(msgspec.json.encode(report).decode())
    else:
        _print(report)
    sys.exit(0 if report.healthy else 1)


def checks(settings: Settings) -> Iterator[Check]:
    yield python_version()
    for module, part in ENGINES.items():
        yield engine(module, part)
    yield from speech_checks(settings)
    yield built_screen()
    yield data_folder(settings.data_dir)
    yield free_disk(settings.data_dir)
    yield free_port(settings.server.host, settings.server.port)
    yield home_file(settings.home)
    yield from outside_checks(settings)


ENGINES = {
    "pocketsphinx": "the recogniser",
    "pymicro_wakeword": "the wake word",
    "pymicro_vad": "voice activity",
    "espeakng_loader": "the voice",
}


def python_version() -> Check:
    return Check(
        "Python",
        sys.version_info >= PYTHON_MIN,
        platform.python_version(),
        f"Install Python {'.'.join(map(str, PYTHON_MIN))} or newer.",
    )


def engine(module: str, part: str) -> Check:
    try:
        import_module(module)
    except (ImportError, OSError) as problem:
        advice = "Run `make setup` again; without it the screen and typing still work."
        return Check(module, False, f"{part} cannot be loaded: {problem}", advice, needed=False)
    return Check(module, True, f"{part} is installed", needed=False)


def built_screen() -> Check:
    built = files("jingling").joinpath("server", "static", "index.html").is_file()
    return Check(
        "screen", built, "built" if built else "not built", "Run `make setup` (it needs Node 20 or newer)."
    )


def data_folder(folder: Path) -> Check:
    writable = os.access(_existing(folder), os.W_OK | os.X_OK) and _existing(folder).is_dir()
    advice = "Choose another with --data-dir, or give this user the right to write there."
    return Check("data folder", writable, f"{folder} {'can' if writable else 'cannot'} be written", advice)


def free_disk(folder: Path) -> Check:
    free = shutil.disk_usage(_existing(folder)).free
    return Check("free disk", free >= FREE_BYTES_MIN, f"{free // 1024**2} MB at {folder}", "Free at least 200 MB.")


def free_port(host: str, port: int) -> Check:
    advice = f"Stop what uses it (another hub?), or choose another: --set server.port={port + 1}."
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        return Check("port", False, f"{host}:{port} is not free: {problem.strerror}", advice)
    return Check("port", True, f"{host}:{port} is free")


def home_file(path: Path | None) -> Check:
    if path is None:
        return Check("home", True, "the furnished demo home")
    advice = "Correct the file, or choose another with --set home=FILE."
    try:
        load_home(path)
    except JinglingError as problem:
        return Check("home", False, str(problem), advice)
    return Check("home", True, f"{path} is valid")


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def _values(loaded: Loaded) -> Iterator[Value]:
    for name, value in flattened(loaded.settings):
        shown = "(secret)" if is_secret(name) and value else msgspec.to_builtins(value, enc_hook=str)
        yield Value(name, shown, loaded.origins[name])


def _print(report: Report) -> None:
    console = Console()
    console.print(_table("Settings", ("setting", "value", "from"), [_setting_row(one) for one in report.settings]))
    console.print(_table("This machine", ("", "part", "state"), [_check_row(one) for one in report.checks]))
    for check in report.checks:
        if not check.ok:
            console.print(Text(f"{check.name}: {check.advice}"))


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Text | str]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _setting_row(one: Value) -> Sequence[Text | str]:
    value = ", ".join(map(str, one.value)) if isinstance(one.value, list | tuple) else str(one.value)
    return Text(one.name), Text("–" if one.value in (None, (), []) else value), Text(one.origin, style="dim")


def _check_row(check: Check) -> Sequence[Text | str]:
    if check.ok:
        mark = Text("✓", style="green")
    else:
        mark = Text("✗", style="red") if check.needed else Text("·", style="yellow")
    return mark, Text(check.name), Text(check.detail)
