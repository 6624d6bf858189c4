"""How each device is spoken on: what people asked for there, and softly at night."""

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

import yaml
from msgspec import Struct, ValidationError, convert, structs, to_builtins

from jingling.core.clock import Clock
from jingling.core.command import Outcome
from jingling.core.errors import BadInput
from jingling.speech.base import PLAIN, Manner
from jingling.speech.voice.commands import ChangeManner, RestoreManner

log = logging.getLogger(__name__)
RATES = (0.6, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7)
VOLUMES = (0.25, 0.4, 0.55, 0.75, 1.0, 1.25)
DEVICES_MAX = 1_000
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)")


class Night(Struct, frozen=True):
    """From `begins` to `ends`, usually over midnight. `volume` is a share of the day's."""

    begins: time
    ends: time
    volume: float

    def covers(self, now: datetime) -> bool:
        at = now.time().replace(tzinfo=None)
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def night(hours: str, volume: int, day_volume: int) -> Night | None:
    """`hours` as in "22:00-07:00"; "" is never. `volume` and `day_volume` are 0…100. Raises BadInput."""
    if not hours.strip():
        return None
    found = _HOURS.fullmatch(hours.strip())
    if found is None:
        raise BadInput(f"speech.night: {hours!r} is not a time such as 22:00-07:00")
    begin_h, begin_m, end_h, end_m = map(int, found.groups())
    return Night(time(begin_h, begin_m), time(end_h, end_m), min(1.0, volume / max(1, day_volume)))


class VoiceManners:
    """Keeps what was asked for in the YAML file `path`; None: only while it runs.

    A file that cannot be read is told in the log and begun anew: nobody falls silent of it.
    """

    def __init__(self, clock: Clock, path: Path | None = None, night: Night | None = None) -> None:
        self._clock = clock
        self._path = path
        self._night = night
        self._own: dict[str, Manner] = _read(path) if path is not None and path.is_file() else {}

    def own(self, device_id: str) -> Manner:
        """What people asked for on this device."""
        return self._own.get(device_id, PLAIN)

    def manner(self, device_id: str, waking: bool = False) -> Manner:
        """As it is to be spoken there now. What is to wake somebody is not softened by the night."""
        own = self.own(device_id)
        if waking or self._night is None or not self._night.covers(self._clock.now()):
            return own
        return Manner(own.rate, own.volume * self._night.volume, quiet=True)

    async def execute(self, command: ChangeManner | RestoreManner) -> Outcome:
        """Data: `rate`, `volume` and `quiet` as they are now. What is at its limit fails as `bad_value`."""
        before = self.own(command.device_id)
        if isinstance(command, RestoreManner):
            after = Manner(command.rate, command.volume, command.quiet)
        else:
            after = _changed(before, command)
            if after == before and not (command.plain or command.quiet is not None):
                return Outcome.failed("bad_value", "The voice is at its limit already.")
        self._keep(command.device_id, after)
        return Outcome.done(**structs.asdict(after))

    def before(self, command: ChangeManner | RestoreManner) -> Manner:
        return self.own(command.device_id)

    def _keep(self, device_id: str, manner: Manner) -> None:
        self._own.pop(device_id, None)
        if manner != PLAIN:
            self._own[device_id] = manner
        while len(self._own) > DEVICES_MAX:
            del self._own[next(iter(self._own))]
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(yaml.safe_dump(to_builtins(self._own)), encoding="utf-8")
            beside.replace(self._path)


def restored(command: ChangeManner | RestoreManner, outcome: Outcome, before: Manner) -> Sequence[RestoreManner]:
    """What takes a change back."""
    return [RestoreManner(device_id=command.device_id, rate=before.rate, volume=before.volume, quiet=before.quiet)]


def _changed(manner: Manner, command: ChangeManner) -> Manner:
    start = PLAIN if command.plain else manner
    return Manner(
        _stepped(RATES, start.rate, command.rate),
        _stepped(VOLUMES, start.volume, command.volume),
        start.quiet if command.quiet is None else command.quiet,
    )


def _stepped(ladder: Sequence[float], value: float, steps: int) -> float:
    """So many rungs up, or down; as far as the ladder goes."""
    if steps == 0:
        return value
    at = bisect_right(ladder, value) - 1 + steps if steps > 0 else bisect_left(ladder, value) + steps
    return ladder[min(max(at, 0), len(ladder) - 1)]


def _read(path: Path) -> dict[str, Manner]:
    try:
        return convert(yaml.safe_load(path.read_text(encoding="utf-8")) or {}, dict[str, Manner])
    except (yaml.YAMLError, ValidationError, OSError, UnicodeDecodeError) as error:
        log.warning("%s cannot be read, so the voice is as it was set up: %s", path.name, error)
        return {}
