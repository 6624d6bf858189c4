"""What the server needs from the app that it is plugged into."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from jingling.assistant.act import Gate
from jingling.assistant.record import TurnLog
from jingling.bus.base import Bus
from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock
from jingling.core.endpoint import Endpoint, EndpointInfo
from jingling.core.turn import Language
from jingling.devices.service import DeviceService
from jingling.gateways import Gateways
from jingling.home.base import HomeReader
from jingling.language.learned.phrases import PhraseBook
from jingling.outside import Outside
from jingling.protocols.mcp.server import House
from jingling.protocols.sounds import Sounds
from jingling.screen.messages import Suggestion
from jingling.settings import Settings
from jingling.storage.base import Database


class Hub(Protocol):
    @property
    def settings(self) -> Settings: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def home(self) -> HomeReader: ...

    @property
    def bus(self) -> Bus: ...

    @property
    def database(self) -> Database: ...

    @property
    def home_id(self) -> str: ...

    @property
    def home_name(self) -> Mapping[str, str]:
        """By language."""

    @property
    def house(self) -> House:
        """The home for other programs."""

    @property
    def gate(self) -> Gate: ...

    @property
    def devices(self) -> DeviceService: ...

    @property
    def sounds(self) -> Sounds:
        """Speech that devices fetch."""

    @property
    def gateways(self) -> Gateways:
        """The protocols that bring devices."""

    @property
    def turn_log(self) -> TurnLog:
        """How the latest turns went."""

    @property
    def phrases(self) -> PhraseBook:
        """The owner's own."""

    @property
    def outside(self) -> Outside:
        """The language model and the servers of tools, if there are any."""

    @property
    def wake_words(self) -> Sequence[str]: ...

    @property
    def speech(self) -> bool:
        """Whether this hub can hear and speak now."""

    def suggestions(self, language: Language) -> list[Suggestion]:
        """What can be said here, spread over all skills."""

    def missing(self, language: Language) -> list[str]:
        """Plain sentences on what this hub lacks."""

    def undoable(self, endpoint: Endpoint) -> frozenset[str]:
        """The turns of whoever uses the endpoint whose doings can be taken back."""

    async def serve(self, endpoint: Endpoint) -> None:
        """Run the endpoint's session until its inputs end."""

    async def ask(self, text: str, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        """One turn on `text`; the JSON object that `jingling ask --json` prints. Language None: find out."""

    async def decode(self, path: Path) -> AudioChunk:
        """A sound file (wav, flac, mp3, ogg) as 16 kHz mono, off the event loop.

        Raises BadInput when it is no sound, is cut short or is longer than settings.limits allows.
        """

    async def hear(self, audio: AudioChunk, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        """One turn on 16 kHz mono sound; the JSON object that `jingling hear --json` prints.

        Raises NotReady when this hub has no recogniser.
        """
