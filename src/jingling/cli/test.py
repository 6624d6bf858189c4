"""`jingling test FOLDER…`: hold a skill's dialogs, each in a fresh demo home."""

from pathlib import Path

import click

from jingling.cli.asking import run
from jingling.cli.talk import talk
from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.sdk.dialogs import hold, read_dialogs

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
def test(folders: tuple[Path, ...]) -> None:
    """Hold the dialogs of the skill in each FOLDER, with just that skill loaded."""
    held, wrong = run(_hold_all(folders))
    for line in wrong:
        click.echo(f"✗ {line}")
    click.echo(f"{held} dialogs held, {len(wrong)} of their promises broken")
    if wrong or not held:
        raise SystemExit(1)


async def _hold_all(folders: tuple[Path, ...]) -> tuple[int, list[str]]:
    held, wrong = 0, []
    for folder in folders:
        for language in LANGUAGES:
            count, broken = await _hold(folder, language)
            held += count
            wrong += [f"{folder.name}/dialogs.{language}.yaml {line}" for line in broken]
    return held, wrong


async def _hold(folder: Path, language: Language) -> tuple[int, list[str]]:
    path = folder / f"dialogs.{language}.yaml"
    if not path.is_file():
        raise BadInput(f"{path} is missing: each skill has dialogs in both languages (see docs/dialogs.md)")
    dialogs = read_dialogs(path)
    wrong: list[str] = []
    for dialog in dialogs:
        async with talk(dialog, language, only_skill=folder) as home:
            wrong += await hold(dialog, home)
    return len(dialogs), wrong
