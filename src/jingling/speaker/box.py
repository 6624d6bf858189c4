"""What a speaker does with sound and with what its hub says. Sans-I/O: it takes and gives, and never waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jingling.core.audio import AudioChunk
from jingling.core.turn import Language
from jingling.screen.messages import (
    AnswerText,
    AudioEnd,
    AudioStart,
    FromBrowser,
    Hello,
    PhaseUpdate,
    StartListening,
    Stop,
    StopTurn,
    ToBrowser,
)
from jingling.speech.base import WakeDetector

LISTEN_BYTES = 1_280
"""40 ms: what is sent at a time."""


@dataclass(frozen=True)
class Tell:
    message: FromBrowser


@dataclass(frozen=True)
class SendSound:
    pcm: bytes


@dataclass(frozen=True)
class PlaySound:
    """Mono, 16 bit. Played after what is playing."""

    audio: AudioChunk


@dataclass(frozen=True)
class Silence:
    """Stop at once, and forget what still was to be played."""


@dataclass(frozen=True)
class Earcon:
    kind: Literal["listening", "away"]


Action = Tell | SendSound | PlaySound | Silence | Earcon


@dataclass
class Box:
    """Give it the microphone's sound (16 kHz mono, its own voice taken out) and the hub's frames, in order."""

    device_id: str
    language: Language
    wake: WakeDetector
    connected: bool = False
    listening: bool = False
    _stream: int = -1
    _rate_hz: int = 0
    _turn_id: str = ""
    _stopped: str = ""
    _expects: bool = False
    _pending: bytes = b""

    def joined(self) -> Sequence[Action]:
        """The connection is open."""
        self.connected = True
        capabilities = ("microphone", "speaker", "cancels_echo")
        return [Tell(Hello(self.device_id, self.language, capabilities=capabilities))]

    def lost(self) -> Sequence[Action]:
        self.connected, self._expects = False, False
        self._end_listening()
        return [Silence()]

    def microphone(self, chunk: AudioChunk) -> Sequence[Action]:
        found = self.wake.process(chunk)
        if found and not self.connected:
            return [Earcon("away")]
        if found:
            return self._woken(found[-1].word)
        return self._sound(chunk) if self.listening else []

    def played_out(self) -> Sequence[Action]:
        """All that was to be played has been heard: an answer that asks something is listened to."""
        if not self._expects or self.listening or not self.connected:
            return []
        self._expects = False
        return self._listen("")

    def message(self, message: ToBrowser) -> Sequence[Action]:
        match message:
            case PhaseUpdate(phase="listening"):
                return [Earcon("listening")] if self.listening else []
            case PhaseUpdate():
                self._end_listening()
            case AnswerText():
                self._expects = message.expects
            case AudioStart():
                self._stream, self._rate_hz, self._turn_id = message.stream, message.rate_hz, message.turn_id
            case AudioEnd(stream=self._stream):
                self._stream = -1
            case StopTurn():
                return self._stop(message.turn_id)
        return []

    def sound(self, frame: bytes) -> Sequence[Action]:
        """A binary frame of the hub: a stream's number (u32, little-endian), then PCM."""
        stream = int.from_bytes(frame[:4], "little")
        if stream != self._stream or self._turn_id == self._stopped or len(frame) <= 4:
            return []
        return [PlaySound(AudioChunk(frame[4:], self._rate_hz))]

    def _woken(self, word: str) -> Sequence[Action]:
        self._expects = False
        return [Silence(), Tell(Stop("wake")), *self._listen(word)]

    def _listen(self, word: str) -> Sequence[Action]:
        self._end_listening()
        self.listening = True
        return [Tell(StartListening("open", word))]

    def _sound(self, chunk: AudioChunk) -> Sequence[Action]:
        self._pending += chunk.pcm
        whole = len(self._pending) - len(self._pending) % LISTEN_BYTES
        ready, self._pending = self._pending[:whole], self._pending[whole:]
        return [SendSound(ready[at : at + LISTEN_BYTES]) for at in range(0, whole, LISTEN_BYTES)]

    def _end_listening(self) -> None:
        self.listening, self._pending = False, b""

    def _stop(self, turn_id: str) -> Sequence[Action]:
        self._stopped = turn_id
        return [Silence()] if turn_id == self._turn_id else []
