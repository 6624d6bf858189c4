"""Options that several commands share. Every one that sets a setting goes through `config.load_settings`."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from jingling.config import load_settings

F = TypeVar("F", bound=Callable[..., Any])

_FLAGS = "jingling.flags"


def setting(flag: str, name: str, **attributes: Any) -> Callable[[F], F]:
    """An option of the command line that sets the setting `name` (dotted)."""

    def keep(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value is not None:
            context.meta.setdefault(_FLAGS, {})[name] = value

    attributes.setdefault("default", None)
    return click.option(flag, expose_value=False, callback=keep, **attributes)


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--config`, `--data-dir` and `--set`; `command` gets the outcome as its keyword `loaded`."""

    @setting("--data-dir", "data_dir", metavar="FOLDER", help="Where the hub keeps its data.")
    @click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="A settings file (TOML).")
    @click.option("--set", "assignments", multiple=True, metavar="NAME=VALUE", help="A setting: server.port=9000.")
    @functools.wraps(command)
    def loading(config: Path | None, assignments: tuple[str, ...], **others: Any) -> Any:
        flags = dict(click.get_current_context().meta.get(_FLAGS, {}))
        flags.update(_split(one) for one in assignments)
        return command(loaded=load_settings(flags, os.environ, config), **others)

    return loading


json_lines = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def _split(assignment: str) -> tuple[str, str]:
    name, equals, value = assignment.partition("=")
    if not equals:
        raise click.BadParameter(f"{assignment!r} has no value. Write it as server.port=9000.", param_hint="--set")
    return name.strip(), value.strip()
