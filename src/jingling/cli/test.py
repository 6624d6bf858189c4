"""`jingling test FOLDER…`: hold a skill's dialogs, each in a fresh demo home."""

from pathlib import Path

import click

from jingling.cli.asking import run, user_cache
from jingling.cli.talk import talk
from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.sdk.dialogs import dialog_files, hold, read_dialogs

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
def test(folders: tuple[Path, ...]) -> None:
    """Hold the dialogs of the skill in each FOLDER, with just that skill loaded.

    A FOLDER that is no skill's holds dialogs over all skills.
    """
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
            wrong += [f"{folder.name}/{line}" for line in broken]
    return held, wrong


async def _hold(folder: Path, language: Language) -> tuple[int, list[str]]:
    files = dialog_files(folder, language)
    if not files:
        raise BadInput(f"{folder} has no dialogs in “{language}”: each skill has some (see docs/dialogs.md)")
    only_skill = folder if (folder / "skill.toml").is_file() else None
    held, wrong = 0, []
    for path in files:
        for dialog in read_dialogs(path):
            async with talk(dialog, language, only_skill=only_skill, cache=user_cache()) as home:
                wrong += [f"{path.relative_to(folder)} {line}" for line in await hold(dialog, home)]
            held += 1
    return held, wrong
