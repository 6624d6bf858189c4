"""All that a skill author imports."""

from jingling.core.card import (
    ChartCard,
    Choice,
    ClockCard,
    ListCard,
    OrderCard,
    OrderLine,
    TextCard,
    ThingsCard,
    TimerCard,
    TimerLine,
)
from jingling.core.command import Command, Outcome, Risk
from jingling.core.turn import Ask, Reply, Turn
from jingling.home.commands import RunAction, SetProperty
from jingling.sdk.kit import Kit
from jingling.sdk.skill import Do, Skill

__all__ = [
    "Ask",
    "ChartCard",
    "Choice",
    "ClockCard",
    "Command",
    "Do",
    "Kit",
    "ListCard",
    "OrderCard",
    "OrderLine",
    "Outcome",
    "Reply",
    "Risk",
    "RunAction",
    "SetProperty",
    "Skill",
    "TextCard",
    "ThingsCard",
    "TimerCard",
    "TimerLine",
    "Turn",
]
