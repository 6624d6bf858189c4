"""Several devices hear one sentence: one of them answers. Pure: times are given, monotonic, in seconds."""

from dataclasses import dataclass, field

SAME_S = 2.0
"""Wake words heard on other devices within this time are the same call."""
SAME_WORDS_S = 4.0
"""The same sentence from another device within this time was heard by both."""


@dataclass
class Arbiter:
    """The first that hears the wake word answers; it waits for nobody, so the rule costs no time.

    Loudness is not compared: rooms and microphones differ more than distances do, and waiting for the others would
    cost everyone a third of a second.
    """

    _woken_by: str = ""
    _woken_at: float = float("-inf")
    _said: dict[str, tuple[str, float]] = field(default_factory=dict)

    def answers(self, device_id: str, now: float) -> bool:
        """Whether `device_id`, that heard a wake word now, is the one to answer."""
        if self._woken_by not in ("", device_id) and now - self._woken_at < SAME_S:
            return False
        self._woken_by, self._woken_at = device_id, now
        return True

    def is_echo(self, device_id: str, text: str, now: float) -> bool:
        """Whether another device brought the same words just before: without a wake word, that is one voice."""
        known = self._said.get(text)
        self._said = {said: by for said, by in self._said.items() if now - by[1] < SAME_WORDS_S}
        if known is not None and known[0] != device_id and now - known[1] < SAME_WORDS_S:
            return True
        self._said[text] = (device_id, now)
        return False
