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
from jingling.core.turn import ANYWHERE, Ask, Intent, Reply, Turn
from jingling.devices.commands import Announce, AnswerCall, CallPlace, HangUp
from jingling.home.commands import RunAction, SetProperty
from jingling.language.learned.commands import ForgetPhrase, TeachPhrase
from jingling.schedule.commands import (
    CancelEntry,
    DismissRinging,
    ExtendTimer,
    PauseTimer,
    ResumeTimer,
    SetAlarm,
    StartTimer,
)
from jingling.sdk.kit import Kit
from jingling.sdk.skill import Do, Skill
from jingling.speech.voice.commands import ChangeManner

__all__ = [
    "ANYWHERE",
    "Announce",
    "AnswerCall",
    "Ask",
    "CallPlace",
    "CancelEntry",
    "ChangeManner",
    "ChartCard",
    "Choice",
    "ClockCard",
    "Command",
    "DismissRinging",
    "Do",
    "ExtendTimer",
    "ForgetPhrase",
    "HangUp",
    "Intent",
    "Kit",
    "ListCard",
    "OrderCard",
    "OrderLine",
    "Outcome",
    "PauseTimer",
    "Place",
    "Reply",
    "ResumeTimer",
    "Risk",
    "RunAction",
    "SetAlarm",
    "SetProperty",
    "Skill",
    "StartTimer",
    "TeachPhrase",
    "TextCard",
    "Thing",
    "ThingState",
    "ThingsCard",
    "TimerCard",
    "TimerLine",
    "Turn",
]
