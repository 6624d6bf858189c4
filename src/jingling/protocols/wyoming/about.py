"""What a Wyoming program says of itself (`info`), as far as we use it. Pure."""

from typing import Any

import msgspec
from msgspec import Struct

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.protocols.wyoming.codec import Event

RATES_HZ = range(8_000, 96_001)
CHANNELS_MAX = 8


class Format(Struct, frozen=True):
    rate: int = 16_000
    width: int = 2
    channels: int = 1


class Satellite(Struct, frozen=True):
    name: str
    description: str | None = None
    version: str | None = None
    area: str | None = None
    has_vad: bool | None = None
    active_wake_words: list[str] | None = None


class Sound(Struct, frozen=True):
    snd_format: Format | None = None


class Info(Struct, frozen=True):
    satellite: Satellite | None = None
    mic: list[Any] = []
    snd: list[Sound] = []

    @property
    def capabilities(self) -> frozenset[str]:
        """Old satellites do not say what they have: they have both."""
        told = {"microphone": self.mic, "speaker": self.snd}
        return frozenset(name for name, has in told.items() if has) or frozenset(told)

    @property
    def rate_hz(self) -> int | None:
        """What its loudspeaker wants; None: anything."""
        wanted = next((sound.snd_format.rate for sound in self.snd if sound.snd_format), None)
        return wanted if wanted in RATES_HZ else None


def info_of(event: Event) -> Info:
    """Raises BadInput."""
    try:
        return msgspec.convert(event.data, Info)
    except msgspec.ValidationError as error:
        raise BadInput(f"it says of itself what cannot be read: {error}") from None


def sound_of(event: Event) -> AudioChunk:
    """The sound of an `audio-chunk`. Raises BadInput."""
    try:
        form = msgspec.convert({"rate": 16_000, "width": 2, "channels": 1, **event.data}, Format)
    except msgspec.ValidationError as error:
        raise BadInput(f"audio-chunk: {error}") from None
    if form.width != 2 or form.rate not in RATES_HZ or not 1 <= form.channels <= CHANNELS_MAX:
        raise BadInput(
            f"audio of {form.rate} Hz, {form.width} bytes, {form.channels} channels is not taken; "
            "send 16 bit (width 2) of 8 000 to 96 000 Hz"
        )
    whole = len(event.payload) - len(event.payload) % (2 * form.channels)
    return AudioChunk(event.payload[:whole], form.rate, form.channels)


def audio_start(rate_hz: int) -> Event:
    return Event("audio-start", _format(rate_hz))


def audio_chunk(chunk: AudioChunk) -> Event:
    """Of mono sound."""
    return Event("audio-chunk", _format(chunk.rate_hz), chunk.pcm)


def _format(rate_hz: int) -> dict[str, Any]:
    return {"rate": rate_hz, "width": 2, "channels": 1}


def failure(text: str, code: str) -> Event:
    return Event("error", {"text": text, "code": code})
