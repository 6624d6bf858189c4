from importlib.util import find_spec as really_find
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from fakes.installed_models import install
from fakes.tiny_models import silence, tone
from jingling.app import PACKAGE, App
from jingling.core.audio import AudioChunk
from jingling.engines import SPEAKERS_FILE, Engines, load_engines
from jingling.sdk.manifest import LANGUAGES
from jingling.sdk.replies import SkillReplies
from jingling.settings import Settings, SpeechSettings
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.engines.microwake import MicroWakeDetector
from jingling.speech.engines.pocketsphinx import PocketsphinxRecognizer
from jingling.speech.knowing_recognizer import KnowingRecognizer
from jingling.speech.models.manifest import OWN
from jingling.speech.ranked_recognizer import RankedRecognizer
from jingling.speech.ranked_voice import RankedSynthesizer
from jingling.speech.speakers import Speakers, dumped

HELLO = AudioChunk(silence(0.3) + tone(300, 0.5) + silence(0.3))


def settings(folder: Path, **speech: object) -> Settings:
    return Settings(data_dir=folder, speech=msgspec.structs.replace(SpeechSettings(), **speech))


def load(folder: Path, **speech: object) -> Engines:
    return load_engines(settings(folder, **speech))


def without(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    monkeypatch.setattr("jingling.engines.find_spec", lambda name: None if name in packages else really_find(name))


async def test_nothing_chosen_is_the_built_in_engines_alone(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / OWN).write_text("[[broken")
    engines = load(tmp_path)
    assert engines.ears is not None
    assert isinstance(engines.ears.recognizer, PocketsphinxRecognizer)
    assert isinstance(engines.ears.wake(), MicroWakeDetector)
    assert isinstance(engines.voice, EspeakSynthesizer)
    assert (engines.missing, engines.left_out, engines.ailing) == ((), (), {})
    await engines.close()


async def test_an_installed_model_hears_before_the_built_in_one(tmp_path: Path) -> None:
    install(tmp_path / "models", "my-ears")
    engines = load(tmp_path, recognizers=("my-ears",))
    assert engines.ears is not None
    assert isinstance(engines.ears.recognizer, RankedRecognizer)
    assert engines.missing == ()
    found = await engines.ears.recognizer.recognize(HELLO, [])
    await engines.close()
    assert found is not None
    assert found.text == "hello"


async def test_what_is_not_installed_gives_way_and_is_told(tmp_path: Path) -> None:
    install(tmp_path / "models", "my-voice")
    engines = load(
        tmp_path,
        recognizers=("my-ears", "my-voice", "no-such", "wyoming://x"),
        voices=("my-piper", "my-voice"),
    )
    assert engines.ears is not None
    assert isinstance(engines.ears.recognizer, PocketsphinxRecognizer)
    assert isinstance(engines.voice, RankedSynthesizer)
    assert engines.left_out == ("my-ears", "my-voice", "no-such", "wyoming://x", "my-piper")
    told = "\n".join(engines.missing)
    for part in (
        "the recogniser my-ears is off: The model my-ears is not installed; run: jingling models install my-ears",
        "my-voice is a model for voice, not a recognizer",
        "There is no model 'no-such'",
        "write it as wyoming://HOST:PORT",
        "the voice my-piper is off",
    ):
        assert part in told
    await engines.close()


async def test_a_broken_list_of_models_is_told_and_the_rest_works(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / OWN).write_text("[[broken")
    engines = load(tmp_path, recognizers=("my-ears",))
    assert any(OWN in one for one in engines.missing)
    assert engines.ears is not None
    await engines.close()


async def test_missing_packages_name_their_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "models", "my-ears", "my-piper")
    without(monkeypatch, "sherpa_onnx", "piper", "wyoming", "pocketsphinx", "espeakng_loader")
    engines = load(tmp_path, recognizers=("my-ears", "wyoming://host:1"), voices=("my-piper", "wyoming://host:2"))
    assert (engines.ears, engines.voice) == (None, None)
    told = "\n".join(engines.missing)
    for extra in ("jingling[sherpa]", "jingling[piper]", "jingling[wyoming]", "hearing is off", "the voice is off"):
        assert extra in told
    await engines.close()


async def test_the_built_in_one_may_be_missing_when_another_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "pocketsphinx", "espeakng_loader")
    engines = load(tmp_path, recognizers=("wyoming://host:1",), voices=("wyoming://host:2",))
    assert engines.ears is not None
    assert engines.voice is not None
    assert engines.left_out == ("pocketsphinx", "espeak")
    await engines.close()


async def test_own_phrases_need_a_keyword_model_of_their_language(tmp_path: Path) -> None:
    install(tmp_path / "models", "my-words")
    engines = load(tmp_path, wake_phrases=("hello", "你好精灵"))
    assert engines.ears is not None
    assert engines.phrases == ("hello",)
    assert engines.ears.wake().words == (*SpeechSettings().wake_words, "hello")
    assert any("jingling models install keywords-zh" in one for one in engines.missing)
    await engines.close()


async def test_a_wyoming_service_may_wake_it(tmp_path: Path) -> None:
    engines = load(tmp_path, wake_words=("alexa", "wyoming://127.0.0.1:9"))
    assert engines.ears is not None
    assert engines.ears.wake().words == ("alexa",)
    assert engines.missing == ()
    await engines.close()


async def test_known_voices_are_looked_for_when_a_model_is_there(tmp_path: Path) -> None:
    install(tmp_path / "models")
    (tmp_path / SPEAKERS_FILE).write_bytes(dumped(Speakers().with_sample("anna", [1.0] * 8)))
    assert not isinstance(load(tmp_path).ears.recognizer, KnowingRecognizer)  # type: ignore[union-attr]
    install(tmp_path / "models", "my-people")
    engines = load(tmp_path)
    assert engines.ears is not None
    assert isinstance(engines.ears.recognizer, KnowingRecognizer)
    await engines.close()
    (tmp_path / SPEAKERS_FILE).write_bytes(b"{")
    assert any("learn them anew" in one for one in load(tmp_path).missing)


async def test_a_voice_and_a_phrase_are_loaded_ahead_and_speak(tmp_path: Path) -> None:
    install(tmp_path / "models", "my-voice")
    engines = load(tmp_path, voices=("my-voice",))
    await engines.prepare()
    assert engines.voice is not None
    pieces = [piece async for piece in engines.voice.speak("hello", "en")]
    await engines.close()
    assert {one.rate_hz for one in pieces} == {8_000}


async def test_a_voice_whose_model_is_bad_leaves_the_built_in_one_speaking(tmp_path: Path) -> None:
    install(tmp_path / "models", "my-voice")
    (tmp_path / "models" / "my-voice" / "model.onnx").write_bytes(b"")
    engines = load(tmp_path, voices=("my-voice",))
    assert engines.voice is not None
    pieces = [piece async for piece in engines.voice.speak("hello", "en")]
    assert {one.rate_hz for one in pieces} == {22_050}
    assert tuple(engines.ailing) == ("my-voice",)
    await engines.close()


def test_the_screen_tells_which_engine_another_one_replaces() -> None:
    engines = Engines(left_out=("my-ears",))
    app = SimpleNamespace(engines=engines, replies=SkillReplies.load(PACKAGE / "assistant"), problems=())
    for language in LANGUAGES:
        assert any("my-ears" in one for one in App.missing(app, language))  # type: ignore[arg-type]
