"""What this hub offers to other Wyoming programs, as `info` says it. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from jingling.core.turn import Language
from jingling.protocols.wyoming.codec import Event

VERSION = "1"


def info(
    hears: Iterable[Language], speaks: Iterable[Language], wakes: Sequence[str], understands: Iterable[Language]
) -> Event:
    """What is empty is not offered."""
    understood = _program("Jingling", "The home's sentences", models=[_model("home", understands)])
    asr = _program("Jingling", "The home's sentences", models=[_model("home", hears)])
    tts = _program(
        "Jingling", "The hub's voice", voices=[_model("hub", speaks)], supports_synthesize_streaming=True
    )
    wake = _program("Jingling", "The hub's wake words", models=[_wake(word) for word in wakes])
    asr |= {"supports_transcript_streaming": True, "requires_external_vad": True}
    handle = {**understood, "supports_handled_streaming": True, "supports_home_control": True}
    offered = {
        "asr": [asr] if asr["models"][0]["languages"] else [],
        "tts": [tts] if tts["voices"][0]["languages"] else [],
        "wake": [wake] if wakes else [],
        "intent": [understood],
        "handle": [handle],
    }
    return Event("info", {**offered, "mic": [], "snd": []})


def _program(name: str, description: str, **more: Any) -> dict[str, Any]:
    return {**_named(name, description), **more}


def _named(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name.lower(),
        "description": description,
        "attribution": {"name": "Jingling", "url": ""},
        "installed": True,
        "version": VERSION,
    }


def _model(name: str, languages: Iterable[Language]) -> dict[str, Any]:
    return {**_named(name, name), "languages": sorted(languages)}


def _wake(word: str) -> dict[str, Any]:
    return {**_model(word, ["en"]), "phrase": word.replace("_", " ")}
