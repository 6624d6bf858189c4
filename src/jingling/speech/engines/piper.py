"""Voices of Piper: one voice, one language, in a process of its own (its licence, GPL-3, stays there)."""

from pathlib import Path

from jingling.core.turn import Language
from jingling.speech.engines.model_process import ModelProcess
from jingling.speech.engines.model_voice import ModelVoice

WORKER = "jingling.speech.engines.piper_worker"


class PiperSynthesizer(ModelVoice):
    """`model` and `config` are the voice's two files."""

    def __init__(
        self,
        model_id: str,
        model: Path,
        config: Path,
        languages: frozenset[Language],
        *,
        rate: int = 170,
        volume: int = 80,
    ) -> None:
        process = ModelProcess(WORKER, model_id, {"model": str(model), "config": str(config)})
        super().__init__(process, languages, rate, volume)
