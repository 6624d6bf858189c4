"""What takes a change of a thing back."""

import pytest

from jingling.core.command import Command
from jingling.core.thing import Action, Property, Thing, ThingType, Value
from jingling.home.commands import RunAction, SetProperty
from jingling.home.model import undoing

PERCENT = Property("integer", minimum=0, maximum=100)
STATE = Property("string", writable=False)
LAMP = Thing("lamp", "light", {}, properties={"power": Property("boolean"), "brightness": PERCENT, "state": STATE})


def thing(kind: ThingType, *actions: str) -> Thing:
    return Thing("it", kind, {}, properties={"state": STATE}, actions={name: Action() for name in actions})


def as_pairs(commands: object) -> list[tuple[str, Value]]:
    assert isinstance(commands, list)
    return [(each.property, each.value) for each in commands]


def test_a_property_goes_back_to_what_it_was() -> None:
    command = SetProperty(thing_id="lamp", property="brightness", value=30)
    before: dict[str, Value] = {"power": True, "brightness": 80}
    assert as_pairs(undoing(LAMP, command, before, {"power": True, "brightness": 30})) == [("brightness", 80)]


def test_what_was_switched_on_on_the_way_is_switched_off_last() -> None:
    command = SetProperty(thing_id="lamp", property="brightness", value=30)
    before: dict[str, Value] = {"power": False, "brightness": 80, "state": "a"}
    after: dict[str, Value] = {"power": True, "brightness": 30, "state": "b"}
    assert as_pairs(undoing(LAMP, command, before, after)) == [("brightness", 80), ("power", False)]


def test_what_nobody_knew_before_cannot_come_back() -> None:
    command = SetProperty(thing_id="lamp", property="brightness", value=30)
    assert undoing(LAMP, command, {"brightness": None}, {"brightness": 30}) == []


@pytest.mark.parametrize(
    ("kind", "action", "before", "wanted"),
    [
        ("vacuum", "start", "docked", [RunAction(thing_id="it", action="dock")]),
        ("vacuum", "start", "cleaning", []),
        ("vacuum", "dock", "cleaning", [RunAction(thing_id="it", action="start")]),
        ("media_player", "pause", "playing", [RunAction(thing_id="it", action="play")]),
        ("media_player", "play", "off", [SetProperty(thing_id="it", property="power", value=False)]),
        ("cover", "stop", "opening", [SetProperty(thing_id="it", property="position", value=100)]),
        ("coffee_machine", "brew", "idle", []),
    ],
)
def test_an_action_is_undone_by_its_opposite(
    kind: ThingType, action: str, before: str, wanted: list[Command]
) -> None:
    command = RunAction(thing_id="it", action=action)
    assert list(undoing(thing(kind, action), command, {"state": before}, {})) == wanted
