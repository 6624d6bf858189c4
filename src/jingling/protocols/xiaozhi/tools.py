"""What a board's tools are to a home: things with properties and actions. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct

from jingling.core.thing import Action, Property, Thing, ThingType, Value

TOOLS_MAX = 128
THINGS_MAX = 16
NAME_CHARS_MAX = 128
STATUS = "self.get_device_status"
PHOTO = "self.camera.take_photo"
PREVIEW = "self.screen.preview_image"
INWARD = frozenset(
    {
        "self.reboot",
        "self.upgrade_firmware",
        "self.assets.set_download_url",
        "self.get_system_info",
        "self.screen.get_info",
        "self.screen.snapshot",
        PREVIEW,
        STATUS,
    }
)
"""What only the hub itself uses, or nobody."""
SETTERS = {
    "self.audio_speaker.set_volume": ("volume", "volume"),
    "self.screen.set_brightness": ("brightness", "brightness"),
    "self.screen.set_theme": ("theme", "theme"),
}
"""Tools that set a property of the board: the property, and the tool's argument."""
_PROPERTIES = {
    "volume": Property("integer", unit="%", minimum=0, maximum=100),
    "brightness": Property("integer", unit="%", minimum=0, maximum=100),
    "theme": Property("string", choices=("light", "dark")),
}
_ENTRANCE = frozenset({"door", "lock", "gate", "garage", "latch"})
_LOCKING = frozenset({"lock", "unlock", "open", "close", "unlatch"})
_LIGHTS = frozenset({"lamp", "light", "led", "bulb", "strip", "torch"})
_CHINESE = {
    "lamp": "灯",
    "light": "灯",
    "led": "灯",
    "fan": "风扇",
    "switch": "开关",
    "relay": "开关",
    "door": "门",
    "lock": "门锁",
}


class BoardTool(Struct, frozen=True, rename="camel"):
    """A tool as `tools/list` gives it."""

    name: str
    description: str = ""
    input_schema: dict[str, Any] = {}
    annotations: dict[str, Any] = {}


@dataclass(frozen=True)
class Board:
    """Who has the tools. `names` are those of its device by language."""

    id: str
    names: dict[str, tuple[str, ...]]
    place_id: str | None = None


@dataclass(frozen=True)
class Call:
    """One use of a tool; `argument` is where a value goes."""

    tool: str
    argument: str = ""


@dataclass(frozen=True)
class Toolbox:
    """A board's things, and what sets, starts and reads them.

    `setters` are by thing, property and, for what is on or off, its value; `actions` by thing and action.
    `inward` are the tools that the hub itself uses.
    """

    things: tuple[Thing, ...] = ()
    setters: Mapping[tuple[str, str, Value], Call] = field(default_factory=dict)
    actions: Mapping[tuple[str, str], Call] = field(default_factory=dict)
    inward: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()

    def setter(self, thing_id: str, name: str, value: Value) -> Call | None:
        exact = self.setters.get((thing_id, name, value)) if isinstance(value, bool) else None
        return exact or self.setters.get((thing_id, name, None))


def read_tools(result: object) -> list[BoardTool]:
    """The well-formed tools of one page of `tools/list`."""
    listed = result.get("tools") if isinstance(result, dict) else None
    tools: list[BoardTool] = []
    for each in listed if isinstance(listed, list) else ():
        try:
            tool = msgspec.convert(each, BoardTool)
        except msgspec.ValidationError:
            continue
        if re.fullmatch(rf"[\w.\-/:]{{1,{NAME_CHARS_MAX}}}", tool.name):
            tools.append(tool)
    return tools


def toolbox(board: Board, tools: Sequence[BoardTool]) -> Toolbox:
    """The board itself, and one thing more for each part that is switched or lets people in."""
    return _Sorting(board, tools).sorted()


