"""The process of one sherpa-onnx model."""

import os
from pathlib import Path

from msgspec import Struct

from jingling.core.turn import Language
from jingling.speech.engines.frames import Message
from jingling.speech.engines.model_process import ModelProcess

WORKER = "jingling.speech.engines.sherpa_worker"


class SherpaModel(Struct, frozen=True):
    """`parts` are files by what they are to the engine, and `options` its own: as in the manifest of models."""

    id: str
    method: str
    languages: frozenset[Language]
    parts: dict[str, Path]
    options: dict[str, str | int | float] = {}

    @property
    def streams(self) -> bool:
        """Whether it tells the words so far while somebody speaks."""
        return self.method.startswith("online-")


def sherpa_process(model: SherpaModel, *, waiting_max: int = 32, more: Message | None = None) -> ModelProcess:
    """`more` goes with the request to load. Two threads are enough for one utterance, and leave a core for the
    rest."""
    threads = int(model.options.get("threads", min(2, os.cpu_count() or 1)))
    parts = {role: str(path) for role, path in model.parts.items()}
    load = {"method": model.method, "parts": parts, "options": model.options, "threads": threads}
    return ModelProcess(WORKER, model.id, load | (more or {}), waiting_max)
