"""The voices of sherpa-onnx, in the worker: a sentence at a time, handed on in short pieces."""

from pathlib import Path
from typing import Any

import numpy as np
import sherpa_onnx

from jingling.speech.engines.frames import Message
from jingling.speech.engines.worker_inbox import Inbox

PIECE_S = 0.06
_RULES = ("phones", "dates", "numbers")
_LEXICONS = ("lexicon", "lexicon_zh")


class Voice:
    """`speak` with `text`, `speed` and `gain` → answers with `pcm` and `rate_hz`, then an empty one."""

    def __init__(self, request: Message, inbox: Inbox) -> None:
        self._inbox = inbox
        config = _config(request["method"], request["parts"], request["threads"])
        if not config.validate():
            raise ValueError("its files do not fit together")
        self._tts = sherpa_onnx.OfflineTts(config)
        self._speaker = int(request["options"].get("speaker", 0))

    def about(self) -> Message:
        return {"rate_hz": self._tts.sample_rate}

    def speak(self, request: Message) -> Message:
        gain = float(request["gain"])

        def hand_on(piece: Any, _progress: float) -> int:
            return self._hand_on(request["id"], piece, gain)

        how = sherpa_onnx.GenerationConfig()
        how.sid, how.speed = self._speaker, float(request["speed"])
        self._tts.generate(request["text"], how, callback=hand_on)
        return {}

    def _hand_on(self, request_id: int, piece: Any, gain: float) -> int:
        """0 makes the synthesis stop."""
        loud = np.clip(np.asarray(piece, np.float32) * gain, -1, 1)
        pcm = (loud * 32_767).astype("<i2").tobytes()
        step = int(PIECE_S * self._tts.sample_rate) * 2
        for start in range(0, len(pcm), step):
            if self._inbox.cancelled(request_id):
                return 0
            some = {"pcm": pcm[start : start + step], "rate_hz": self._tts.sample_rate}
            self._inbox.answer(request_id, some, end=False)
        return 0 if self._inbox.cancelled(request_id) else 1


def _config(method: str, parts: dict[str, str], threads: int) -> Any:
    words = ",".join(parts[one] for one in _LEXICONS if one in parts)
    common = {"tokens": parts["tokens"], "lexicon": words}
    if method == "voice-kokoro":
        kokoro = sherpa_onnx.OfflineTtsKokoroModelConfig(model=parts["model"], voices=parts["voices"], **common)
        model = sherpa_onnx.OfflineTtsModelConfig(kokoro=kokoro, num_threads=threads)
    elif method == "voice-matcha":
        matcha = sherpa_onnx.OfflineTtsMatchaModelConfig(
            acoustic_model=parts["model"], vocoder=parts["vocoder"], **common
        )
        model = sherpa_onnx.OfflineTtsModelConfig(matcha=matcha, num_threads=threads)
    else:
        vits = sherpa_onnx.OfflineTtsVitsModelConfig(model=parts["model"], **common)
        model = sherpa_onnx.OfflineTtsModelConfig(vits=vits, num_threads=threads)
    rules = ",".join(parts[one] for one in _RULES if one in parts and Path(parts[one]).is_file())
    return sherpa_onnx.OfflineTtsConfig(model=model, rule_fsts=rules, max_num_sentences=1)
