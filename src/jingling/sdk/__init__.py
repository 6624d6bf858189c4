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
from jingling.core.thing import Place, Thing, ThingState
from jingling.core.turn import Ask, Intent, Reply, Turn
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
    "Intent",
    "Kit",
    "ListCard",
    "OrderCard",
    "OrderLine",
    "Outcome",
    "Place",
    "Reply",
    "Risk",
    "RunAction",
    "SetProperty",
    "Skill",
    "TextCard",
    "Thing",
    "ThingState",
    "ThingsCard",
    "TimerCard",
    "TimerLine",
    "Turn",
]
