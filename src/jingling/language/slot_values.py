"""A value that a program gave for a slot, held against the slot's JSON Schema."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from jingling.core.errors import BadInput

TEXT_CHARS_MAX = 300
_FORMATS: Mapping[str, Callable[[str], object]] = {
    "date-time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def checked(name: str, value: Any, schema: Mapping[str, Any]) -> Any:
    """`value` as the slot takes it: numbers out of their text, text on one line. Raises BadInput."""
    if "anyOf" in schema:
        return _any_of(name, value, schema["anyOf"])
    if "enum" in schema:
        return _one_of(name, value, schema["enum"])
    if schema.get("type") in ("number", "integer"):
        return _number(name, value, schema)
    if schema.get("type") == "object":
        return _object(name, value, schema)
    return _text(name, value, schema)


def record(needed: Collection[str] | None = None, **properties: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a value made of several; all of them are needed unless told."""
    required = sorted(properties if needed is None else needed)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _any_of(name: str, value: Any, schemas: list[Mapping[str, Any]]) -> Any:
    for schema in schemas:
        try:
            return checked(name, value, schema)
        except BadInput as error:
            problem = error
    raise problem


def _one_of(name: str, value: Any, allowed: list[Any]) -> Any:
    for one in allowed:
        if type(one) is type(value) and one == value:
            return one
    if isinstance(value, str | int | float):
        for one in allowed:
            if str(one).casefold() == str(value).strip().casefold():
                return one
    raise BadInput(f"{name} must be one of {', '.join(map(str, allowed))}.")


def _number(name: str, value: Any, schema: Mapping[str, Any]) -> int | float:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        number = None
    if number is None or not abs(number) < 1e15:
        raise BadInput(f"{name} must be a number.")
    low, high = schema.get("minimum"), schema.get("maximum")
    if (low is not None and number < low) or (high is not None and number > high):
        raise BadInput(f"{name} must be between {low} and {high}.")
    if schema["type"] == "integer" and not number.is_integer():
        raise BadInput(f"{name} must be a whole number.")
    return int(number) if number.is_integer() else number


def _object(name: str, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
    properties = schema["properties"]
    fits = isinstance(value, dict) and set(schema["required"]) <= value.keys() <= properties.keys()
    if not fits:
        raise BadInput(f"{name} must be an object of {', '.join(properties)}.")
    return {key: checked(f"{name}.{key}", given, properties[key]) for key, given in value.items()}


def _text(name: str, value: Any, schema: Mapping[str, Any]) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise BadInput(f"{name} must be text.")
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    if len(text) > TEXT_CHARS_MAX:
        raise BadInput(f"{name} must be shorter than {TEXT_CHARS_MAX} characters.")
    form = schema.get("format", "")
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
        raise BadInput(f"{name} must look like {schema['pattern']}.")
    try:
        _FORMATS.get(form, str)(text)
    except ValueError:
        raise BadInput(f"{name} must be an ISO 8601 {form}.") from None
    return text
