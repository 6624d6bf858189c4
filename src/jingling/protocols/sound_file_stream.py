"""Sound as the bytes of a file that grows while it is fetched: WAV and FLAC. Pure."""

import io
import struct
from typing import Literal, Protocol

import numpy as np
import soundfile
from msgspec import Struct

from jingling.core.audio import AudioChunk
from jingling.speech.stream_resampler import StreamResampler

Kind = Literal["wav", "flac"]
CONTENT_TYPES: dict[Kind, str] = {"wav": "audio/wav", "flac": "audio/flac"}
RATE_HZ = 22_050
ENDLESS = 0xFFFF_FFFF
"""A WAV's length while nobody knows it."""


class Form(Struct, frozen=True):
    kind: Kind = "wav"
    rate_hz: int = RATE_HZ
    channels: int = 1


class _Encoder(Protocol):
    def feed(self, pcm: bytes) -> bytes: ...

    def finish(self) -> bytes: ...


class SoundFileStream:
    """Mono chunks of any one rate in, bytes of the file out."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._resampler: StreamResampler | None = None
        self._encoder: _Encoder = _Wav(form) if form.kind == "wav" else _Flac(form)

    def feed(self, chunk: AudioChunk) -> bytes:
        if self._resampler is None:
            self._resampler = StreamResampler(chunk.rate_hz, self._form.rate_hz)
        return self._encode(self._resampler.feed(chunk))

    def next_sound(self) -> bytes:
        """What follows is another sound, perhaps of another rate."""
        if self._resampler is None:
            return b""
        last, self._resampler = self._resampler.finish(), None
        return self._encode(last)

    def finish(self) -> bytes:
        return self.next_sound() + self._encoder.finish()

    def _encode(self, chunk: AudioChunk) -> bytes:
        pcm = np.repeat(np.frombuffer(chunk.pcm, "<i2"), self._form.channels).tobytes()
        return self._encoder.feed(pcm) if pcm else b""


class _Wav:
    def __init__(self, form: Form) -> None:
        step = 2 * form.channels
        self._head = struct.pack(
            "<4sI4s4sIHHIIHH4sI",
            b"RIFF", ENDLESS, b"WAVE", b"fmt ", 16, 1, form.channels, form.rate_hz, form.rate_hz * step, step, 16,
            b"data", ENDLESS,
        )  # fmt: skip

    def feed(self, pcm: bytes) -> bytes:
        head, self._head = self._head, b""
        return head + pcm

    def finish(self) -> bytes:
        return self.feed(b"")


class _Flac:
    """The head says neither length nor checksum: FLAC allows that of a stream."""

    def __init__(self, form: Form) -> None:
        self._out = io.BytesIO()
        self._given = 0
        self._channels = form.channels
        self._file = soundfile.SoundFile(
            self._out, "w", form.rate_hz, form.channels, subtype="PCM_16", format="FLAC", compression_level=0.2
        )

    def feed(self, pcm: bytes) -> bytes:
        self._file.write(np.frombuffer(pcm, "<i2").reshape(-1, self._channels))
        return self._fresh()

    def finish(self) -> bytes:
        if not self._file.closed:
            self._file.close()
        return self._fresh()

    def _fresh(self) -> bytes:
        fresh = self._out.getvalue()[self._given :]
        self._given += len(fresh)
        return fresh
