"""Keyword spotting of sherpa-onnx, in the worker: the owner's phrases in many streams."""

import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import sherpa_onnx

from jingling.speech.engines.frames import Message
from jingling.speech.engines.sherpa_phrases import read_tokens, tokens_of
from jingling.speech.engines.sherpa_worker_hearing import RATE_HZ, STREAMS_MAX, samples


class Keywords:
    """`feed` (`stream`, `pcm`) → `found`: numbers of phrases with the seconds since the stream began; `drop`."""

    def __init__(self, request: Message) -> None:
        parts, options = dict(request["parts"]), request["options"]
        pieces = parts.pop("pieces", None)
        table = read_tokens(Path(parts["tokens"]).read_text(encoding="utf-8"))
        encode = _pieces(pieces) if pieces else None
        phrases: list[str] = request["phrases"]
        known = [tokens_of(phrase, str(options.get("units", "pinyin")), table, encode) for phrase in phrases]
        self._unusable = [phrase for phrase, tokens in zip(phrases, known, strict=True) if tokens is None]
        lines = [f"{' '.join(tokens)} @{number}" for number, tokens in enumerate(known) if tokens]
        if not lines:
            raise ValueError(f"none of the phrases can be said with this model: {', '.join(phrases)}")
        self._spotter = _spotter(parts, lines, float(request["threshold"]), int(request["threads"]))
        self._streams: OrderedDict[int, Any] = OrderedDict()
        self._heard: dict[int, int] = {}

    def about(self) -> Message:
        return {"unusable": self._unusable}

    def feed(self, request: Message) -> Message:
        number, pcm = request["stream"], request.get("pcm", b"")
        stream = self._stream(number)
        stream.accept_waveform(RATE_HZ, samples(pcm))
        self._heard[number] += len(pcm) // 2
        found: list[tuple[int, float]] = []
        while self._spotter.is_ready(stream):
            self._spotter.decode_stream(stream)
            if phrase := self._spotter.get_result(stream):
                self._spotter.reset_stream(stream)
                found.append((int(phrase), round(self._heard[number] / RATE_HZ, 2)))
        return {"found": found}

    def drop(self, request: Message) -> Message:
        self._streams.pop(request["stream"], None)
        self._heard.pop(request["stream"], None)
        return {}

    def _stream(self, number: int) -> Any:
        if number not in self._streams:
            self._streams[number], self._heard[number] = self._spotter.create_stream(), 0
        self._streams.move_to_end(number)
        while len(self._streams) > STREAMS_MAX:
            self.drop({"stream": next(iter(self._streams))})
        return self._streams[number]


def _spotter(parts: dict[str, str], lines: list[str], threshold: float, threads: int) -> Any:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        return sherpa_onnx.KeywordSpotter(
            **parts, keywords_file=file.name, keywords_threshold=threshold, num_threads=threads
        )


def _pieces(path: str) -> Any:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=path)
    return lambda text: processor.encode(text, out_type=str)
