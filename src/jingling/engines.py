"""What a hub hears and speaks with: the only other file that knows concrete engines."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from jingling.assistant.hear import Ears
from jingling.core.clock import SystemClock
from jingling.core.errors import JinglingError, NotReady
from jingling.settings import Settings, SpeechSettings
from jingling.speech.any_wake import AnyWakeDetector
from jingling.speech.base import Recognizer, Synthesizer, WakeDetector
from jingling.speech.endpointing import Endpointer, EndpointingSettings
from jingling.speech.knowing_recognizer import KnowingRecognizer
from jingling.speech.models.manifest import Kind, Model
from jingling.speech.ranked_recognizer import Ranked, RankedRecognizer
from jingling.speech.ranked_voice import RankedSynthesizer, RankedVoice
from jingling.speech.speakers import Speakers, loaded

log = logging.getLogger(__name__)
PATIENCE_S = 6.0
WAITING_MAX = 32
"""Utterances spoken to their end that may wait for a decoder."""
BUILT_IN_EARS = "pocketsphinx"
BUILT_IN_VOICE = "espeak"
WYOMING = "wyoming://"
SPEAKERS_FILE = "speakers.json"


class Closable(Protocol):
    async def close(self) -> None: ...


@runtime_checkable
class Preparable(Closable, Protocol):
    async def prepare(self) -> object: ...


@dataclass(frozen=True)
class Engines:
    """None: this machine lacks it, or the owner switched it off; `missing` says why, in sentences.

    `left_out` are the names in the settings that give way to the next; `phrases` those of the owner that wake it;
    `wakes` what is closed with it.
    """

    ears: Ears | None = None
    voice: Synthesizer | None = None
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    wakes: tuple[Closable, ...] = ()

    @property
    def ailing(self) -> dict[str, str]:
        """The names of engines that failed when they were last used, so that another one took over, and how."""
        used = (self.ears and self.ears.recognizer, self.voice)
        return {name: how for one in used for name, how in getattr(one, "ailing", {}).items()}

    async def prepare(self) -> None:
        """Loads the models of the voice and of the wake phrases ahead of need; what fails is logged."""
        models = (self.voice, *self.wakes) if isinstance(self.voice, RankedSynthesizer) else self.wakes
        for one in models:
            if isinstance(one, Preparable):
                try:
                    await one.prepare()
                except NotReady as problem:
                    log.warning("a model is not ready: %s", problem)

    async def close(self) -> None:
        for one in self.wakes:
            await one.close()
        if self.ears is not None:
            await self.ears.recognizer.close()
        if self.voice is not None:
            await self.voice.close()


@dataclass
class _Loading:
    """Gathers what is there, and what is not and why."""

    settings: Settings
    store: Any = None
    missing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    wakes: list[Closable] = field(default_factory=list)

    @property
    def speech(self) -> SpeechSettings:
        return self.settings.speech

    @contextmanager
    def telling(self, what: str, name: str = "") -> Iterator[None]:
        """What is missing in it is told, not fatal."""
        try:
            yield
        except (ImportError, OSError, JinglingError) as problem:
            self.missing.append(
                f"{what} is off: {str(problem).rstrip('.')}. `jingling doctor` says what to install"
            )
            if name:
                self.left_out.append(name)


def load_engines(settings: Settings) -> Engines:
    """What this machine can hear and speak with. A missing engine is told, not fatal."""
    if not settings.speech.enabled:
        return Engines(missing=("speech is switched off (speech.enabled)",))
    loading = _Loading(settings)
    if _wants_models(settings.speech) or (settings.data_dir / SPEAKERS_FILE).is_file():
        with loading.telling("what is installed of models"):
            loading.store = _store(settings)
    ears, voice = None, None
    with loading.telling("hearing"):
        ears = _ears(loading)
    with loading.telling("the voice"):
        voice = _voice(loading)
    return Engines(
        ears,
        voice,
        tuple(loading.missing),
        tuple(loading.left_out),
        tuple(loading.phrases),
        tuple(loading.wakes),
    )


def _store(settings: Settings) -> Any:
    from jingling.speech.models.store import open_store

    return open_store(settings)


def _wants_models(speech: SpeechSettings) -> bool:
    named = {*speech.recognizers, *speech.voices} - {BUILT_IN_EARS, BUILT_IN_VOICE}
    return bool(speech.wake_phrases) or any(not one.startswith(WYOMING) for one in named)


def _needs(package: str, extra: str = "") -> None:
    """Raises ImportError now for what only a worker process will import."""
    if find_spec(package) is None:
        how = f" (pip install 'jingling[{extra}]')" if extra else ""
        raise ImportError(f"the package {package} is not installed{how}")


def _ears(loading: _Loading) -> Ears:
    from jingling.speech.engines.microvad import MicroVoiceDetector

    listen_seconds_max = loading.settings.limits.listen_seconds_max
    endpointing = EndpointingSettings(seconds_max=listen_seconds_max, patience_seconds=PATIENCE_S)
    return Ears(
        _recognizer(loading, max(60.0, listen_seconds_max)),
        _wake(loading),
        MicroVoiceDetector,
        lambda: Endpointer(endpointing),
        listen_seconds_max,
    )


def _recognizer(loading: _Loading, seconds_max: float) -> Recognizer:
    """Those of the settings in their order, and the built-in one last. Raises ImportError when there is none."""
    ranks: list[Ranked] = []
    for name in dict.fromkeys((*loading.speech.recognizers, BUILT_IN_EARS)):
        with loading.telling(f"the recogniser {name}", name):
            if name == BUILT_IN_EARS:
                ranks.append(Ranked(name, _built_in_ears(seconds_max, loading.speech.hearers)))
            else:
                ranks.append(Ranked(name, _free_ears(loading, name, seconds_max), free=True))
    if not ranks:
        raise ImportError("no recogniser is ready")
    one = ranks[0].recognizer if len(ranks) == 1 else RankedRecognizer(ranks, SystemClock())
    return _knowing(loading, one)


def _built_in_ears(seconds_max: float, decoders_max: int) -> Recognizer:
    _needs("pocketsphinx")
    from jingling.speech.engines.pocketsphinx import PocketsphinxRecognizer

    return PocketsphinxRecognizer(WAITING_MAX, seconds_max, decoders_max)


def _free_ears(loading: _Loading, name: str, seconds_max: float) -> Recognizer:
    if name.startswith(WYOMING):
        _needs("wyoming", "wyoming")
        from jingling.speech.engines.wyoming import WyomingRecognizer
        from jingling.speech.engines.wyoming_client import address

        return WyomingRecognizer(address(name), seconds_max)
    from jingling.speech.engines.sherpa import SherpaRecognizer

    return SherpaRecognizer(_sherpa(loading, _model(loading, name, "recognizer")), seconds_max)


def _knowing(loading: _Loading, recognizer: Recognizer) -> Recognizer:
    """With the names of those whose voices the home has learnt, when a model for that is installed."""
    file = loading.settings.data_dir / SPEAKERS_FILE
    if not file.is_file() or loading.store is None:
        return recognizer
    with loading.telling("knowing people by their voices"):
        speakers = loaded(file.read_bytes())
        models = _installed(loading, "speaker")
        if speakers.known and models:
            return _with_speakers(loading, recognizer, models[0], speakers)
    return recognizer


def _with_speakers(loading: _Loading, recognizer: Recognizer, model: Model, speakers: Speakers) -> Recognizer:
    from jingling.speech.engines.sherpa_speaker import SherpaSpeakerKnower

    return KnowingRecognizer(recognizer, SherpaSpeakerKnower(_sherpa(loading, model)), speakers)


def _wake(loading: _Loading) -> Callable[[], WakeDetector]:
    """The bundled wake words, the owner's own phrases, and Wyoming services, on each stream."""
    speech = loading.speech
    bundled = tuple(word for word in speech.wake_words if not word.startswith(WYOMING))
    makers: list[Callable[[], WakeDetector]] = []
    if bundled:
        makers.append(_bundled_wake(bundled, speech.sensitivity))
    makers += _phrases(loading)
    for name in speech.wake_words:
        if name.startswith(WYOMING):
            with loading.telling(f"the wake word service {name}", name):
                makers.append(_wyoming_wake(loading, name))
    if len(makers) == 1:
        return makers[0]
    return lambda: AnyWakeDetector([make() for make in makers])


