"""The voice's own process: text in, sound out. eSpeak NG is loaded here and nowhere else. Ends with its pipe."""

import ctypes
import sys
from array import array
from typing import Any

import espeakng_loader

from jingling.speech.engines.worker_inbox import Inbox

# espeak-ng/src/include/espeak-ng/speak_lib.h
OUTPUT_SYNCHRONOUS = 2
CHARS_UTF8 = 1
END_PAUSE = 0x1000
PARAMETER_RATE = 1
PARAMETER_VOLUME = 2
PARAMETER_PITCH = 3
POSITION_CHARACTER = 1

CHUNK_MS = 60
SILENT = 96
"""Samples below it are not heard."""
VOICES = {"en": b"en-us", "zh": b"cmn"}
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Voice:
    """One eSpeak NG. It speaks one text at a time."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._request_id = 0
        self._trim = False
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self._rate_hz = self._library.espeak_Initialize(OUTPUT_SYNCHRONOUS, CHUNK_MS, data, 0)
        if self._rate_hz <= 0:
            raise RuntimeError("eSpeak NG does not find its voice data")
        self._callback = _CALLBACK(self._sound)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, request: dict[str, Any]) -> None:
        self._request_id = request["id"]
        self._library.espeak_SetParameter(PARAMETER_RATE, request["rate"], 0)
        self._library.espeak_SetParameter(PARAMETER_VOLUME, request["volume"], 0)
        self._library.espeak_SetParameter(PARAMETER_PITCH, request["pitch"], 0)
        self._trim = request["trim"]
        runs = request["runs"]
        for number, (text, language) in enumerate(runs, start=1):
            if self._inbox.cancelled(self._request_id):
                break
            self._say(text, VOICES[language], END_PAUSE if number == len(runs) else 0)
        self._inbox.answer(self._request_id, {}, end=True)

    def _say(self, text: str, voice: bytes, pause: int) -> None:
        self._library.espeak_SetVoiceByName(voice)
        said = text.replace("\0", " ").encode("utf-8", "ignore")
        size = ctypes.c_size_t(len(said) + 1)
        self._library.espeak_Synth(said, size, 0, POSITION_CHARACTER, 0, CHARS_UTF8 | pause, None, None)

    def _sound(self, samples: Any, count: int, _events: Any) -> int:
        """Called by the library for each piece of sound; 1 makes it stop."""
        if self._inbox.cancelled(self._request_id):
            return 1
        pcm = ctypes.string_at(samples, 2 * count) if count > 0 else b""
        if self._trim:
            pcm = sounding(pcm)
            self._trim = not pcm
        if pcm:
            self._inbox.answer(self._request_id, {"pcm": pcm, "rate_hz": self._rate_hz}, end=False)
        return 0


def sounding(pcm: bytes) -> bytes:
    """`pcm` without the silence at its beginning."""
    samples = array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    first = next((at for at, sample in enumerate(samples) if abs(sample) > SILENT), len(samples))
    return pcm[2 * first :]


def main() -> None:
    inbox = Inbox()
    voice = Voice(inbox)
    for request in inbox.requests():
        voice.speak(request)


if __name__ == "__main__":
    main()
