"""Voices of sherpa-onnx: VITS, Kokoro and Matcha models."""

from jingling.speech.engines.model_voice import ModelVoice
from jingling.speech.engines.sherpa_process import SherpaModel, sherpa_process


class SherpaSynthesizer(ModelVoice):
    """Speaks the model's languages, mixed too where it has both."""

    def __init__(self, model: SherpaModel, rate: int = 170, volume: int = 80) -> None:
        super().__init__(sherpa_process(model), model.languages, rate, volume)
