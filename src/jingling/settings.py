"""The tree of settings: what there is, its types and its defaults."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

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
    """`sensitivity` 0…1 of the wake word; `rate` in words a minute; `volume` 0…100.

    `recognizers` and `voices` are engines in the order of preference, as `jingling models list` names them: one
    that is missing or fails gives way to the next, and the built-in one (pocketsphinx, espeak) is always the last.
    `wake_phrases` are the owner's own, for an installed keyword model. `hearers` is how many decoders run beside
    each other. `night` is when the voice is quiet, as "22:00-07:00"; "" is never. `earcons`: short sounds where
    there is no screen to look at, and after a wake word. `brief`: what was switched is answered by such a sound
    instead of words, where nothing is asked.
    """

    enabled: bool = True
    wake_words: tuple[str, ...] = ("alexa", "hey_jarvis", "hey_mycroft", "okay_nabu")
    wake_phrases: tuple[str, ...] = ()
    sensitivity: Share = 0.5
    recognizers: tuple[str, ...] = ("pocketsphinx",)
    voices: tuple[str, ...] = ("espeak",)
    hearers: Annotated[int, Meta(ge=1, le=64)] = 2
    rate: Annotated[int, Meta(ge=80, le=450)] = 170
    volume: Percent = 80
    night: str = ""
    night_volume: Percent = 45
    earcons: bool = True
    brief: bool = False


class ModelSettings(Struct, frozen=True):
    """Where `jingling models` fetches weights from; "" is each model's own address. `folder` None is in the data
    folder."""

    mirror: str = ""
    folder: Path | None = None


class XiaozhiSettings(Struct, frozen=True):
    """Boards with the xiaozhi firmware. `address` is how boards reach this hub ("ws://192.168.1.5:8765"); "" is
    worked out from their request."""

    enabled: bool = True
    address: str = ""
    boards_max: Count = 64


class EsphomeSettings(Struct, frozen=True):
    """Voice hardware that speaks ESPHome's native API, found by itself unless `discover` is off.

    `hosts` are further ones, as name or name:port; `keys` are their encryption keys by device name.
    """

    enabled: bool = True
    discover: bool = True
    hosts: tuple[str, ...] = ()
    keys: dict[str, str] = {}


class WyomingSettings(Struct, frozen=True):
    """`satellites` are hosts as name:port; `discover` finds more. `serve_port` offers our ears and voice to others;
    0 is off."""

    enabled: bool = True
    discover: bool = True
    satellites: tuple[str, ...] = ()
    serve_port: Port = 0


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

    `time_zone` is a name such as Asia/Shanghai; "" is the machine's. `learn`: understand by example as well, which
    takes a while at the first start and some memory.
    """

    data_dir: Path = Path("~/.local/share/jingling")
    home: Path | None = None
    time_zone: str = ""
    language: Literal["en", "zh", "auto"] = "auto"
    skills: tuple[Path, ...] = ()
    only_skill: Path | None = None
    dry_run: bool = False
    learn: bool = True
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    server: ServerSettings = field(default_factory=ServerSettings)
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    llm: LanguageModelSettings = field(default_factory=LanguageModelSettings)
    mcp: McpSettings = field(default_factory=McpSettings)
    models: ModelSettings = field(default_factory=ModelSettings)
    xiaozhi: XiaozhiSettings = field(default_factory=XiaozhiSettings)
    esphome: EsphomeSettings = field(default_factory=EsphomeSettings)
    wyoming: WyomingSettings = field(default_factory=WyomingSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
