"""What a skill says: `replies.<lang>.yaml`.

key: "text with {fields}"
key: ["the one that is said", "others that may be"]
key: {one: "for a count of 1", other: "for {count}"}
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

import yaml
from msgspec import Struct

from jingling.core.errors import BadInput

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Choose = Callable[[Sequence[str]], str]


class Saying(Struct, frozen=True):
    """One key: its variants for a count of one and for all else, and the line it stands on."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    line: int


def first(variants: Sequence[str]) -> str:
    return variants[0]


class SkillReplies:
    """`kit.Replies` from a skill's files. `choose` picks among variants; it takes the first unless told."""

    def __init__(self, sayings: Mapping[str, Mapping[str, Saying]], choose: Choose = first) -> None:
        self._sayings = sayings
        self._choose = choose

    @classmethod
    def load(cls, folder: Path, choose: Choose = first) -> "SkillReplies":
        """Read each `replies.<lang>.yaml` of `folder`. Raises BadInput naming file and line."""
        files = sorted(folder.glob("replies.*.yaml"))
        return cls({path.name.split(".")[1]: read_replies(path) for path in files}, choose)

    def keys(self, language: str) -> frozenset[str]:
        return frozenset(self._sayings.get(language, {}))

    def text(self, language: str, key: str, **values: Any) -> str:
        """Raises KeyError for an unknown key and BadInput for a field that was not given."""
        saying = self._sayings[language][key]
        variants = saying.one if values.get("count") == 1 else saying.other
        try:
            return self._choose(variants).format_map(values)
        except KeyError as error:
            field = error.args[0]
            raise BadInput(
                f"replies.{language}.yaml, line {saying.line}: {key!r} needs a value for {{{field}}}; "
                f"give it to say() or take it out of the text."
            ) from None


def read_replies(path: Path) -> dict[str, Saying]:
    """The file's sayings by key. Raises BadInput naming file and line."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"{path.name}, line {line}: {error.problem}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name} is not YAML in UTF-8: {error}.") from None
    if not isinstance(root, yaml.MappingNode):
        raise BadInput(f'{path.name}, line 1: replies are lines of `key: "text"`.')
    sayings: dict[str, Saying] = {}
    for key, value in root.value:
        if key.value in sayings:
            raise _wrong(path, key, f"{key.value!r} stands here a second time")
        sayings[key.value] = _saying(path, value)
    return sayings


def _saying(path: Path, node: yaml.Node) -> Saying:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        variants = _variants(path, node)
        return Saying(variants, variants, line)
    counts = {key.value: value for key, value in node.value}
    if set(counts) != {"one", "other"}:
        raise _wrong(path, node, "a reply that depends on the count has `one` and `other`")
    return Saying(_variants(path, counts["one"]), _variants(path, counts["other"]), line)


def _variants(path: Path, node: yaml.Node) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes:
        raise _wrong(path, node, "a list of variants needs at least one")
    return tuple(_template(path, part) for part in nodes)


def _template(path: Path, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise _wrong(path, node, "a reply is a text, a list of texts, or `one` and `other`")
    try:
        fields = [(name, spec, how) for _, name, spec, how in Formatter().parse(node.value) if name is not None]
    except ValueError as error:
        raise _wrong(path, node, f"{str(error).lower()}; a brace that is meant is written twice") from None
    for name, spec, how in fields:
        if not name.isidentifier() or spec or how:
            raise _wrong(path, node, f"{{{name}}} is no field; a field is a plain name in braces")
    return str(node.value)


def _wrong(path: Path, node: yaml.Node, why: str) -> BadInput:
    return BadInput(f"{path.name}, line {node.start_mark.line + 1}: {why}.")
