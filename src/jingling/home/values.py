"""Checking a value against a property's description."""

import math
import re
import unicodedata
from collections.abc import Mapping

from jingling.core.errors import BadInput
from jingling.core.thing import Property, Value

TEXT_CHARS_MAX = 200
NUMBER_MAX = 1e15
"""Up to here a float holds every whole number."""

COLORS = {
    "white": "#ffffff",
    "black": "#000000",
    "grey": "#808080",
    "gray": "#808080",
    "red": "#ff0000",
    "orange": "#ff8000",
    "amber": "#ffbf00",
    "gold": "#ffd700",
    "yellow": "#ffff00",
    "lime": "#bfff00",
    "green": "#00ff00",
    "mint": "#98ff98",
    "turquoise": "#40e0d0",
    "teal": "#008080",
    "cyan": "#00ffff",
    "blue": "#0000ff",
    "sky blue": "#87ceeb",
    "navy": "#000080",
    "indigo": "#4b0082",
    "violet": "#8f00ff",
    "purple": "#800080",
    "lavender": "#b57edc",
    "magenta": "#ff00ff",
    "pink": "#ffc0cb",
    "rose": "#ff007f",
    "brown": "#a52a2a",
    "beige": "#f5f5dc",
}


def check_value(prop: Property, value: object, name: str = "the value") -> Value:
    """`value` as `prop` holds it: whole numbers as int, other numbers as float, colours as "#rrggbb".

    Raises BadInput with a sentence that begins with `name` and says what is allowed.
    """
    match prop.kind:
        case "boolean":
            return _boolean(value, name)
        case "integer":
            return _integer(prop, value, name)
        case "number":
            return _number(prop, value, name)
        case "color":
            return _color(value, name)
        case "string":
            return _text(prop, value, name)


def check_values(props: Mapping[str, Property], values: Mapping[str, object], owner: str) -> dict[str, Value]:
    """Each of `values` checked against the property of its name. Raises BadInput as `check_value` does."""
    for name in values:
        if name not in props:
            known = f"It has {', '.join(props)}." if props else "It has none."
            raise BadInput(f'{owner} has no "{name[:40]}". {known}')
    return {name: check_value(props[name], value, name) for name, value in values.items()}


def _boolean(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise BadInput(f"{name} is either true or false, not {shown(value)}.")
    return value


def _integer(prop: Property, value: object, name: str) -> int:
    number = _number(prop, value, name)
    if number != int(number):
        raise BadInput(f"{name} is a whole number{_range(prop)}, not {shown(value)}.")
    return int(number)


def _number(prop: Property, value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(f"{name} is a number{_range(prop)}, not {shown(value)}.")
    number = float(value) if abs(value) < NUMBER_MAX else math.inf
    below = prop.minimum is not None and number < prop.minimum
    above = prop.maximum is not None and number > prop.maximum
    if below or above or not math.isfinite(number):
        raise BadInput(f"{name} is a number{_range(prop)}, not {shown(value)}.")
    return number


def _color(value: object, name: str) -> str:
    if isinstance(value, str):
        text = value.strip().lower()
        if re.fullmatch(r"#[0-9a-f]{6}", text):
            return text
        if text in COLORS:
            return COLORS[text]
    raise BadInput(f'{name} is a colour: "#rrggbb" or one of {", ".join(COLORS)}; not {shown(value)}.')


def _text(prop: Property, value: object, name: str) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{name} is a text, not {shown(value)}.")
    if prop.choices and value not in prop.choices:
        raise BadInput(f"{name} is one of {', '.join(prop.choices)}; not {shown(value)}.")
    if len(value) > TEXT_CHARS_MAX:
        raise BadInput(f"{name} is longer than {TEXT_CHARS_MAX} characters.")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
        raise BadInput(f"{name} holds control characters; leave them out.")
    return value


def _range(prop: Property) -> str:
    unit = f" {prop.unit}" if prop.unit else ""
    if prop.minimum is not None and prop.maximum is not None:
        return f" from {prop.minimum:g} to {prop.maximum:g}{unit}"
    if prop.minimum is not None:
        return f" of at least {prop.minimum:g}{unit}"
    if prop.maximum is not None:
        return f" of at most {prop.maximum:g}{unit}"
    return unit and f" in{unit}"


def shown(value: object) -> str:
    """`value` as an error names it: short, and quoted when it is text."""
    if isinstance(value, str):
        return f'"{value[:40]}…"' if len(value) > 40 else f'"{value}"'
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**20:
        return "so large a number"
    return str(value)[:40]
