"""What a thing's values say in the words that people ask with."""

from jingling.core.thing import Thing, Value
from jingling.skills.home.kinds import sensed

Values = dict[str, Value]

_FLAGS = {"open": ("closed", "open"), "motion": ("still", "motion"), "smoke": ("no_smoke", "smoke")}


def state_of(thing: Thing, values: Values) -> str:
    """on, off, open, closed, opening, closing, locked, unlocked, a sensor's own word, or "" when unknown."""
    match thing.type:
        case "cover":
            return _cover_state(values)
        case "lock":
            return _flag(values.get("locked"), "unlocked", "locked")
        case "sensor":
            name = sensed(thing)
            return _flag(values.get(name), *_FLAGS.get(name, (f"no_{name}", name)))
        case "vacuum":
            return str(values.get("state") or "")
    return _flag(values.get("power"), "off", "on")


def is_in(thing: Thing, values: Values, wanted: str) -> bool:
    """Whether the thing is in the state `wanted`; "on" and "off" of a sensor are its yes and no."""
    if thing.type == "sensor" and wanted in ("on", "off"):
        return values.get(sensed(thing)) is (wanted == "on")
    if thing.type == "vacuum" and wanted in ("on", "off"):
        return (state_of(thing, values) == "cleaning") is (wanted == "on")
    return state_of(thing, values) == wanted


def can_be(thing: Thing, wanted: str) -> bool:
    """Whether it makes sense to ask if the thing is `wanted`."""
    match wanted:
        case "open" | "closed":
            return thing.type == "cover" or sensed(thing) == "open"
        case "opening" | "closing":
            return thing.type == "cover"
        case "locked" | "unlocked":
            return thing.type == "lock"
    return "power" in thing.properties or thing.type == "vacuum" or bool(sensed(thing))


def _cover_state(values: Values) -> str:
    state, position = values.get("state"), values.get("position")
    if state in ("open", "closed", "opening", "closing"):
        return str(state)
    return "open" if isinstance(position, (int, float)) and position > 0 else "closed"


def _flag(value: Value, no: str, yes: str) -> str:
    return {True: yes, False: no}.get(value, "") if isinstance(value, bool) else ""
