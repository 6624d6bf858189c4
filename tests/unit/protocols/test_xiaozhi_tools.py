"""A board's tools as things: what it is, what it switches, what it lets in."""

from typing import Any

from fakes.xiaozhi_board import PERCENT, TOOLS, tool
from jingling.core.command import Risk
from jingling.core.thing import Property
from jingling.home.commands import RunAction
from jingling.home.model import risk_of
from jingling.protocols.xiaozhi.tools import THINGS_MAX, Board, Toolbox, read_status, read_tools, toolbox

BOARD = Board("xiaozhi-1", {"en": ("kitchen board",), "zh": ("厨房小智",)}, "kitchen")


def box_of(*tools: dict[str, Any]) -> Toolbox:
    return toolbox(BOARD, read_tools({"tools": list(tools)}))


def test_the_board_itself_is_a_loudspeaker_with_a_screen() -> None:
    box = box_of(*TOOLS)
    board, lamp = box.things
    assert (board.id, board.type, board.device_class, board.place_id) == (
        "xiaozhi-1", "media_player", "speaker", "kitchen",
    )  # fmt: skip
    assert board.properties["volume"] == Property("integer", unit="%", minimum=0, maximum=100)
    assert board.properties["theme"].choices == ("light", "dark")
    assert set(board.actions) == {"chassis.go_forward", "camera.take_photo"}
    assert board.actions["chassis.go_forward"].inputs == {"steps": Property("integer", minimum=1, maximum=9)}
    assert (lamp.type, lamp.names) == ("light", {"en": ("kitchen board lamp",), "zh": ("厨房小智灯",)})


def test_what_sets_and_starts_them() -> None:
    box = box_of(*TOOLS)
    volume = box.setter("xiaozhi-1", "volume", 30)
    assert volume is not None
    assert (volume.tool, volume.argument) == ("self.audio_speaker.set_volume", "volume")
    tools = [getattr(box.setter("xiaozhi-1-lamp", "power", on), "tool", None) for on in (True, False)]
    assert tools == ["self.lamp.turn_on", "self.lamp.turn_off"]
    assert box.setter("xiaozhi-1", "power", True) is None
    assert box.actions["xiaozhi-1", "chassis.go_forward"].tool == "self.chassis.go_forward"


def test_tools_for_its_owner_alone_are_not_for_the_home() -> None:
    board = box_of(*TOOLS, {**tool("self.wipe"), "annotations": {"audience": ["user"]}}).things[0]
    assert not {"reboot", "screen.preview_image", "wipe", "get_device_status"} & set(board.actions)


def test_what_opens_a_door_is_confirmed() -> None:
    box = box_of(tool("self.door.open"), tool("self.door.close"))
    lock = box.things[1]
    assert (lock.type, set(lock.actions)) == ("lock", {"open", "close"})
    assert risk_of(lock, RunAction(thing_id=lock.id, action="open")) is Risk.CONFIRM
    assert box.actions[lock.id, "open"].tool == "self.door.open"


def test_what_may_open_a_door_in_ways_we_cannot_tell_is_left_out() -> None:
    box = box_of(tool("self.lock.set", {"locked": {"type": "boolean"}}, ["locked"]), tool("open_gate"))
    assert box.left_out == ("self.lock.set", "open_gate")
    assert box.things[0].actions == {}


def test_a_tool_that_needs_what_cannot_be_described_is_left_out() -> None:
    box = box_of(
        tool("paint", {"points": {"type": "array"}}, ["points"]), tool("blink", {"why": {"type": "object"}})
    )
    assert box.left_out == ("paint",)
    assert box.things[0].actions["blink"].inputs == {}


def test_a_board_has_few_things() -> None:
    many = [tool(f"self.relay{number}.turn_{way}") for number in range(60) for way in ("on", "off")]
    box = box_of(*many)
    assert len(box.things) == THINGS_MAX
    assert len({thing.id for thing in box.things}) == THINGS_MAX
    assert "relay" in box.left_out[0]


def test_odd_lists_of_tools() -> None:
    odd: list[Any] = [
        None,
        3,
        {},
        {"name": 3},
        {"name": "a b"},
        {"name": "x" * 999},
        {"name": "ok", "inputSchema": {}},
    ]
    assert [each.name for each in read_tools({"tools": odd})] == ["ok"]
    assert read_tools(None) == read_tools({"tools": "no"}) == []
    assert box_of(tool("v", {"a": PERCENT})).things[0].actions["v"].inputs["a"].maximum == 100


def test_status() -> None:
    told = '{"audio_speaker":{"volume":70},"screen":{"brightness":101,"theme":"pink"},"battery":{"level":5}}'
    assert read_status(told) == {"volume": 70}
    assert read_status('{"screen":{"brightness":0,"theme":"dark"}}') == {"brightness": 0, "theme": "dark"}
    assert read_status("[") == read_status("[]") == read_status('{"screen":true}') == {}
