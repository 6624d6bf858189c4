"""The sounds that a speaker makes by itself: made ahead, so that they need neither the hub nor time."""

from jingling.core.audio import AudioChunk
from jingling.core.errors import JinglingError
from jingling.core.turn import Language
from jingling.speech.base import Synthesizer
from jingling.speech.earcons import chime

AWAY: dict[Language, str] = {"en": "I can't reach the hub.", "zh": "我连不上主机。"}


async def marks(voice: Synthesizer | None, language: Language) -> dict[str, AudioChunk]:
    """By kind: `listening`, and `away`, which is said aloud where there is a voice."""
    return {"listening": chime(), "away": await _said(voice, AWAY[language], language) or chime()}


async def _said(voice: Synthesizer | None, text: str, language: Language) -> AudioChunk | None:
    if voice is None:
        return None
    try:
        chunks = [chunk async for chunk in voice.speak(text, language)]
    except JinglingError:
        return None
    return AudioChunk(b"".join(chunk.pcm for chunk in chunks), chunks[0].rate_hz) if chunks else None
