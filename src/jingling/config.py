"""Settings from file, environment and flags, read once and passed down."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct, inspect

from jingling.core.errors import BadInput, NotReady
from jingling.settings import Settings

FILE_NAME = "jingling.toml"
ENVIRONMENT_PREFIX = "JINGLING_"
SECRETS = frozenset({"password", "secret", "token", "key", "keys", "url", "servers"})


class Loaded(Struct, frozen=True):
    """`origins` tells of every dotted name where its value came from: default, file, env or flag."""

    settings: Settings
    origins: dict[str, str]


class _Given(Struct, frozen=True):
    """A value as one source brought it. A relative path starts at `folder`; `text` is still to become a type."""

    name: str
    value: Any
    origin: str
    folder: Path
    text: bool = True


def load_settings(flags: Mapping[str, Any], env: Mapping[str, str], file: Path | None) -> Loaded:
    """Defaults, then the TOML file, then `JINGLING_SERVER__PORT=…`, then flags by dotted name (None: not given).

    `file` None is `jingling.toml` in the data folder, if there is one. Raises BadInput that names every wrong
    value with its source and what is allowed.
    """
    above = [*_from_env(env), *_from_flags(flags)]
    given = [*_from_file(file or _usual_file(above), required=file is not None), *above]
    leaves = dict(_leaves(Settings))
    values: dict[str, Any] = {}
    origins = dict.fromkeys(leaves, "default")
    problems: list[str] = []
    for one in given:
        try:
            values[one.name] = _converted(one, leaves)
            origins[one.name] = one.origin
        except BadInput as problem:
            problems.append(str(problem))
    if problems:
        raise BadInput("\n".join(problems))
    return Loaded(_built(Settings, values), origins)


def flattened(settings: Struct, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every dotted name with its value, in the order of declaration."""
    for one in msgspec.structs.fields(settings):
        value = getattr(settings, one.name)
        if isinstance(value, Struct):
            yield from flattened(value, f"{prefix}{one.name}.")
        else:
            yield prefix + one.name, value


def is_secret(name: str) -> bool:
    """A value that is never shown."""
    return name.rsplit("_", 1)[-1].rsplit(".", 1)[-1] in SECRETS


