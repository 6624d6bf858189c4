"""An endpoint without a device: inputs are given to it, outputs are kept."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

from jingling.core.audio import AudioChunk
from jingling.core.card import Card
from jingling.core.endpoint import EndpointInfo, Input, Progress


class RecordedEndpoint:
    """A file, a line of text or a test: plays into memory when `keeps_sound`, else not at all."""

    def __init__(self, info: EndpointInfo, inputs: Iterable[Input] = (), keeps_sound: bool = False) -> None:
        capabilities = frozenset({"screen", "speaker"} if keeps_sound else {"screen"})
        self._info = replace(info, capabilities=capabilities)
        self._inputs = list(inputs)
        self.told: list[tuple[str, Progress]] = []
        self.cards: list[tuple[str, Card]] = []
        self.sound: list[AudioChunk] = []
        self.stopped: list[str] = []

    @property
    def info(self) -> EndpointInfo:
        return self._info

    async def inputs(self) -> AsyncIterator[Input]:
        for given in self._inputs:
            yield given

    async def tell(self, turn_id: str, progress: Progress) -> None:
        self.told.append((turn_id, progress))

    async def show(self, turn_id: str, card: Card) -> None:
        self.cards.append((turn_id, card))

    async def play(self, turn_id: str, audio: AsyncIterator[AudioChunk]) -> None:
        async for chunk in audio:
            self.sound.append(chunk)

    async def stop(self, turn_id: str) -> None:
        self.stopped.append(turn_id)
