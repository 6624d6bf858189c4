"""The command line: one file per command."""

from typing import Any

import click

from jingling import __version__
from jingling.cli import (
    ask,
    doctor,
    hear,
    language,
    mcp,
    models,
    phrases,
    speaker,
    test,
    things,
    turns,
    up,
    wake,
)
from jingling.core.errors import JinglingError


class _Told(click.ClickException):
    exit_code = 2


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        """Our own errors are sentences for the person; they end the command with code 2."""
        try:
            return super().invoke(context)
        except JinglingError as problem:
            raise _Told(str(problem)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jingling")
def main() -> None:
    """Jingling 精灵: an open smart speaker and screen that you run yourself."""


COMMANDS = (
    up.up,
    ask.ask,
    hear.hear,
    wake.wake,
    speaker.speaker,
    things.things,
    turns.turns,
    test.test,
    language.language,
    phrases.phrases,
    models.models,
    mcp.mcp,
    doctor.doctor,
)

for command in COMMANDS:
    main.add_command(command)
