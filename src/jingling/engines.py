"""What a hub hears and speaks with: the only other file that knows concrete engines."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from jingling.assistant.hear import Ears
from jingling.settings import Settings, SpeechSettings
from jingling.speech.base import Synthesizer
from jingling.speech.endpointing import Endpointer, EndpointingSettings

PATIENCE_S = 6.0


@dataclass(frozen=True)
class Engines:
    """None: this machine lacks it, or the owner switched it off; `missing` says why."""

    ears: Ears | None = None
    voice: Synthesizer | None = None
    missing: tuple[str, ...] = ()

    async def close(self) -> None:
        if self.ears is not None:
            await self.ears.recognizer.close()
        if self.voice is not None:
            await self.voice.close()


def load_engines(settings: Settings) -> Engines:
    """What this machine can hear and speak with. A missing engine is told, not fatal."""
    speech, listen_seconds_max = settings.speech, settings.limits.listen_seconds_max
    if not speech.enabled:
        return Engines(missing=("speech is switched off (speech.enabled)",))
    missing: list[str] = []
    return Engines(
        _load(missing, "hearing", lambda: _ears(speech, listen_seconds_max)),
        _load(missing, "the voice", lambda: _voice(speech)),
        tuple(missing),
    )


def _load(missing: list[str], what: str, make: Any) -> Any:
    try:
        return make()
    except (ImportError, OSError) as error:
        missing.append(f"{what} is off: {error}. `jingling doctor` says what to install")
        return None


def _needs(package: str) -> None:
    """Raises ImportError now for what only a worker process will import."""
    if find_spec(package) is None:
        raise ImportError(f"the package {package} is not installed")


def _ears(speech: SpeechSettings, listen_seconds_max: float) -> Ears:
    _needs("pocketsphinx")
    from jingling.speech.engines.microvad import MicroVoiceDetector
    from jingling.speech.engines.microwake import MicroWakeDetector
    from jingling.speech.engines.pocketsphinx import PocketsphinxRecognizer

    endpointing = EndpointingSettings(seconds_max=listen_seconds_max, patience_seconds=PATIENCE_S)
    return Ears(
        PocketsphinxRecognizer(32, max(60.0, listen_seconds_max), speech.hearers),
        lambda: MicroWakeDetector(speech.wake_words, speech.sensitivity),
        MicroVoiceDetector,
        lambda: Endpointer(endpointing),
        listen_seconds_max,
    )


def _voice(speech: SpeechSettings) -> Synthesizer:
    _needs("espeakng_loader")
    from jingling.speech.engines.espeak import EspeakSynthesizer

    return EspeakSynthesizer(speech.rate, speech.volume)
