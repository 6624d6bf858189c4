"""`jingling models`: better ears and voices, fetched when the owner wants them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from msgspec import Struct, to_builtins
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

from jingling.cli.options import json_lines, with_settings
from jingling.config import Loaded
from jingling.settings import SpeechSettings
from jingling.speech.models.manifest import Model
from jingling.speech.models.source import Brought, Network, Source, Tell
from jingling.speech.models.store import ModelStore, open_store

SETTINGS = {"recognizer": "speech.recognizers", "voice": "speech.voices", "keywords": "speech.wake_phrases"}


class Row(Struct, frozen=True):
    """`size` in bytes, 0 unknown; `hashes`: stated beforehand, or written down at the first install."""

    id: str
    kind: str
    languages: tuple[str, ...]
    size: int
    licence: str
    about: str
    installed: bool
    used: bool
    hashes: str


@click.group()
def models() -> None:
    """Recognisers, wake phrases and voices that are not in the package: list, install, verify, remove."""


@models.command("list")
@json_lines
@with_settings
def show(loaded: Loaded, as_json: bool) -> None:
    """Show every model: what it is for, its size and licence, and whether it is installed and used."""
    store = open_store(loaded.settings)
    rows = [row(store, loaded.settings.speech, model) for model in store.manifest.model]
    if as_json:
        for one in rows:
            _json(to_builtins(one))
    else:
        _table(rows)


@models.command("install")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option(
    "--from",
    "brought",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file of the model, or a folder with its files, instead of the network.",
)
@click.option("--accept-changed", is_flag=True, help="Take a file that differs from when it was first fetched.")
@json_lines
@with_settings
def install(
    loaded: Loaded, ids: tuple[str, ...], brought: tuple[Path, ...], accept_changed: bool, as_json: bool
) -> None:
    """Fetch each model ID, check it and put it into the models folder. What broke off is gone on with."""
    store = open_store(loaded.settings)
    wanted = [store.manifest.get(one) for one in ids]
    for model in wanted:
        source: Source = Network(store.folder, loaded.settings.models.mirror)
        if brought:
            source = Brought(brought, store.folder)
        with _progress(as_json) as tell:
            record = store.install(model, source, tell, accept_changed)
        if as_json:
            _json({"id": model.id, "installed": True, "size": record.size, "stated": record.stated})
        else:
            click.echo(f"{model.id} is installed ({_size(record.size)}, {model.licence}). {_use(model)}")


@models.command("remove")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@json_lines
@with_settings
def remove(loaded: Loaded, ids: tuple[str, ...], as_json: bool) -> None:
    """Delete each model ID, and what was fetched of it so far."""
    store = open_store(loaded.settings)
    for model in [store.manifest.get(one) for one in ids]:
        gone = store.remove(model.id)
        if as_json:
            _json({"id": model.id, "removed": gone})
        else:
            click.echo(f"{model.id} is removed." if gone else f"{model.id} was not installed.")


@models.command("verify")
@click.argument("ids", nargs=-1, metavar="[ID…]")
@json_lines
@with_settings
def verify(loaded: Loaded, ids: tuple[str, ...], as_json: bool) -> None:
    """Hash every file of the models ID (all when absent) anew; the exit code is 1 when one has changed."""
    store = open_store(loaded.settings)
    chosen = [store.manifest.get(one).id for one in ids] or [
        model.id for model in store.manifest.model if store.installed(model.id)
    ]
    wrong = False
    for model_id in chosen:
        with _progress(as_json) as tell:
            found = store.verify(model_id, tell)
        wrong = wrong or bool(found)
        if as_json:
            _json({"id": model_id, "ok": not found, "files": to_builtins(found)})
        else:
            _tell_findings(model_id, [f"{one.path} is {one.problem}" for one in found])
    if not chosen and not as_json:
        click.echo("No model is installed. `jingling models list` shows all.")
    if wrong:
        raise SystemExit(1)


def row(store: ModelStore, speech: SpeechSettings, model: Model) -> Row:
    record = store.installed(model.id)
    return Row(
        model.id,
        model.kind,
        model.languages,
        record.size if record else model.size,
        model.licence,
        model.about,
        record is not None,
        record is not None and used(speech, model),
        "stated" if model.hashed else "first use",
    )


def used(speech: SpeechSettings, model: Model) -> bool:
    """Whether the settings name it, or it is used as soon as it is there."""
    if model.kind == "recognizer":
        return model.id in speech.recognizers
    if model.kind == "voice":
        return model.id in speech.voices
    return model.kind == "speaker" or bool(speech.wake_phrases)


def _use(model: Model) -> str:
    if model.kind == "speaker":
        return "It is used from the next start on."
    if model.kind == "keywords":
        return 'Say which phrases wake it: --set "speech.wake_phrases=…".'
    setting = SETTINGS[model.kind]
    rest = "pocketsphinx" if model.kind == "recognizer" else "espeak"
    return f"Use it with {setting} = [{json.dumps(model.id)}, {json.dumps(rest)}]."


def _tell_findings(model_id: str, wrong: list[str]) -> None:
    if not wrong:
        click.echo(f"{model_id} is as it was installed.")
        return
    click.echo(f"{model_id}: {'; '.join(wrong)}.", err=True)
    click.echo(f"Run: jingling models remove {model_id} && jingling models install {model_id}", err=True)


def _table(rows: list[Row]) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("", "model", "for", "languages", "size", "hashes", "licence", "about"):
        table.add_column(column, overflow="fold")
    for one in rows:
        mark = "used" if one.used else ("here" if one.installed else "")
        table.add_row(
            mark,
            one.id,
            one.kind,
            " ".join(one.languages),
            _size(one.size),
            one.hashes,
            one.licence,
            one.about,
        )
    Console().print(table)


def _size(size: int) -> str:
    return f"{max(1, round(size / 1_000_000))} MB" if size else "?"


def _json(record: Any) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))


@contextmanager
def _progress(as_json: bool) -> Iterator[Tell]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=as_json) as progress:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total or None)
            progress.update(tasks[what], completed=done, total=total or None)

        yield tell