class _Sorting:
    def __init__(self, board: Board, tools: Sequence[BoardTool]) -> None:
        self._board = board
        self._tools = {tool.name: tool for tool in tools[:TOOLS_MAX]}
        self._setters: dict[tuple[str, str, Value], Call] = {}
        self._actions: dict[tuple[str, str], Call] = {}
        self._left_out: list[str] = []
        self._parts: list[Thing] = []

    def sorted(self) -> Toolbox:
        rest = {name: tool for name, tool in self._tools.items() if not _is_inward(tool)}
        for prefix in dict.fromkeys(name.rpartition(".")[0] for name in rest):
            group = {name: tool for name, tool in rest.items() if name.rpartition(".")[0] == prefix}
            used = self._entrance(prefix, group) or self._switched(prefix, group)
            rest = {name: tool for name, tool in rest.items() if name not in used}
        things = (self._itself(rest), *self._parts)
        inward = frozenset(self._tools.keys() & INWARD)
        return Toolbox(things, self._setters, self._actions, inward, tuple(self._left_out))

    def _itself(self, rest: Mapping[str, BoardTool]) -> Thing:
        board, properties, actions = self._board, dict[str, Property](), dict[str, Action]()
        for name, tool in rest.items():
            if name in SETTERS:
                known, argument = SETTERS[name]
                properties[known] = _PROPERTIES[known]
                self._setters[board.id, known, None] = Call(name, argument)
            elif (inputs := _inputs(tool)) is None:
                self._left_out.append(name)
            else:
                action = name.removeprefix("self.")
                actions[action] = Action(inputs)
                self._actions[board.id, action] = Call(name)
        return Thing(board.id, "media_player", board.names, board.place_id, "speaker", properties, actions)

    def _entrance(self, prefix: str, group: Mapping[str, BoardTool]) -> set[str]:
        """What may let somebody in is a lock, whose opening is confirmed; such a tool that we cannot tell the use
        of is left out."""
        meant = {name for name in group if _ENTRANCE & set(_words(name))}
        plain = {name for name in meant if _verb(name) in _LOCKING and not _required(group[name])}
        self._left_out += sorted(meant - plain)
        if plain and (part := self._part(prefix, "lock", {}, {_verb(name): Action() for name in plain})):
            for name in plain:
                self._actions[part.id, _verb(name)] = Call(name)
        return meant

    def _switched(self, prefix: str, group: Mapping[str, BoardTool]) -> set[str]:
        verbs = {_verb(name): name for name in group if not _required(group[name])}
        if not {"turn_on", "turn_off"} <= verbs.keys():
            return set()
        part = self._part(prefix, _switched_type(prefix), {"power": Property("boolean")}, {})
        if part is None:
            return set()
        for value, verb in ((True, "turn_on"), (False, "turn_off")):
            self._setters[part.id, "power", value] = Call(verbs[verb])
        return {verbs["turn_on"], verbs["turn_off"]}

    def _part(
        self, prefix: str, kind: ThingType, properties: dict[str, Property], actions: dict[str, Action]
    ) -> Thing | None:
        words = _words(prefix.removeprefix("self")) or ["part"]
        if len(self._parts) + 1 >= THINGS_MAX:
            self._left_out.append(prefix)
            return None
        names = {
            language: tuple(_part_name(name, words, language) for name in spoken)
            for language, spoken in self._board.names.items()
        }
        thing_id = f"{self._board.id}-{'-'.join(words)}"[:64]
        thing = Thing(thing_id, kind, names, self._board.place_id, "", properties, actions)
        self._parts.append(thing)
        return thing


def _is_inward(tool: BoardTool) -> bool:
    return tool.name in INWARD or tool.annotations.get("audience") == ["user"]


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word]


def _verb(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _required(tool: BoardTool) -> bool:
    return bool(tool.input_schema.get("required"))


def _switched_type(prefix: str) -> ThingType:
    words = set(_words(prefix))
    return "light" if words & _LIGHTS else "fan" if "fan" in words else "switch"


def _part_name(board_name: str, words: Sequence[str], language: str) -> str:
    """ "kitchen board lamp", “厨房小智灯”."""
    if language == "zh":
        return board_name + "".join(_CHINESE.get(word, word) for word in words)
    return f"{board_name} {' '.join(words)}"


def _inputs(tool: BoardTool) -> dict[str, Property] | None:
    """None when something is required that a property cannot describe."""
    described = tool.input_schema.get("properties")
    required = tool.input_schema.get("required") or ()
    inputs: dict[str, Property] = {}
    for name, schema in (described if isinstance(described, dict) else {}).items():
        prop = _property(schema)
        if prop is not None:
            inputs[str(name)[:NAME_CHARS_MAX]] = prop
        elif name in required:
            return None
    return inputs


def _property(schema: Any) -> Property | None:
    match schema:
        case {"type": "boolean"}:
            return Property("boolean")
        case {"type": "integer" | "number" as kind}:
            return Property(
                "integer" if kind == "integer" else "number",
                minimum=_number(schema.get("minimum")),
                maximum=_number(schema.get("maximum")),
            )
        case {"type": "string"}:
            choices = schema.get("enum")
            return Property("string", choices=tuple(map(str, choices)) if isinstance(choices, list) else ())
    return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def read_status(text: str) -> dict[str, Value]:
    """The board's own properties in the answer of its status tool; empty for what is none."""
    try:
        status = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return {}
    values: dict[str, Value] = {}
    for part, name in (("audio_speaker", "volume"), ("screen", "brightness"), ("screen", "theme")):
        found = status.get(part) if isinstance(status, dict) else None
        value = found.get(name) if isinstance(found, dict) else None
        prop = _PROPERTIES[name]
        if (isinstance(value, str) and value in prop.choices) or (prop.kind == "integer" and _is_percent(value)):
            values[name] = value
    return values


def _is_percent(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100
