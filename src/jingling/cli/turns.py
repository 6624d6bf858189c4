"""`jingling turns`: how long a running hub took for its latest turns."""

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from jingling.cli import remote

STAGES = ("ended", "heard", "thought", "acted", "voiced", "sent")


@click.command()
@click.option("--url", default="http://127.0.0.1:8765", show_default=True, help="The hub's address.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each turn.")
def turns(url: str, as_json: bool) -> None:
    """List the latest turns, the last one first, in milliseconds after the last sample of speech.

    ended: the end of speech was found; heard: its words were known; then thought, acted, the first sound of the
    answer voiced and sent.
    """
    found = remote.turns(url)
    if as_json:
        for each in found:
            click.echo(json.dumps(each))
    elif found:
        Console().print(_table(found))
    else:
        click.echo("Nobody has asked this hub anything since it was started.")


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table("at", "intent", *STAGES, box=None)
    for each in found:
        after = (each["after_ms"].get(stage) for stage in STAGES)
        cells = ("" if ms is None else f"{ms:.0f}" for ms in after)
        intent = each["intent"] if each["outcome"] == "done" else f"{each['intent']} ({each['outcome']})"
        table.add_row(each["at"][11:19], intent, *cells)
    return table
