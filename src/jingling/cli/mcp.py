"""`jingling mcp`: the home as an MCP server on standard input and output."""

import json
import logging
import sys
import urllib.error
import urllib.request
from pathlib import Path

import click

from jingling.app import build
from jingling.cli.asking import run
from jingling.cli.options import with_settings
from jingling.config import Loaded
from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import NotReady
from jingling.protocols.mcp.stdio import serve_house, serve_hub
from jingling.settings import ServerSettings, Settings

PROBE_S = 2.0


@click.command()
@click.option("--url", help="The hub to speak for; the one on this machine when absent.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="Holds a paired device's token, for a hub open to the LAN.",
)
@with_settings
def mcp(loaded: Loaded, url: str | None, token_file: Path | None) -> None:
    """Let another program use the home, by the Model Context Protocol on standard input and output.

    Speaks for the hub that runs here, or for a home of its own when there is none.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    url = url or _running(loaded.settings.server)
    if url:
        run(serve_hub(url, _token(token_file) if token_file else ""))
    else:
        run(_own(loaded.settings))


def _token(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NotReady(f"The token file {path} cannot be read ({type(error).__name__}).") from None


async def _own(settings: Settings) -> None:
    async with build(settings) as app:
        await serve_house(app.house, EndpointInfo("mcp", capabilities=frozenset()))


def _running(server: ServerSettings) -> str | None:
    """The address of a hub that answers here."""
    url = f"http://127.0.0.1:{server.port}"
    try:
        with urllib.request.urlopen(f"{url}/api/health", timeout=PROBE_S) as response:
            return url if json.load(response).get("ok") is True else None
    except (OSError, ValueError, AttributeError, urllib.error.URLError):
        return None