def _bundled_wake(words: Sequence[str], sensitivity: float) -> Callable[[], WakeDetector]:
    from jingling.speech.engines.microwake import MicroWakeDetector

    return lambda: MicroWakeDetector(words, sensitivity)


def _phrases(loading: _Loading) -> list[Callable[[], WakeDetector]]:
    """Each phrase goes to an installed keyword model of its language."""
    if not loading.speech.wake_phrases:
        return []
    from jingling.speech.engines.sherpa_wake import SherpaKeywords, by_language

    makers: list[Callable[[], WakeDetector]] = []
    installed = _installed(loading, "keywords")
    for language, phrases in by_language(loading.speech.wake_phrases).items():
        with loading.telling(f"waking up to {', '.join(phrases)}"):
            model = next((one for one in installed if language in one.languages), None)
            if model is None:
                raise ImportError(
                    f"no keyword model for it is installed (jingling models install keywords-{language})"
                )
            keywords = SherpaKeywords(_sherpa(loading, model), phrases, loading.speech.sensitivity)
            loading.phrases += phrases
            loading.wakes.append(keywords)
            makers.append(keywords.detector)
    return makers


def _wyoming_wake(loading: _Loading, name: str) -> Callable[[], WakeDetector]:
    _needs("wyoming", "wyoming")
    from jingling.speech.engines.wyoming_client import address
    from jingling.speech.engines.wyoming_wake import WyomingWake

    wake = WyomingWake(address(name))
    loading.wakes.append(wake)
    return wake.detector


