"""How far the sound that is sent to a board runs ahead of what it has played: pure rules."""

AHEAD_S = 0.3
"""Five packets. A board holds forty, and what it holds it still plays after the hub falls silent."""
OPEN_AHEAD_S = 0.12
"""While its microphone stays open, and people may interrupt by speaking."""


class Pace:
    """Times in monotonic seconds. Sound is played from the moment it is sent, one packet after the other."""

    def __init__(self) -> None:
        self._played_at = 0.0

    def sent(self, seconds: float, now: float) -> None:
        self._played_at = max(self._played_at, now) + seconds

    def wait_s(self, now: float, ahead_s: float) -> float:
        """How long to wait before more may be sent."""
        return max(0.0, self._played_at - now - ahead_s)

    def left_s(self, now: float) -> float:
        """How long until all is played."""
        return max(0.0, self._played_at - now)

    def silenced(self) -> None:
        self._played_at = 0.0
