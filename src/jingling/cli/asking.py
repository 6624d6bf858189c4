"""What `ask`, `hear` and `test` share: a hub of their own for a moment, or one that runs already."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from jingling.app import App, build
from jingling.core.errors import JinglingError
from jingling.settings import Settings

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def turn_options(command: F) -> F:
    """--home, --language, --only-skill, --dry-run, --place, --url, --json."""
    options = (
        click.option("--home", type=click.Path(path_type=Path), help="A home file; the demo home when absent."),
        click.option("--language", type=click.Choice(["en", "zh", "auto"]), default="auto", show_default=True),
        click.option("--only-skill", type=click.Path(path_type=Path), help="Load just the skill in this folder."),
        click.option("--dry-run", is_flag=True, help="Understand and answer, but carry nothing out."),
        click.option("--place", help="The id of the place where you stand (kitchen, bedroom, …)."),
        click.option("--url", help="Use a running hub, such as http://127.0.0.1:8765, instead of one of its own."),
        click.option("--json", "as_json", is_flag=True, help="One JSON line for each."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def refuse_with_url(**chosen: Any) -> None:
    """What shapes a hub of one's own has no say over a running one."""
    given = [f"--{name.replace('_', '-')}" for name, value in chosen.items() if value]
    if given:
        raise click.UsageError(f"{', '.join(given)} cannot go with --url: the running hub has its own settings.")


def user_cache() -> Path:
    """Where what can be made again is kept between commands (XDG base directories)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "jingling"


@asynccontextmanager
async def own_hub(**chosen: Any) -> AsyncIterator[App]:
    """A hub of its own, for this command alone, that leaves nothing behind but what it compiled."""
    with tempfile.TemporaryDirectory(prefix="jingling-") as folder:
        given = {name: value for name, value in chosen.items() if value is not None}
        settings = msgspec.structs.replace(Settings(), data_dir=Path(folder), **given)
        async with build(settings, cache=user_cache()) as app:
            for problem in app.problems:
                click.echo(f"skill left out: {problem.text}", err=True)
            yield app


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run `work`; our own errors end the command with their sentence and exit code 1."""
    try:
        return asyncio.run(work)
    except JinglingError as error:
        click.echo(f"jingling: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def print_record(record: dict[str, Any], as_json: bool) -> None:
    """A JSON line, or what a person wants to see."""
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False))
        return
    if "error" in record:
        click.echo(f"{record['file']}: {record['error']}", err=True)
        return
    head = f"{record['file']}: " if "file" in record else ""
    click.echo(f"{head}{record['utterance']['text'] or '(nothing understood)'}")
    intent = record["intent"]
    click.echo(
        f"  → {intent['name']} {json.dumps(intent['slots'], ensure_ascii=False)}" if intent else "  → nothing"
    )
    for command in record["commands"]:
        click.echo(f"  {'✓' if command['ok'] else '✗'} {command['name']}")
    click.echo(f"  “{record['reply']}”")
