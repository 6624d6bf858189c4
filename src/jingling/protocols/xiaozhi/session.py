"""What a board's frames mean, one after the other: sans-I/O, no clock."""

from dataclasses import dataclass, field
from typing import Any, Literal

from jingling.core.errors import BadInput
from jingling.protocols.xiaozhi.frames import Version, unpack, version_of
from jingling.protocols.xiaozhi.messages import (
    AbortMessage,
    BoardHello,
    GoodbyeMessage,
    ListenMessage,
    McpMessage,
    PingMessage,
    read,
)

Mode = Literal["auto", "manual", "realtime"]
"""auto: the hub finds the end of speech. manual: the board says when. realtime: the microphone stays open."""

WAKE_WORDS = frozenset(
    {
        "你好小智",
        "小智",
        "小智小智",
        "你好小鑫",
        "你好东东",
        "小美同学",
        "小龙小龙",
        "小鸭小鸭",
        "嗨乐鑫",
        "hi乐鑫",
        "hiesp",
        "hilexin",
        "hijason",
        "heywillow",
        "heyjarvis",
        "jarvis",
        "alexa",
        "mycroft",
        "heymycroft",
        "oknabu",
        "okaynabu",
        "computer",
        "sophia",
    }
)
"""What firmware wakes by, without signs and spaces. What else is said by `detect` was typed."""


@dataclass(frozen=True)
class Greeted:
    hello: BoardHello


@dataclass(frozen=True)
class ListeningBegan:
    mode: Mode


@dataclass(frozen=True)
class ListeningEnded:
    pass


@dataclass(frozen=True)
class Sound:
    """An Opus packet of any length."""

    packet: bytes


@dataclass(frozen=True)
class Woken:
    pass


@dataclass(frozen=True)
class Wrote:
    text: str


@dataclass(frozen=True)
class Aborted:
    reason: str = ""


@dataclass(frozen=True)
class Called:
    """A message of the Model Context Protocol."""

    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pinged:
    pass


@dataclass(frozen=True)
class Left:
    pass


Happening = (
    Greeted | ListeningBegan | ListeningEnded | Sound | Woken | Wrote | Aborted | Called | Pinged | Left
)  # fmt: skip


class BoardSession:
    """`version` is the framing, by the header until the hello says otherwise."""

    def __init__(self, version: Version = 1) -> None:
        self.version = version
        self.hello: BoardHello | None = None
        self._listening = False
        self._sound_came = False

    def take(self, frame: str | bytes) -> Happening | None:
        """None for what means nothing here. Raises BadInput."""
        if isinstance(frame, bytes):
            return self._sound(frame)
        message = read(frame)
        match message:
            case BoardHello():
                return self._greeted(message)
            case None:
                return None
            case PingMessage():
                return Pinged()
            case GoodbyeMessage():
                return Left()
        if self.hello is None:
            raise BadInput("the first message is a hello")
        match message:
            case ListenMessage():
                return self._listen(message)
            case AbortMessage():
                return Aborted(message.reason or "")
            case McpMessage():
                return Called(message.payload)

    def _sound(self, frame: bytes) -> Sound:
        if self.hello is None:
            raise BadInput("sound came before the hello")
        packet = unpack(self.version, frame)
        self._sound_came = True
        return Sound(packet)

    def _greeted(self, hello: BoardHello) -> Greeted:
        if self.hello is not None:
            raise BadInput("hello was said already")
        if hello.audio_params.format != "opus" or hello.audio_params.channels not in (1, 2):
            raise BadInput("sound comes as Opus of one channel")
        self.hello = hello
        if hello.version in (1, 2, 3):
            self.version = version_of(hello.version)
        return Greeted(hello)

    def _listen(self, message: ListenMessage) -> Happening:
        before, self._sound_came = self._sound_came, False
        match message.state:
            case "start":
                self._listening = True
                return ListeningBegan(_mode(message.mode))
            case "stop":
                self._listening = False
                return ListeningEnded()
            case "detect":
                spoken = before and not self._listening
                return Woken() if spoken or is_wake_word(message.text) else Wrote(message.text)


def is_wake_word(text: str) -> bool:
    plain = "".join(sign for sign in text.lower() if sign.isalnum())
    return not plain or plain in WAKE_WORDS


def _mode(mode: str) -> Mode:
    """What is not known is taken as auto."""
    return "manual" if mode == "manual" else "realtime" if mode == "realtime" else "auto"
