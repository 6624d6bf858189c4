"""What a protocol needs of the hub that it brings devices to, and what the hub needs of it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from jingling.bus.base import Bus
from jingling.core.clock import Clock
from jingling.core.endpoint import Endpoint, EndpointInfo
from jingling.core.grammar import Grammar
from jingling.core.thing import Thing
from jingling.core.turn import Intent, Language
from jingling.devices.base import Devices
from jingling.home.base import Driver, HomeReader
from jingling.protocols.sounds import Sounds
from jingling.schedule.base import ScheduleReader
from jingling.settings import Settings
from jingling.speech.base import Recognizer, Synthesizer, WakeDetector


class OpenHome(HomeReader, Protocol):
    """A home that things come to and go from."""

    async def arrive(self, things: Sequence[Thing], driver: Driver) -> None:
        """Those of the same ids are replaced. Raises BadInput for an id that another driver's thing has."""

    async def leave(self, thing_ids: Iterable[str]) -> None: ...


class Host(Protocol):
    """The hub. None: this machine cannot hear, speak or wake."""

    @property
    def settings(self) -> Settings: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def bus(self) -> Bus: ...

    @property
    def home(self) -> OpenHome: ...

    @property
    def devices(self) -> Devices: ...

    @property
    def schedule(self) -> ScheduleReader: ...

    @property
    def sounds(self) -> Sounds: ...

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
