"""What a browser and the hub say to each other on `/ws`: one JSON object a text frame, typed by `type`.

Binary frames from the browser are microphone sound: bare PCM, 16 kHz mono 16-bit little-endian, 20 to
100 ms each, between `listen` and `listen_end`. Binary frames to the browser are sound to play: a
little-endian u32 stream number, then PCM of the rate that the stream's `audio_start` named.
"""

from typing import Literal

from msgspec import Struct, field

from jingling.core.card import Card
from jingling.core.thing import Place, Thing, Value

Language = Literal["en", "zh"]


class Hello(Struct, frozen=True, tag="hello"):
    """First frame. `device_id` is made and kept by the browser; `place_id` is where the screen stands.
    `capabilities` as in core.endpoint."""

    device_id: str
    language: Language
    place_id: str | None = None
    capabilities: tuple[str, ...] = ("microphone", "speaker", "screen")


class SayText(Struct, frozen=True, tag="text"):
    text: str
    request_id: str = ""


class StartListening(Struct, frozen=True, tag="listen"):
    """Modes as in core.endpoint: wake, open, hold. Replaces a listening that is under way. `woken` is the wake word
    that the device heard by itself."""

    mode: Literal["wake", "open", "hold"]
    woken: str = ""


class EndListening(Struct, frozen=True, tag="listen_end"):
    pass


class Tap(Struct, frozen=True, tag="tap"):
    """`choice` of the card `card_id`; a confirm card brings yes or no."""

    choice: str
    card_id: str = ""
    request_id: str = ""


class Adjust(Struct, frozen=True, tag="adjust"):
    """Set property `name` to `value`, or start action `name` (value null)."""

    thing_id: str
    name: str
    value: Value = None
    request_id: str = ""


class Stop(Struct, frozen=True, tag="stop"):
    """Silence now; with the reason `dismiss` also what rings under a spoken answer."""

    reason: str = "tap"


class Change(Struct, frozen=True, tag="change"):
    """The person changed the language or the screen's place; or the microphone, once open, turned out to take its
    own echo away, or not to."""

    language: Language | None = None
    place_id: str | None = None
    cancels_echo: bool | None = None


class Ping(Struct, frozen=True, tag="ping"):
    pass


FromBrowser = Hello | SayText | StartListening | EndListening | Tap | Adjust | Stop | Change | Ping


class ThingNow(Struct, frozen=True):
    thing: Thing
    values: dict[str, Value]
    reachable: bool = True


class Suggestion(Struct, frozen=True):
    """Something that can be said now."""

    text: str
    skill: str


class Snapshot(Struct, frozen=True, tag="snapshot"):
    """Everything a screen needs; sent after hello, after `change`, and after a home changed.

    `missing` are plain sentences on what this hub lacks ("no microphone recogniser for Mandarin yet").
    """

    home_name: dict[str, str]
    language: Language
    device_id: str
    place_id: str | None
    places: tuple[Place, ...]
    things: tuple[ThingNow, ...]
    suggestions: tuple[Suggestion, ...]
    wake_words: tuple[str, ...]
    speech: bool
    version: str
    now: str
    missing: tuple[str, ...] = ()


class ThingUpdate(Struct, frozen=True, tag="thing"):
    """Only the values that changed."""

    thing_id: str
    values: dict[str, Value]
    reachable: bool = True


class DeviceNews(Struct, frozen=True, tag="devices"):
    """A device has shown up, changed or left. `waiting` are the names of new ones that nobody has adopted."""

    waiting: tuple[str, ...] = ()


class TimerOver(Struct, frozen=True, tag="timer_over"):
    """A timer, alarm or reminder that was cancelled or dismissed."""

    timer_id: str


class PhaseUpdate(Struct, frozen=True, tag="phase"):
    """idle · listening · thinking · speaking."""

    turn_id: str
    phase: Literal["idle", "listening", "thinking", "speaking"]


class HeardText(Struct, frozen=True, tag="heard"):
    turn_id: str
    text: str
    language: Language
    final: bool


class AnswerText(Struct, frozen=True, tag="answer"):
    """All of the answer so far. `streamed`: more of it may follow. `undoable`: what this turn did can be taken
    back, by a tap whose choice is "undo" (撤销)."""

    turn_id: str
    text: str
    language: Language
    expects: bool
    streamed: bool = False
    undoable: bool = False


class ShowCard(Struct, frozen=True, tag="card"):
    """`card_id` comes back in `tap`. A card of the same id replaces the one before."""

    turn_id: str
    card_id: str
    card: Card


class StopTurn(Struct, frozen=True, tag="stop_turn"):
    """Silence, and drop what still comes of this turn."""

    turn_id: str


class AudioStart(Struct, frozen=True, tag="audio_start"):
    turn_id: str
    stream: int
    rate_hz: int


class AudioEnd(Struct, frozen=True, tag="audio_end"):
    turn_id: str
    stream: int


class Trouble(Struct, frozen=True, tag="trouble"):
    """Something went wrong: `code` for programs, `text` for the person, in the screen's language."""

    code: str
    text: str


class Pong(Struct, frozen=True, tag="pong"):
    pass


ToBrowser = (
    Snapshot
    | ThingUpdate
    | DeviceNews
    | TimerOver
    | PhaseUpdate
    | HeardText
    | AnswerText
    | ShowCard
    | StopTurn
    | AudioStart
    | AudioEnd
    | Trouble
    | Pong
)


class Protocol(Struct, frozen=True):
    """Both directions, for the schema that the web types are generated from."""

    from_browser: list[FromBrowser] = field(default_factory=list)
    to_browser: list[ToBrowser] = field(default_factory=list)
