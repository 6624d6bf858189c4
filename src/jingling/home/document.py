"""A YAML document read through its nodes, so that every problem can name its line and column."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import yaml
from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from jingling.core.errors import BadInput

BYTES_MAX = 1024 * 1024
PROBLEMS_TOLD_MAX = 50


class FileProblem(Struct, frozen=True):
    """`line` and `column` count from 1."""

    line: int
    column: int
    text: str


class BadFile(BadInput):
    """All that is wrong with one file; its text has a line `file:line:column: sentence` for each of the first."""

    def __init__(self, path: Path, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        told = self.problems[:PROBLEMS_TOLD_MAX]
        lines = [f"{path}:{problem.line}:{problem.column}: {problem.text}" for problem in told]
        if more := len(self.problems) - len(told):
            lines.append(f"… and {more} more.")
        super().__init__("\n".join(lines))


class Field(Struct, frozen=True):
    """One `key: value` of a mapping."""

    key: Node
    value: Node


class Document:
    """Reads nodes of one file and gathers `problems` on the way."""

    def __init__(self) -> None:
        self.problems: list[FileProblem] = []
        self.warnings: list[FileProblem] = []
        self._scalars = yaml.SafeLoader("")

    def problem(self, node: Node, text: str) -> None:
        self.problems.append(_at(node, text))

    def warn(self, node: Node, text: str) -> None:
        self.warnings.append(_at(node, text))

    def fields(self, node: Node, what: str) -> dict[str, Field]:
        """The fields of a mapping; a key that is there twice is a problem that names both lines."""
        if _is_empty(node):
            return {}
        if not isinstance(node, MappingNode):
            self.problem(node, f'{what} is written as "key: value" lines, not as {_kind(node)}.')
            return {}
        fields: dict[str, Field] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.problem(key, f"A key of {what} is a plain word, not {_kind(key)}.")
            elif key.value in fields:
                first = line_of(fields[key.value].key)
                self.problem(key, f'"{key.value}" is already there in line {first}; keep one of the two.')
            else:
                fields[key.value] = Field(key, value)
        return fields

    def known_fields(self, node: Node, what: str, allowed: Iterable[str]) -> dict[str, Field]:
        """As `fields`; a key that is not in `allowed` is a problem."""
        allowed = tuple(allowed)
        fields = self.fields(node, what)
        for key, field in fields.items():
            if key not in allowed:
                self.problem(field.key, f'{what} has no key "{key[:40]}". {one_of(key, allowed)}')
        return {key: field for key, field in fields.items() if key in allowed}

    def items(self, node: Node) -> list[Node]:
        """The lines of a list; a single value stands for a list of one."""
        if _is_empty(node):
            return []
        return list(node.value) if isinstance(node, SequenceNode) else [node]

    def text(self, node: Node, what: str) -> str | None:
        """A text, or None after noting that it is none."""
        value = self.scalar(node, what)
        if isinstance(value, str):
            return value
        if value is not None or _is_empty(node):
            raw = node.value if isinstance(node, ScalarNode) else ""
            hint = f' Put it in quotes: "{raw}".' if raw else " Write it after the colon."
            self.problem(node, f"{what} is a text.{hint}")
        return None

    def scalar(self, node: Node, what: str) -> object:
        """A text, number or truth value as YAML has it, or None after noting that it is none."""
        if not isinstance(node, ScalarNode):
            self.problem(node, f"{what} is a single value, not {_kind(node)}.")
            return None
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError):
            self.problem(node, f"{what} cannot be read. If it is a text, put it in quotes.")
            return None


def read_document(path: Path) -> Node | None:
    """The root node of the file at `path`, None when the file holds nothing. Raises BadInput."""
    text = _read_text(path)
    try:
        return _composed(text)
    except yaml.MarkedYAMLError as error:
        raise BadFile(path, [_syntax_problem(error)]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = FileProblem(line, 1, "There is a control character here. Delete it.")
        raise BadFile(path, [problem]) from None
    except RecursionError:
        raise BadFile(path, [FileProblem(1, 1, "The file is nested too deeply.")]) from None


@lru_cache(maxsize=4)
def _composed(text: str) -> Node | None:
    """Kept, since many homes of one process come from the same file; nodes are only ever read."""
    root: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return root


def line_of(node: Node) -> int:
    line: int = node.start_mark.line + 1
    return line


def one_of(word: str, allowed: Iterable[str]) -> str:
    """A sentence that lists what is allowed, and the nearest of it when it looks like a slip."""
    allowed = tuple(allowed)
    near = get_close_matches(word, allowed, n=1)
    meant = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{meant}Allowed: {', '.join(allowed)}." if allowed else f"{meant}None are allowed here."


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > BYTES_MAX:
            raise BadInput(f"{path} is larger than 1 MiB. A home file is a small text file; is this the right one?")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(f"There is no file {path}. Check the name, or copy examples/home.yaml there.") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = FileProblem(line, 1, "This is not UTF-8 text. Save the file as UTF-8.")
        raise BadFile(path, [problem]) from None


def _syntax_problem(error: yaml.MarkedYAMLError) -> FileProblem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    cause = (error.problem or error.context or "it cannot be read").rstrip(".")
    hint = "Indent with spaces, two for each level, and put texts with special characters in quotes."
    return FileProblem(line, column, f"This is not YAML: {cause}. {hint}")


def _at(node: Node, text: str) -> FileProblem:
    return FileProblem(node.start_mark.line + 1, node.start_mark.column + 1, text)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _kind(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return "a list"
    return "a mapping" if isinstance(node, MappingNode) else "a single value"
