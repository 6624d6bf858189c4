"""What a protocol needs of the hub that it brings devices to, and what the hub needs of it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from jingling.bus.base import Bus
from jingling.core.clock import Clock
from jingling.core.endpoint import Endpoint, EndpointInfo
from jingling.core.grammar import Grammar
from jingling.core.turn import Intent, Language
from jingling.devices.base import Devices
from jingling.home.base import HomeReader
from jingling.protocols.sounds import Sounds
from jingling.schedule.base import ScheduleReader
from jingling.settings import Settings
from jingling.speech.base import Recognizer, Synthesizer, WakeDetector


class Host(Protocol):
    """The hub. None: this machine cannot hear, speak or wake."""

    settings: Settings
    clock: Clock
    bus: Bus
    home: HomeReader
    devices: Devices
    schedule: ScheduleReader
    sounds: Sounds

    @property
    def home_id(self) -> str: ...

    @property
    def recognizer(self) -> Recognizer | None: ...

    @property
    def voice(self) -> Synthesizer | None: ...

    @property
    def wake(self) -> Callable[[], WakeDetector] | None:
        """Makes one stream's detector."""

    def grammars(self, language: Language | None) -> Sequence[Grammar]:
        """All that can be said in this home, in one language or all."""

    def understand(self, text: str, language: Language | None) -> Intent | None:
        """What `text` would mean, without doing it; None: nothing that is sure."""

    async def serve(self, endpoint: Endpoint) -> None:
        """Run the endpoint's session until its inputs end."""

    async def ask(self, text: str, language: Language | None, caller: EndpointInfo) -> dict[str, Any]:
        """One turn on `text`, as `jingling ask --json` prints it."""


class Gateway(Protocol):
    """Brings the devices of one protocol into the home."""

    async def start(self) -> None:
        """Begin to look for devices; returns at once. What fails later is logged, and tried again."""

    async def close(self) -> None:
        """Ends its connections; nothing of it runs any more."""
