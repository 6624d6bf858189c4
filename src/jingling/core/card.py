"""What a screen shows. A closed set; each kind is drawn by one web component."""

from msgspec import Struct


class Choice(Struct, frozen=True):
    """A line that can be tapped or said by its number; `value` comes back in `Tapped`."""

    title: str
    value: str
    subtitle: str = ""
    picture: str = ""


class TextCard(Struct, frozen=True, tag="text"):
    title: str
    body: str = ""
    choices: tuple[Choice, ...] = ()


class ListCard(Struct, frozen=True, tag="list"):
    """A numbered list: "number three"."""

    title: str
    items: tuple[Choice, ...]


class ThingsCard(Struct, frozen=True, tag="things"):
    """Things whose live state the screen already follows."""

    title: str
    thing_ids: tuple[str, ...]


class TimerLine(Struct, frozen=True):
    """`due_at` is ISO 8601 with offset; a paused timer has `remaining_s` instead of running on."""

    id: str
    kind: str
    label: str
    due_at: str
    state: str
    total_s: float = 0
    remaining_s: float | None = None


class TimerCard(Struct, frozen=True, tag="timer"):
    title: str
    timers: tuple[TimerLine, ...]


class ConfirmCard(Struct, frozen=True, tag="confirm"):
    """A question that waits for yes or no."""

    question: str
    yes: str
    no: str


class OrderLine(Struct, frozen=True):
    label: str
    value: str


class OrderCard(Struct, frozen=True, tag="order"):
    """An order being made by a thing, followed live through the thing's state."""

    title: str
    lines: tuple[OrderLine, ...]
    thing_id: str = ""


class ClockCard(Struct, frozen=True, tag="clock"):
    """A moment, ISO 8601 with offset, as large as the screen allows."""

    at: str
    show: str = "time"


class ChartCard(Struct, frozen=True, tag="chart"):
    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]


Card = TextCard | ListCard | ThingsCard | TimerCard | ConfirmCard | OrderCard | ClockCard | ChartCard

__all__ = [
    "Card",
    "ChartCard",
    "Choice",
    "ClockCard",
    "ConfirmCard",
    "ListCard",
    "OrderCard",
    "OrderLine",
    "TextCard",
    "ThingsCard",
    "TimerCard",
    "TimerLine",
]
