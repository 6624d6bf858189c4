"""`jingling speaker`: this machine's microphone and loudspeaker as a device of a home."""

import asyncio
import secrets
import socket
from pathlib import Path

import click

from jingling.cli.options import with_settings
from jingling.config import Loaded
from jingling.core.turn import Language
from jingling.devices.model import speaker_id
from jingling.engines import load_engines
from jingling.speaker.box import Box
from jingling.speaker.echo import Cleaned, WebRtcEchoCanceller
from jingling.speaker.joining import checked_hub, show_up
from jingling.speaker.keys import Keys, load_keys, save_keys
from jingling.speaker.link import Link
from jingling.speaker.marks import marks
from jingling.speaker.sound_card import SoundCard
from jingling.speech.engines.microwake import MicroWakeDetector

ASK_AGAIN_S = 3.0


@click.command()
@click.option("--hub", default="http://127.0.0.1:8765", show_default=True, help="The hub's address.")
@click.option("--name", default=socket.gethostname, help="What the hub calls this speaker until somebody names it.")
@with_settings
def speaker(loaded: Loaded, hub: str, name: str) -> None:
    """Be a speaker of the home at HUB: hear the wake word, pass on what is said, play the answers."""
    try:
        asyncio.run(_speaker(loaded, checked_hub(hub), name))
    except KeyboardInterrupt:
        click.echo("\nGood bye.")


async def _speaker(loaded: Loaded, hub: str, name: str) -> None:
    settings = loaded.settings
    language: Language = "zh" if settings.language == "zh" else "en"
    keys = await _adopted(hub, settings.data_dir.expanduser() / "speaker.json", name)
    voice = load_engines(settings).voice
    own = await marks(voice, language)
    if voice is not None:
        await voice.close()
    wake = MicroWakeDetector(settings.speech.wake_words, settings.speech.sensitivity)
    echo = WebRtcEchoCanceller()
    box = Box(speaker_id(keys.secret), language, wake)
    with SoundCard(echo.played) as card:
        link = Link(box, Cleaned(card, echo), (hub, keys.token), own.__getitem__, _told)
        card.played_out = link.played_out
        words = ", ".join(word.replace("_", " ") for word in settings.speech.wake_words)
        click.echo(f"Say “{words}”. Sound leaves this box only after that. Stop with Ctrl-C.")
        await link.run()


async def _adopted(hub: str, file: Path, name: str) -> Keys:
    """Shows up until somebody has added this speaker."""
    keys, code, told = load_keys(file), f"{secrets.randbelow(1_000_000):06d}", False
    while True:
        standing = await show_up(hub, keys, name, code)
        if standing.state == "adopted":
            return save_keys(file, Keys(keys.secret, standing.token))
        if not told:
            click.echo(f"The hub shows a new device “{name}” with the code {code}: open {hub}, tap it, and add it.")
            told = True
        await asyncio.sleep(ASK_AGAIN_S)


def _told(there: bool) -> None:
    click.echo("Connected to the hub." if there else "The hub is away; trying again.")
