"""`jingling up`: the hub, with its screen."""

import logging
from typing import Any

import click
from rich.console import Console

from jingling import __version__
from jingling.app import App, build
from jingling.cli.asking import run
from jingling.cli.options import load, settings_options
from jingling.config import Settings
from jingling.server.address import addresses, terminal_qr
from jingling.server.http import create_server, serve

LOGGED = "%(asctime)s %(levelname)s %(name)s %(message)s"


@click.command()
@settings_options
@click.option("--home", help="A home file; the furnished demo home when absent.")
@click.option("--port", type=int, help="Where to listen (server.port).")
@click.option("--lan/--no-lan", default=None, help="Open to the local network; a password is then needed.")
def up(**given: Any) -> None:
    """Start the hub and print its address."""
    settings = load(given)
    logging.basicConfig(level=settings.log_level.upper(), format=LOGGED)
    run(_up(settings))


async def _up(settings: Settings) -> None:
    async with build(settings) as app:
        server = create_server(app)
        await serve(server, settings, lambda: greet(app))


def greet(app: App) -> None:
    """The address, and what is on and what is missing."""
    out = Console(highlight=False)
    out.print(f"\n[bold]Jingling 精灵[/bold] {__version__}")
    for url in addresses(app.settings):
        out.print(f"  [bold green]{url}[/bold green]")
    if app.settings.server.lan:
        out.print(terminal_qr(addresses(app.settings)[-1]))
    names = app.home_name
    out.print(f"  home: {names.get('en', '')} {names.get('zh', '')}, {len(app.home.things)} things")
    out.print(f"  on: {', '.join(_on(app))}")
    for text in (*app.warnings, *app.engines.missing, *app.missing("en")):
        out.print(f"  [yellow]missing:[/yellow] {text}")
    out.print("  stop with Ctrl-C\n")


def _on(app: App) -> list[str]:
    parts = ["screen", "typing in English and Mandarin"]
    if app.engines.ears:
        parts.append(f"hearing English, wake words {', '.join(app.wake_words)}")
    if app.engines.voice:
        parts.append("voice")
    return parts


