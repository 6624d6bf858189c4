"""The TypeScript of the wire: `python -m jingling.screen.typescript > web/src/generated/messages.ts`.

What the hub sends has every field; what a browser sends may leave out those that have a default.
"""

import json
from typing import Any

from jingling.screen.schema import components

HEADER = """// Made from src/jingling/screen/messages.py by `python -m jingling.screen.typescript`; edit there.

export type Value = boolean | number | string | null;
"""

PLAIN = {"boolean": "boolean", "integer": "number", "number": "number", "string": "string", "null": "null"}


def emit() -> str:
    """The whole file."""
    shapes = components()
    protocol = shapes.pop("Protocol")["properties"]
    sent = members(protocol["from_browser"]["items"])
    parts = [HEADER]
    parts += [interface(name, shape, sent) for name, shape in sorted(shapes.items())]
    parts += [
        union("FromBrowser", sent),
        union("ToBrowser", members(protocol["to_browser"]["items"])),
        union("Card", members(shapes["ShowCard"]["properties"]["card"])),
    ]
    return "\n".join(parts)


def interface(name: str, shape: dict[str, Any], sent: list[str]) -> str:
    required = set(shape.get("required", ())) if name in sent else set(shape["properties"])
    lines = [comment(shape.get("description", ""))]
    lines.append(f"export interface {name} {{")
    for field, kind in shape["properties"].items():
        mark = "" if field in required else "?"
        lines.append(f"  readonly {field}{mark}: {written(kind)};")
    return "\n".join([line for line in lines if line] + ["}", ""])


def comment(description: str) -> str:
    if not description:
        return ""
    body = "\n".join(f" * {line.strip()}".rstrip() for line in description.splitlines())
    return f"/**\n{body}\n */"


def union(name: str, names: list[str]) -> str:
    return f"export type {name} =\n  | " + "\n  | ".join(names) + ";\n"


def members(kind: dict[str, Any]) -> list[str]:
    return sorted(reference(each) for each in kind["anyOf"])


def reference(kind: dict[str, Any]) -> str:
    return str(kind["$ref"]).rsplit("/", 1)[-1]


def written(kind: dict[str, Any]) -> str:
    """One JSON schema type as TypeScript."""
    if "$ref" in kind:
        return reference(kind)
    if "enum" in kind:
        return " | ".join(json.dumps(value) for value in kind["enum"])
    if "anyOf" in kind:
        return written_any(kind["anyOf"])
    if kind.get("type") == "array":
        return (
            f"readonly ({written(kind['items'])})[]"
            if "anyOf" in kind["items"]
            else f"readonly {written(kind['items'])}[]"
        )
    if kind.get("type") == "object":
        return f"Readonly<Record<string, {written(kind['additionalProperties'])}>>"
    return PLAIN[kind["type"]]


def written_any(kinds: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(written(kind) for kind in kinds))
    return "Value" if set(names) == {"boolean", "number", "string", "null"} else " | ".join(names)


if __name__ == "__main__":
    print(emit(), end="")
