"""Conversations as data: dialog files read, held and compared (format: docs/dialogs.md)."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import yaml
from msgspec import Struct, field

from jingling.core.errors import BadInput
from jingling.core.thing import Value
from jingling.core.turn import Role

Things = dict[str, dict[str, Value]]
UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """What happens (the speaker is moved, time passes, something is said or tapped), and what must be so then."""

    say: str | None = None
    tap: str | None = None
    wait: str | None = None
    later: str | None = None
    moved: str | None = None
    by: str = ""
    at: str = ""
    intent: str | None = None
    slots: dict[str, Any] | None = None
    slots_exactly: dict[str, Any] | None = None
    reply: str | None = None
    asks: str | None = None
    commands: list[str] | None = None
    card: str | None = None
    things: Things = field(default_factory=dict)
    rings: str | None = None


class Dialog(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    turns: list[Step]
    place: str = "kitchen"
    things: Things = field(default_factory=dict)
    people: dict[str, Role] = field(default_factory=dict)


class Talk(Protocol):
    """A fresh home that can be spoken to, with its clock in hand."""

    async def say(self, text: str, by: str, at: str) -> Mapping[str, Any]:
        """What came of it, as `jingling ask --json` prints it. `at` is the place of another speaker."""

    async def tap(self, choice: str, by: str, at: str) -> Mapping[str, Any]: ...

    def move(self, place_id: str) -> None:
        """The speaker stands in another place from now on."""

    async def advance(self, seconds: float) -> Sequence[str]:
        """Let time pass; returns the labels of what rang meanwhile."""

    def value(self, thing_id: str, name: str) -> Value: ...


def dialog_files(folder: Path, language: str) -> list[Path]:
    """`dialogs.<lang>.yaml` of a skill's folder, or the files of its folder `dialogs`; else those of `folder`."""
    alone, several = folder / f"dialogs.{language}.yaml", folder / "dialogs"
    beside = [alone] if alone.is_file() else []
    within = several if several.is_dir() or (folder / "skill.toml").is_file() else folder
    return beside or sorted(within.glob(f"*.{language}.yaml"))


def read_dialogs(path: Path) -> list[Dialog]:
    """One dialog or a list of them. Raises BadInput naming the file and what is wrong in it."""
    try:
        content = yaml.safe_load(path.read_text("utf-8")) or []
        return msgspec.convert([content] if isinstance(content, dict) else content, list[Dialog])
    except (yaml.YAMLError, msgspec.ValidationError, OSError) as error:
        raise BadInput(f"{path}: {error}") from error


async def hold(dialog: Dialog, talk: Talk) -> list[str]:
    """Hold the conversation; returns what was otherwise than promised, a line each."""
    wrong: list[str] = []
    for number, step in enumerate(dialog.turns, 1):
        where = f"{dialog.name!r}, turn {number}"
        wrong += [f"{where}: {text}" for text in await _take(step, talk)]
    return wrong


async def _take(step: Step, talk: Talk) -> list[str]:
    wrong: list[str] = []
    if step.moved is not None:
        talk.move(step.moved)
    for pause in filter(None, (step.wait, step.later)):
        rang = await talk.advance(_seconds(pause))
        if step.rings is not None and step.rings not in rang:
            wrong.append(f"{step.rings!r} should have rung, rang: {list(rang)}")
    if step.say is not None:
        record = await talk.say(step.say, step.by, step.at)
        wrong += [f"{step.say!r}: {text}" for text in _compare(step, record)]
    if step.tap is not None:
        record = await talk.tap(step.tap, step.by, step.at)
        wrong += [f"tapped {step.tap!r}: {text}" for text in _compare(step, record)]
    return wrong + _compare_things(step.things, talk)


def _compare(step: Step, record: Mapping[str, Any]) -> list[str]:
    intent = record["intent"] or {"name": "none", "slots": {}}
    slots = intent["slots"]
    checks = [
        (step.intent is None or intent["name"] == step.intent, f"intent {intent['name']}, not {step.intent}"),
        (_has(slots, step.slots or {}), f"slots {slots} lack {step.slots}"),
        (step.slots_exactly in (None, slots), f"slots {slots}, not {step.slots_exactly}"),
        (_says(record["reply"], step.reply), f"reply {record['reply']!r}, not {step.reply!r}"),
        (step.asks is None or (record["asks"] or "none") == step.asks, f"asks {record['asks']}, not {step.asks}"),
        (step.card is None or _card(record) == step.card, f"card {_card(record)}, not {step.card}"),
        (_commands(step, record), f"commands {record['commands']}, not {step.commands}"),
    ]
    return [text for fine, text in checks if not fine]


def _has(slots: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(slots.get(name) == value for name, value in wanted.items())


def _says(reply: str, wanted: str | None) -> bool:
    if wanted is None:
        return True
    if len(wanted) > 2 and wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], reply) is not None
    return wanted in reply


def _card(record: Mapping[str, Any]) -> str:
    return str((record["card"] or {"type": "none"})["type"])


def _commands(step: Step, record: Mapping[str, Any]) -> bool:
    done = [command["name"] for command in record["commands"] if command["ok"]]
    return step.commands is None or done == step.commands


def _compare_things(things: Things, talk: Talk) -> list[str]:
    return [
        f"{thing_id}.{name} is {talk.value(thing_id, name)!r}, not {wanted!r}"
        for thing_id, values in things.items()
        for name, wanted in values.items()
        if talk.value(thing_id, name) != wanted
    ]


def _seconds(wait: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", wait.strip())
    if not found:
        raise BadInput(f"wait: {wait!r} is not a time like 90s, 5m, 2h or 1d")
    return float(found[1]) * UNIT_SECONDS[found[2]]
