"""The JSON schema of what a browser and the hub say to each other. `python -m jingling.screen.schema` prints it."""

import json
from typing import Any

import msgspec

from jingling.screen.messages import Protocol


def components() -> dict[str, Any]:
    """Each message and each shape inside one, by its name."""
    _, shapes = msgspec.json.schema_components([Protocol], ref_template="#/$defs/{name}")
    return shapes


def schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/Protocol",
        "$defs": components(),
    }


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2, sort_keys=True))