def _voice(loading: _Loading) -> Synthesizer:
    """Those of the settings in their order, and the built-in one last. Raises ImportError when there is none."""
    ranks: list[RankedVoice] = []
    for name in dict.fromkeys((*loading.speech.voices, BUILT_IN_VOICE)):
        with loading.telling(f"the voice {name}", name):
            voice = _built_in_voice(loading.speech) if name == BUILT_IN_VOICE else _own_voice(loading, name)
            ranks.append(RankedVoice(name, voice))
    if not ranks:
        raise ImportError("no voice is ready")
    return ranks[0].voice if len(ranks) == 1 else RankedSynthesizer(ranks, SystemClock())


def _built_in_voice(speech: SpeechSettings) -> Synthesizer:
    _needs("espeakng_loader")
    from jingling.speech.engines.espeak import EspeakSynthesizer

    return EspeakSynthesizer(speech.rate, speech.volume)


def _own_voice(loading: _Loading, name: str) -> Synthesizer:
    speech = loading.speech
    if name.startswith(WYOMING):
        _needs("wyoming", "wyoming")
        from jingling.speech.engines.wyoming_client import address
        from jingling.speech.engines.wyoming_voice import WyomingSynthesizer

        return WyomingSynthesizer(address(name), speech.volume)
    model = _model(loading, name, "voice")
    if model.engine == "piper":
        return _piper(loading, model)
    from jingling.speech.engines.sherpa_voice import SherpaSynthesizer

    return SherpaSynthesizer(_sherpa(loading, model), speech.rate, speech.volume)


def _piper(loading: _Loading, model: Model) -> Synthesizer:
    _needs("piper", "piper")
    from jingling.speech.engines.piper import PiperSynthesizer

    parts, speech = _parts(loading, model), loading.speech
    return PiperSynthesizer(
        model.id, parts["model"], parts["config"], model.spoken, rate=speech.rate, volume=speech.volume
    )


def _sherpa(loading: _Loading, model: Model) -> Any:
    _needs("sherpa_onnx", "sherpa")
    from jingling.speech.engines.sherpa_process import SherpaModel

    return SherpaModel(model.id, model.method, model.spoken, _parts(loading, model), dict(model.options))


def _model(loading: _Loading, name: str, kind: Kind) -> Model:
    """Raises BadInput for a name that is no model of that kind, ImportError without the list of models."""
    if loading.store is None:
        raise ImportError("the list of models cannot be read")
    model: Model = loading.store.manifest.get(name)
    if model.kind != kind:
        raise ImportError(f"{name} is a model for {model.kind}, not a {kind}")
    return model


def _installed(loading: _Loading, kind: Kind) -> list[Model]:
    store = loading.store
    if store is None:
        return []
    return [one for one in store.manifest.model if one.kind == kind and store.installed(one.id)]


def _parts(loading: _Loading, model: Model) -> dict[str, Path]:
    """Raises NotReady when it is not installed."""
    place: Path = loading.store.place(model)
    return {role: place / path for role, path in model.parts.items()}
