"""When a server that failed is asked again. Pure; times in seconds of a monotonic clock."""

from dataclasses import dataclass

FIRST_S = 15.0
LONGEST_S = 300.0


@dataclass
class Breaker:
    """Open after a failure: nobody waits for the server until its time is over; the wait doubles each time."""

    _until: float = 0.0
    _wait_s: float = 0.0

    def is_open(self, now: float) -> bool:
        return now < self._until

    def failed(self, now: float, retry_s: float = 0.0) -> float:
        """How long it stays open."""
        self._wait_s = min(max(FIRST_S, 2 * self._wait_s, retry_s), LONGEST_S)
        self._until = now + self._wait_s
        return self._wait_s

    def worked(self) -> None:
        self._until = self._wait_s = 0.0
