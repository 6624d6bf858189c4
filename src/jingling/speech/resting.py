"""When an engine that keeps failing is left in peace, and when it is tried again. Pure."""

FAILURES_MAX = 3
REST_S = 60.0


class Resting:
    """After FAILURES_MAX failures in a row an engine rests for REST_S, then has one try for the next rest.

    `now` is in seconds of the caller's clock that never runs backwards.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._until = 0.0
        self.problem = ""

    def awake(self, now: float) -> bool:
        return now >= self._until

    @property
    def failing(self) -> bool:
        """Its last try failed."""
        return self._failures > 0

    def failed(self, now: float, problem: str = "") -> bool:
        """True when it rests from now on. `problem` is kept until it works again."""
        self._failures += 1
        self.problem = problem
        if self._failures < FAILURES_MAX:
            return False
        self._until = now + REST_S
        return True

    def worked(self) -> None:
        self._failures = 0
        self._until = 0.0
        self.problem = ""
