"""The recognisers of sherpa-onnx, in the worker: whole utterances, or streams with words so far."""

import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
import sherpa_onnx

from jingling.speech.engines.frames import Message

RATE_HZ = 16_000
STREAMS_MAX = 64
TAIL_S = 0.66
"""Silence after the end, for models that look ahead."""


def _sense_voice(**given: Any) -> Any:
    return sherpa_onnx.OfflineRecognizer.from_sense_voice(use_itn=True, **given)


def _paraformer(model: str, **given: Any) -> Any:
    return sherpa_onnx.OfflineRecognizer.from_paraformer(paraformer=model, **given)


def _whisper(**given: Any) -> Any:
    """It finds the language itself."""
    return sherpa_onnx.OfflineRecognizer.from_whisper(language="", **given)


OFFLINE: dict[str, Callable[..., Any]] = {
    "offline-sense-voice": _sense_voice,
    "offline-paraformer": _paraformer,
    "offline-transducer": sherpa_onnx.OfflineRecognizer.from_transducer,
    "offline-zipformer-ctc": sherpa_onnx.OfflineRecognizer.from_zipformer_ctc,
    "offline-nemo-ctc": sherpa_onnx.OfflineRecognizer.from_nemo_ctc,
    "offline-whisper": _whisper,
}
ONLINE: dict[str, Callable[..., Any]] = {
    "online-transducer": sherpa_onnx.OnlineRecognizer.from_transducer,
    "online-paraformer": sherpa_onnx.OnlineRecognizer.from_paraformer,
    "online-zipformer2-ctc": sherpa_onnx.OnlineRecognizer.from_zipformer2_ctc,
}


def samples(pcm: bytes) -> Any:
    return np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / 32_768


class OfflineHearing:
    """`recognize` with `pcm` → `text` and, where the model tells it, `tag` of the language."""

    def __init__(self, request: Message) -> None:
        self._recognizer = OFFLINE[request["method"]](**request["parts"], num_threads=request["threads"])

    def about(self) -> Message:
        return {}

    def recognize(self, request: Message) -> Message:
        stream = self._recognizer.create_stream()
        stream.accept_waveform(RATE_HZ, samples(request.get("pcm", b"")))
        self._recognizer.decode_stream(stream)
        return {"text": stream.result.text, "tag": getattr(stream.result, "lang", "")}


class OnlineHearing:
    """`feed` (`stream`, `pcm`, `first`) → `text` so far; `finish`; `drop`; `recognize`.

    `lost`: that stream is not known here, as the process is a new one or had too many.
    """

    def __init__(self, request: Message) -> None:
        self._recognizer = ONLINE[request["method"]](**request["parts"], num_threads=request["threads"])
        self._streams: OrderedDict[int, Any] = OrderedDict()

    def about(self) -> Message:
        return {"streams": True}

    def feed(self, request: Message) -> Message:
        number = request["stream"]
        if request.get("first"):
            self._streams[number] = self._recognizer.create_stream()
            while len(self._streams) > STREAMS_MAX:
                self._streams.popitem(last=False)
        stream = self._streams.get(number)
        if stream is None:
            return {"lost": True}
        self._streams.move_to_end(number)
        self._decode(stream, request.get("pcm", b""))
        return {"text": self._recognizer.get_result(stream)}

    def finish(self, request: Message) -> Message:
        stream = self._streams.pop(request["stream"], None)
        return {"lost": True} if stream is None else self._finished(stream)

    def drop(self, request: Message) -> Message:
        self._streams.pop(request["stream"], None)
        return {}

    def recognize(self, request: Message) -> Message:
        stream = self._recognizer.create_stream()
        self._decode(stream, request.get("pcm", b""))
        return self._finished(stream)

    def _decode(self, stream: Any, pcm: bytes) -> None:
        stream.accept_waveform(RATE_HZ, samples(pcm))
        while self._recognizer.is_ready(stream):
            self._recognizer.decode_stream(stream)

    def _finished(self, stream: Any) -> Message:
        stream.accept_waveform(RATE_HZ, np.zeros(int(TAIL_S * RATE_HZ), np.float32))
        stream.input_finished()
        while self._recognizer.is_ready(stream):
            self._recognizer.decode_stream(stream)
        return {"text": self._recognizer.get_result(stream), "sure": self._sure(stream)}

    def _sure(self, stream: Any) -> float | None:
        """The mean chance of its tokens; None where the model does not tell."""
        chances = list(self._recognizer.ys_probs(stream))
        return math.exp(sum(chances) / len(chances)) if chances else None
