"""How long someone who guesses has to wait: pure rules."""

from collections import OrderedDict
from dataclasses import dataclass

EVERYONE = "*"


@dataclass
class Record:
    failures: int = 0
    open_at: float = 0.0
    last_at: float = 0.0


class Attempts:
    """Each wrong try beyond the first few doubles the wait, for one address and, more gently, for all together.

    A try counts as wrong from its start, so that a hundred at once are not a hundred free ones;
    `succeeded` takes it back. Times in monotonic seconds.
    """

    def __init__(
        self,
        *,
        free: int = 5,
        longest_s: float = 900.0,
        free_of_all: int = 30,
        longest_of_all_s: float = 30.0,
        forget_s: float = 3600.0,
        remembered: int = 1024,
    ) -> None:
        self._own = (free, longest_s)
        self._all = (free_of_all, longest_of_all_s)
        self._forget_s = forget_s
        self._remembered = remembered
        self._everyone = Record()
        self._records: OrderedDict[str, Record] = OrderedDict()

    def begin(self, address: str, now: float) -> float:
        """0 when a try may be made now, else the seconds to wait."""
        own = self._record(address)
        for record in (own, self._everyone):
            if now - record.last_at > self._forget_s:
                record.failures = 0
        wait = max(own.open_at, self._everyone.open_at) - now
        if wait > 0:
            return wait
        self._fail(own, now, *self._own)
        self._fail(self._everyone, now, *self._all)
        return 0.0

    def succeeded(self, address: str) -> None:
        self._records.pop(address, None)
        self._everyone.failures = max(0, self._everyone.failures - 1)

    def _record(self, address: str) -> Record:
        record = self._records.setdefault(address, Record())
        self._records.move_to_end(address)
        if len(self._records) > self._remembered:
            self._records.popitem(last=False)
        return record

    @staticmethod
    def _fail(record: Record, now: float, free: int, longest_s: float) -> None:
        record.failures += 1
        record.last_at = now
        if record.failures >= free:
            record.open_at = now + min(longest_s, 2.0 ** min(30, record.failures - free))
