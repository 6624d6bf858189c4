"""What a device is told of one request, step by step. Pure.

Numbers and names as in ESPHome's `api.proto` (VoiceAssistantEvent) and as its firmware expects them in order.
"""

from dataclasses import dataclass
from enum import IntEnum


class Step(IntEnum):
    ERROR = 0
    RUN_START = 1
    RUN_END = 2
    STT_START = 3
    STT_END = 4
    INTENT_START = 5
    INTENT_END = 6
    TTS_START = 7
    TTS_END = 8
    WAKE_WORD_START = 9
    WAKE_WORD_END = 10
    STT_VAD_START = 11
    STT_VAD_END = 12
    TTS_STREAM_START = 98
    TTS_STREAM_END = 99
    INTENT_PROGRESS = 100


Told = tuple[Step, dict[str, str]]
TEXT_CHARS_MAX = 1_000
"""Boards hold it in a few kilobytes of memory."""


@dataclass
class Run:
    """From the device's request to its end; each step is told at most once.

    `waits`: the hub listens for the wake word. `turn_id` is that of the answer, once there is one.
    """

    waits: bool = False
    turn_id: str = ""
    heard_text: str | None = None
    told: frozenset[Step] = frozenset()

    def begin(self) -> list[Told]:
        return self._tell((Step.RUN_START, {}), (Step.WAKE_WORD_START if self.waits else Step.STT_START, {}))

    def listening(self) -> list[Told]:
        """In the mode with wake words: it was said; otherwise somebody speaks."""
        if self.waits and Step.STT_START not in self.told:
            return self._tell((Step.WAKE_WORD_END, {"wake_word_output": "1"}), (Step.STT_START, {}))
        return self._tell((Step.STT_VAD_START, {}))

    def heard(self, text: str) -> list[Told]:
        self.heard_text = text
        return self._tell((Step.STT_VAD_END, {}), (Step.STT_END, {"text": text[:TEXT_CHARS_MAX]}))

    def thinking(self, turn_id: str) -> list[Told]:
        """The microphone closes, whether or not anything was understood."""
        self.turn_id = turn_id
        return [*self.heard(self.heard_text or ""), *self._tell((Step.INTENT_START, {}))]

    def answered(self, text: str, goes_on: bool) -> list[Told]:
        """`goes_on`: the device is to listen again after the answer, without a wake word."""
        ended = {"conversation_id": self.turn_id, "continue_conversation": str(int(goes_on))}
        return self._tell((Step.INTENT_END, ended), (Step.TTS_START, {"text": text[:TEXT_CHARS_MAX]}))

    def speaks(self, url: str, streamed: bool) -> list[Told]:
        """The answer is at `url`, or (`streamed`) comes over this connection.

        The run ends here: a late end would be taken for that of the next run.
        """
        begin: list[Told] = [(Step.TTS_STREAM_START, {})] if streamed else []
        return self._tell(*begin, (Step.TTS_END, {"url": url}), (Step.RUN_END, {}))

    def silent(self) -> list[Told]:
        """All is said."""
        return self._tell((Step.RUN_END, {}))

    def failed(self, code: str, text: str) -> list[Told]:
        return self._tell((Step.ERROR, {"code": code, "message": text[:TEXT_CHARS_MAX]}), (Step.RUN_END, {}))

    @property
    def over(self) -> bool:
        return Step.RUN_END in self.told

    def _tell(self, *steps: Told) -> list[Told]:
        if self.over:
            return []
        fresh = [step for step in steps if step[0] not in self.told]
        self.told |= {step for step, _ in fresh}
        return fresh
