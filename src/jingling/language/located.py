"""YAML that remembers on which line each of its words stands."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml

from jingling.core.errors import BadInput

_BYTES_MAX = 1_000_000
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, ten times as fast, where PyYAML was built with it."""


class Located(str):
    """A text from a file, with the line that it stands on."""

    line: int


class _Loader(_Base):  # type: ignore[misc,valid-type]
    """YAML 1.2's plain words: only true and false are booleans, so that `on` and `no` stay words."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                problem = f"“{key}” stands here for a second time; keep one of the two"
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
            seen.add(key if isinstance(key, str) else repr(key))
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Located:
    text = Located(loader.construct_scalar(node))
    text.line = node.start_mark.line + 1
    return text


_Loader.add_constructor("tag:yaml.org,2002:str", _text)
_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
        or (tag.endswith("bool") and first in "tfTF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def content_of(path: Path) -> bytes:
    """Raises BadInput when it cannot be read or is too large."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}); create it or make it readable.") from None
    if len(content) > _BYTES_MAX:
        raise BadInput(f"{path}: is larger than {_BYTES_MAX} bytes; make it smaller.")
    return content


def load(path: Path, content: bytes) -> Any:
    """What the file at `path` holds; all its texts are `Located`. Raises BadInput with file and line."""
    try:
        return yaml.load(content.decode("utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: is not UTF-8 text (at byte {error.start}); save it as UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        raise BadInput(f"{path}:{line}: this is not valid YAML: {problem}.") from None


def plain(value: Any) -> Any:
    """The same without lines: what leaves this domain must go through any codec."""
    if isinstance(value, dict):
        return {plain(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def line_of(value: Any) -> int | None:
    """The line of `value`, or of the first text within it that has one."""
    if isinstance(value, Located):
        return value.line
    parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    if isinstance(parts, list):
        return next((line for line in map(line_of, parts) if line is not None), None)
    return None


class Place:
    """A file that errors are raised about."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, at: Any, problem: str) -> NoReturn:
        """Raise BadInput about `at`, a text (or something holding one) of this file."""
        raise BadInput(f"{self.where(at)}: {problem}")

    def where(self, at: Any) -> str:
        line = at if isinstance(at, int) else line_of(at)
        return f"{self.path}:{line}" if line else str(self.path)

    def mapping(self, value: Any, at: Any, what: str) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            self.fail(value if line_of(value) else at, f"{what} must be a mapping of names, like `name: …`.")
        return value

    def known_keys(self, mapping: Mapping[str, Any], allowed: frozenset[str]) -> None:
        for key in mapping:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, 1)
                hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(sorted(allowed))}."
                self.fail(key, f"`{key}` is not known here; {hint}")

    def sequence(self, value: Any, at: Any, what: str) -> list[Any]:
        if not isinstance(value, list) or not value:
            self.fail(
                value if line_of(value) else at,
                f"{what} must be a list with at least one line beginning with “- ”.",
            )
        return value
