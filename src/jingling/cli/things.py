"""`jingling things`: what is in the home."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jingling.app import App
from jingling.cli.asking import own_hub, run
from jingling.settings import SpeechSettings


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="A home file; the demo home when absent.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each thing.")
def things(home: Path | None, language: str, as_json: bool) -> None:
    """List the things of the home with their place and state."""
    run(_things(home, language, as_json))


async def _things(home: Path | None, language: str, as_json: bool) -> None:
    async with own_hub(home=home, speech=SpeechSettings(enabled=False)) as app:
        rows = [_row(app, thing.id, language) for thing in app.home.things]
        for warning in app.warnings:
            click.echo(warning, err=True)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif rows:
        Console().print(_table(rows))
    else:
        click.echo("There is nothing in this home yet. docs/home-file.md says how to add things.")


def _row(app: App, thing_id: str, language: str) -> dict[str, Any]:
    thing = app.home.thing(thing_id)
    assert thing is not None
    place = app.home.place(thing.place_id) if thing.place_id else None
    state = app.home.state(thing_id)
    return {
        "id": thing.id,
        "name": thing.name(language),
        "type": thing.type,
        "place": place.name(language) if place else "",
        "values": state.values,
        "reachable": state.reachable,
    }


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table("place", "thing", "id", "type", "now")
    for row in sorted(rows, key=lambda row: str(row["place"])):
        now = ", ".join(f"{name} {value}" for name, value in row["values"].items() if value is not None)
        table.add_row(
            row["place"], row["name"], row["id"], row["type"], now if row["reachable"] else "not reachable"
        )
    return table
