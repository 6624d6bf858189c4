"""What was said to be passed on as it is. Kept in memory, for a minute."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock

KEPT_S = 60.0
KEPT_MAX = 16


@dataclass
class Recordings:
    clock: Clock
    _kept: OrderedDict[str, tuple[AudioChunk, float]] = field(default_factory=OrderedDict)

    def keep(self, sound: AudioChunk) -> str:
        """Its name, which cannot be guessed."""
        self._forget()
        name = secrets.token_hex(8)
        self._kept[name] = (sound, self.clock.monotonic())
        return name

    def take(self, name: str) -> AudioChunk | None:
        """None when it is gone."""
        self._forget()
        kept = self._kept.get(name)
        return kept[0] if kept else None

    def _forget(self) -> None:
        oldest = self.clock.monotonic() - KEPT_S
        while self._kept and (len(self._kept) >= KEPT_MAX or next(iter(self._kept.values()))[1] < oldest):
            self._kept.popitem(last=False)
