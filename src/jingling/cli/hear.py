"""`jingling hear FILE…`: speak to the home through sound files."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from jingling.app import App
from jingling.cli import remote
from jingling.cli.asking import own_hub, print_record, refuse_with_url, run, turn_options
from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import JinglingError
from jingling.core.turn import Language
from jingling.speech.sound_file import read_sound


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@turn_options
def hear(files: tuple[Path, ...], language: str, url: str | None, as_json: bool, **chosen: Any) -> None:
    """Take each FILE (wav, flac, mp3, ogg) as one spoken request, and print what came of it.

    Every file is a conversation of its own. A file that cannot be read is reported and the others go on;
    the exit code is then 1.
    """
    spoken: Language | None = None if language == "auto" else ("zh" if language == "zh" else "en")
    if url:
        refuse_with_url(**chosen)
    failed = run(_all(files, spoken, url, as_json, **chosen))
    if failed:
        raise SystemExit(1)


async def _all(
    files: tuple[Path, ...],
    language: Language | None,
    url: str | None,
    as_json: bool,
    *,
    place: str | None,
    home: Path | None,
    only_skill: Path | None,
    dry_run: bool,
) -> int:
    if url:
        return await _each(files, as_json, lambda path: _remote(url, path, language))
    async with own_hub(home=home, only_skill=only_skill, dry_run=dry_run) as app:
        return await _each(files, as_json, lambda path: _own(app, path, language, place))


async def _each(files: tuple[Path, ...], as_json: bool, one: Any) -> int:
    failed = 0
    with Progress(console=Console(stderr=True), transient=True, disable=len(files) < 3) as progress:
        for path in progress.track(files, description="hearing"):
            try:
                record = {"file": str(path), **await one(path)}
            except JinglingError as error:
                failed += 1
                record = {"file": str(path), "error": str(error)}
            print_record(record, as_json)
    return failed


async def _remote(url: str, path: Path, language: Language | None) -> dict[str, Any]:
    return remote.hear(url, path, language)


async def _own(app: App, path: Path, language: Language | None, place: str | None) -> dict[str, Any]:
    audio = read_sound(path, app.settings.limits.audio_file_seconds_max)
    return await app.hub.hear(audio, language, EndpointInfo(f"file:{path}", place_id=place, language=language))