def _leaves(struct: type[Struct], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, kind in get_type_hints(struct, include_extras=True).items():
        if isinstance(kind, type) and issubclass(kind, Struct):
            yield from _leaves(kind, f"{prefix}{name}.")
        else:
            yield prefix + name, kind


def _built(struct: type[Struct], values: Mapping[str, Any], prefix: str = "") -> Any:
    fields: dict[str, Any] = {}
    for name, kind in get_type_hints(struct).items():
        if isinstance(kind, type) and issubclass(kind, Struct):
            fields[name] = _built(kind, values, f"{prefix}{name}.")
        elif prefix + name in values:
            fields[name] = values[prefix + name]
    built = struct(**fields)
    if isinstance(built, Settings):
        return msgspec.structs.replace(built, data_dir=built.data_dir.expanduser())
    return built


def _from_env(env: Mapping[str, str]) -> Iterator[_Given]:
    for variable, value in sorted(env.items()):
        if variable.startswith(ENVIRONMENT_PREFIX):
            name = variable.removeprefix(ENVIRONMENT_PREFIX).lower().replace("__", ".")
            yield _Given(name, value, f"env {variable}", Path.cwd())


def _from_flags(flags: Mapping[str, Any]) -> Iterator[_Given]:
    for name, value in flags.items():
        if value is not None:
            yield _Given(name, value, "flag", Path.cwd(), text=isinstance(value, str))


def _usual_file(above: list[_Given]) -> Path:
    folder = Settings().data_dir
    for one in above:
        if one.name == "data_dir":
            folder = Path(str(one.value))
    return folder.expanduser() / FILE_NAME


def _from_file(file: Path, required: bool) -> Iterator[_Given]:
    file = file.expanduser().absolute()
    if not required and not file.exists():
        return
    try:
        text = file.read_text(encoding="utf-8")
        tree = tomllib.loads(text)
    except OSError as problem:
        raise NotReady(f"The settings file {file} cannot be read ({problem.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(f"The settings file {file} is not valid TOML: {problem}.") from None
    lines = _toml_lines(text)
    groups = {name.rsplit(".", 1)[0] for name, _ in _leaves(Settings) if "." in name}
    for name, value in _toml_values(tree, groups):
        yield _Given(name, value, f"file:{file}{_line_of(name, lines)}", file.parent, text=False)


def _toml_values(tree: Mapping[str, Any], groups: set[str], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        name = prefix + key
        if isinstance(value, dict) and name in groups:
            yield from _toml_values(value, groups, f"{name}.")
        else:
            yield name, value


def _toml_lines(text: str) -> dict[str, int]:
    """The line of every table and key that stands at the start of a line."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = _plain(header[1]) + "."
            lines.setdefault(table[:-1], number)
        elif key := re.match(r"\s*([\w.\"' -]+?)\s*=", line):
            lines.setdefault(table + _plain(key[1]), number)
    return lines


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _line_of(name: str, lines: Mapping[str, int]) -> str:
    while name:
        if name in lines:
            return f":{lines[name]}"
        name = name.rpartition(".")[0]
    return ""


def _converted(one: _Given, leaves: Mapping[str, Any]) -> Any:
    if one.name not in leaves:
        raise BadInput(_unknown(one, list(leaves)))
    kind = leaves[one.name]
    value = _from_text(one.value, inspect.type_info(kind)) if one.text else one.value
    try:
        return msgspec.convert(
            value, kind, strict=not one.text, dec_hook=lambda _, path: one.folder / Path(path).expanduser()
        )
    except (msgspec.ValidationError, TypeError) as error:
        shown = "" if is_secret(one.name) else f" = {one.value!r}"
        allowed = _allowed(inspect.type_info(kind))
        if isinstance(inspect.type_info(kind), inspect.DictType):
            allowed += f": {error}"
        raise BadInput(f"{one.name}{shown} ({one.origin}) is not allowed: give {allowed}.") from None


def _from_text(text: str, kind: inspect.Type) -> Any:
    match kind:
        case inspect.VarTupleType():
            return [part.strip() for part in text.split(",") if part.strip()]
        case inspect.BoolType():
            return {"yes": True, "on": True, "no": False, "off": False}.get(text.lower(), text.lower())
        case inspect.DictType():
            return _table_from(text)
        case inspect.UnionType(types=types) if any(isinstance(one, inspect.NoneType) for one in types):
            return text or None
        case _:
            return text


def _table_from(text: str) -> Any:
    """A table in an environment variable or a flag is JSON; what is none is refused with the rest."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _unknown(one: _Given, names: list[str]) -> str:
    inside = [name for name in names if name.startswith(f"{one.name}.")]
    if inside:
        return f"{one.name} ({one.origin}) is a group. Set one of: {', '.join(inside)}."
    near = difflib.get_close_matches(one.name, names, n=1)
    if near:
        return f"There is no setting {one.name} ({one.origin}). Did you mean {near[0]}?"
    return f"There is no setting {one.name} ({one.origin}). There are: {', '.join(names)}."


def _allowed(kind: inspect.Type) -> str:
    match kind:
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType(values=values):
            return "one of " + ", ".join(str(value) for value in values)
        case inspect.IntType():
            return f"a whole number{_bounds(kind)}"
        case inspect.FloatType():
            return f"a number{_bounds(kind)}"
        case inspect.CustomType():
            return "a path"
        case inspect.DictType():
            return "a table (see docs/language-model.md)"
        case inspect.VarTupleType(item_type=item):
            return f"a list, each {_allowed(item)}"
        case inspect.UnionType(types=types):
            return " or ".join(_allowed(one) for one in types)
        case inspect.NoneType():
            return "nothing"
        case _:
            return "text"


def _bounds(kind: inspect.IntType | inspect.FloatType) -> str:
    if kind.ge is not None and kind.le is not None:
        return f" from {kind.ge} to {kind.le}"
    if kind.ge is not None:
        return f" of at least {kind.ge}"
    return f" above {kind.gt}" if kind.gt is not None else ""
