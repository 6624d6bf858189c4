"""One typed tree of settings, read once and passed down."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta, Struct, field, inspect

from jingling.core.errors import BadInput, NotReady

FILE_NAME = "jingling.toml"
ENVIRONMENT_PREFIX = "JINGLING_"

Port = Annotated[int, Meta(ge=0, le=65_535)]
Share = Annotated[float, Meta(ge=0, le=1)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Count = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(gt=0)]


class ServerSettings(Struct, frozen=True):
    """`lan` opens the hub beyond loopback and then requires signing in. `names` are further host names it is
    reached by (a reverse proxy's, a router's)."""

    host: str = "127.0.0.1"
    port: Port = 8765
    lan: bool = False
    names: tuple[str, ...] = ()
    password_file: Path | None = None


class SpeechSettings(Struct, frozen=True):
    """`sensitivity` 0…1 of the wake word; `rate` in words a minute; `volume` 0…100."""

    enabled: bool = True
    wake_words: tuple[str, ...] = ("alexa", "hey_jarvis", "hey_mycroft", "okay_nabu")
    sensitivity: Share = 0.5
    recognizer: Literal["pocketsphinx"] = "pocketsphinx"
    voice: Literal["espeak"] = "espeak"
    rate: Annotated[int, Meta(ge=80, le=450)] = 170
    volume: Percent = 80


class LanguageModelSettings(Struct, frozen=True):
    """Any server that speaks OpenAI's chat completions; "" is none. `first_token_seconds` is how long the first
    word of an answer may take before the plain local answer is given; the rest bounds one answer."""

    base_url: str = ""
    model: str = "default"
    api_key: str = ""
    first_token_seconds: Seconds = 1.8
    answer_seconds_max: Seconds = 45.0
    answer_chars_max: Count = 4_000
    rounds_max: Count = 6
    calls_max: Count = 12


class McpToolSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`confirm` False: this tool is used without asking the person each time."""

    confirm: bool = True


class McpServerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A server of tools: a `command` to start (its output is the protocol) or a `url` (streamable HTTP).

    `allow` names the tools that may be used; absent: all. `tools` says more about some of them.
    """

    command: tuple[str, ...] = ()
    url: str = ""
    headers: dict[str, str] = {}
    env: dict[str, str] = {}
    allow: tuple[str, ...] | None = None
    tools: dict[str, McpToolSettings] = {}


class McpSettings(Struct, frozen=True):
    """`serve`: other programs may use this hub at `/mcp`, as the API does. `call_seconds_max` bounds one call."""

    serve: bool = True
    servers: dict[str, McpServerSettings] = {}
    connect_seconds_max: Seconds = 10.0
    call_seconds_max: Seconds = 20.0


class LimitSettings(Struct, frozen=True):
    """The most of anything that one person or device may bring."""

    text_chars_max: Count = 2_000
    listen_seconds_max: Seconds = 30.0
    audio_file_seconds_max: Seconds = 60.0
    turn_seconds_max: Seconds = 60.0
    socket_message_bytes_max: Count = 65_536
    sockets_max: Count = 64
    garbage_frames_max: Count = 10
    requests_per_minute: Count = 600
    request_bytes_max: Count = 65_536
    audio_file_bytes_max: Count = 12_000_000
    body_seconds_max: Seconds = 15.0
    dialog_seconds_max: Seconds = 60.0


class Settings(Struct, frozen=True):
    """`home` is a home file; None is the furnished demo home. `skills` are further folders of skills.

    `time_zone` is a name such as Asia/Shanghai; "" is the machine's.
    """

    data_dir: Path = Path("~/.local/share/jingling")
    home: Path | None = None
    time_zone: str = ""
    language: Literal["en", "zh", "auto"] = "auto"
    skills: tuple[Path, ...] = ()
    only_skill: Path | None = None
    dry_run: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    server: ServerSettings = field(default_factory=ServerSettings)
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    llm: LanguageModelSettings = field(default_factory=LanguageModelSettings)
    mcp: McpSettings = field(default_factory=McpSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)


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
    return name.rsplit("_", 1)[-1].rsplit(".", 1)[-1] in ("password", "secret", "token", "key", "url", "servers")


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
