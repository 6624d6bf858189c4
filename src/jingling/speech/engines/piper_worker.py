"""Piper in a process of its own: its licence, GPL-3, stays here. One voice for one process.

`load` (`model`, `config`) → `rate_hz`. `speak` (`text`, `speed`, `gain`) → answers with `pcm` and `rate_hz`, then
an empty one. A `problem` in an answer is a sentence.
"""

from pathlib import Path

from piper import PiperVoice, SynthesisConfig

from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_inbox import Inbox

PIECE_S = 0.06
PROBLEM_CHARS_MAX = 200
FETCHES = frozenset({"pinyin"})
"""Kinds of phonemes for which the package would fetch more from the network at the first sentence."""


class Voice:
    def __init__(self, request: Message, inbox: Inbox) -> None:
        self._inbox = inbox
        self._voice = PiperVoice.load(request["model"], request["config"])
        kind = str(getattr(self._voice.config.phoneme_type, "value", ""))
        if kind in FETCHES:
            raise ValueError(f"it needs more than its own files ({kind}), which is not offered here")

    @property
    def rate_hz(self) -> int:
        return int(self._voice.config.sample_rate)

    def speak(self, request: Message) -> None:
        usual = self._voice.config.length_scale
        how = SynthesisConfig(length_scale=usual / request["speed"], volume=request["gain"])
        for sentence in self._voice.synthesize(request["text"], how):
            if not self._hand_on(request["id"], sentence.audio_int16_bytes):
                return

    def _hand_on(self, request_id: int, pcm: bytes) -> bool:
        """False: nobody wants it any longer."""
        step = int(PIECE_S * self.rate_hz) * 2
        for start in range(0, len(pcm), step):
            if self._inbox.cancelled(request_id):
                return False
            some = {"pcm": pcm[start : start + step], "rate_hz": self.rate_hz}
            self._inbox.answer(request_id, some, end=False)
        return not self._inbox.cancelled(request_id)


def main() -> None:
    inbox = Inbox()
    voice: Voice | None = None
    for request in inbox.requests():
        answer: Message = {}
        try:
            if request["do"] == "load":
                missing = [path for path in (request["model"], request["config"]) if not Path(path).is_file()]
                if missing:
                    raise FileNotFoundError(f"{missing[0]} is not there")
                voice = Voice(request, inbox)
                answer = {"rate_hz": voice.rate_hz}
            elif voice is not None:
                voice.speak(request)
        except Exception as problem:
            answer = {"problem": " ".join(str(problem).split())[:PROBLEM_CHARS_MAX] or type(problem).__name__}
        inbox.answer(request["id"], answer, end=True)


if __name__ == "__main__":
    main()
