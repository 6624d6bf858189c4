"""`jingling phrases`: what the owner says, and means by it."""

import click

from jingling.app import phrase_file
from jingling.cli.options import with_settings
from jingling.config import Loaded
from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.language.learned.phrases import PhraseBook
from jingling.language.text import detect


@click.group()
def phrases() -> None:
    """Your own phrases: when I say X, I mean Y. A running hub takes them up when it starts again."""


@phrases.command("list")
@with_settings
def show(loaded: Loaded) -> None:
    """Show all phrases."""
    kept = PhraseBook(phrase_file(loaded.settings)).phrases
    for one in kept:
        click.echo(f"{one.language}  {one.text} → {one.means}")
    if not kept:
        click.echo("There are none yet. Add one: jingling phrases add “movie time” “turn off the lamp”")


@phrases.command("add")
@click.argument("text")
@click.argument("means")
@with_settings
def add(loaded: Loaded, text: str, means: str) -> None:
    """From now on TEXT means what the sentence MEANS means."""
    phrase = PhraseBook(phrase_file(loaded.settings)).teach(text, means, detect(means))
    click.echo(f"“{phrase.text}” means “{phrase.means}”.")


@phrases.command("remove")
@click.argument("text")
@with_settings
def remove(loaded: Loaded, text: str) -> None:
    """Forget the phrase TEXT."""
    book = PhraseBook(phrase_file(loaded.settings))
    languages: tuple[Language, ...] = ("en", "zh")
    if not any([book.forget(text, language) for language in languages]):
        raise BadInput(f"There is no phrase “{text}”. `jingling phrases list` shows all.")
    click.echo(f"“{text}” is forgotten.")
