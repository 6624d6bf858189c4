"""`jingling ask TEXT…`: type instead of speaking."""

from pathlib import Path
from typing import Any

import click

from jingling.cli import remote
from jingling.cli.asking import own_hub, print_record, refuse_with_url, run, turn_options
from jingling.core.endpoint import EndpointInfo
from jingling.core.turn import Language
from jingling.settings import SpeechSettings


@click.command()
@click.argument("texts", nargs=-1, required=True)
@turn_options
def ask(texts: tuple[str, ...], language: str, url: str | None, as_json: bool, **chosen: Any) -> None:
    """Say each TEXT to the home and print what came of it.

    Texts after the first go on with the same conversation.
    """
    spoken: Language | None = None if language == "auto" else ("zh" if language == "zh" else "en")
    if url:
        refuse_with_url(**chosen)
        for text in texts:
            print_record(run(_remote(url, text, spoken)), as_json)
        return
    run(_own(texts, spoken, as_json, **chosen))


async def _remote(url: str, text: str, language: Language | None) -> dict[str, Any]:
    return remote.ask(url, text, language)


async def _own(
    texts: tuple[str, ...],
    language: Language | None,
    as_json: bool,
    *,
    place: str | None,
    home: Path | None,
    only_skill: Path | None,
    dry_run: bool,
) -> None:
    speaker = EndpointInfo("text", place_id=place, language=language)
    mute = SpeechSettings(enabled=False)
    async with own_hub(home=home, only_skill=only_skill, dry_run=dry_run, speech=mute) as app:
        for text in texts:
            print_record(await app.hub.ask(text, language, speaker), as_json)
