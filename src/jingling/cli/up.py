"""`jingling up`: the hub, with its screen."""

import asyncio
import gc
import logging

import click
from rich.console import Console

from jingling import __version__
from jingling.app import App, build
from jingling.cli.asking import run
from jingling.cli.options import setting, with_settings
from jingling.config import Loaded
from jingling.language.templates import forget_files
from jingling.server.address import qr_terminal, urls
from jingling.server.http import create_server, serve
from jingling.settings import Settings

LOGGED = "%(asctime)s %(levelname)s %(name)s %(message)s"


@click.command()
@setting("--home", "home", metavar="FILE", help="A home file; the furnished demo home when absent.")
@setting("--port", "server.port", type=int, help="Where to listen.")
@setting("--lan/--no-lan", "server.lan", help="Open to the local network; a password is then needed.")
@with_settings
def up(loaded: Loaded) -> None:
    """Start the hub and print its address."""
    settings = loaded.settings
    logging.basicConfig(level=settings.log_level.upper(), format=LOGGED)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    run(_up(settings))


async def _up(settings: Settings) -> None:
    async with build(settings) as app:
        forget_files()
        server = create_server(app)
        begun: list[asyncio.Task[None]] = []

        def ready(port: int) -> None:
            greet(app, port, server.state.access.setup_code)
            begun.append(asyncio.create_task(_prepare(app), name="suggestions and learning"))

        await serve(server, settings, ready)
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


async def _prepare(app: App) -> None:
    """What is made by now stays: the collector need not walk through it while somebody waits for an answer."""
    await app.prepare()
    gc.collect()
    gc.freeze()


def greet(app: App, port: int, setup_code: str) -> None:
    """The address, and what is on and what is missing."""
    out = Console(highlight=False)
    addresses = urls(app.settings.server, port)
    names = app.home_name
    out.print(f"\n[bold]Jingling 精灵[/bold] {__version__}")
    for url in addresses:
        out.print(f"  open [bold green]{url}[/bold green]")
    if app.settings.server.lan:
        out.print(qr_terminal(addresses[-1]), end="")
        out.print(f"  first start from another machine: set-up code [bold]{setup_code}[/bold]")
    out.print(f"  home     {names.get('en', '')} {names.get('zh', '')}, {len(app.home.things)} things")
    out.print(f"  on       {', '.join(_on(app))}", soft_wrap=True)
    for text in (*app.warnings, *app.engines.missing, *app.missing("en"), *_unheard(app)):
        out.print(f"  [yellow]missing[/yellow]  {text}", soft_wrap=True)
    if app.interrupted:
        out.print(
            f"  [yellow]note[/yellow]     {app.interrupted} commands were cut short by the last stop, not repeated"
        )
    if not app.settings.server.lan:
        out.print("  For phones and other screens: `jingling up --lan` (asks for a password)")
    out.print("  Stop with Ctrl-C\n")


def _unheard(app: App) -> list[str]:
    ears = app.engines.ears
    if ears is None or "zh" in ears.recognizer.languages:
        return []
    return [app.replies.text("en", "missing_language")]


def _on(app: App) -> list[str]:
    parts = ["screen", "typing in English and Mandarin"]
    if app.engines.ears:
        parts.append(f"hearing English, wake words {', '.join(app.wake_words)}")
    if app.engines.voice:
        parts.append("voice")
    if app.outside.converse:
        parts.append("a language model")
    return parts
