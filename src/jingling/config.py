"""One typed tree of settings, read once and passed down."""

from pathlib import Path
from typing import Literal

from msgspec import Struct, field


class ServerSettings(Struct, frozen=True):
    """`lan` opens the hub beyond loopback and then requires signing in. `names` are further host names it is
    reached by (a reverse proxy's, a router's)."""

    host: str = "127.0.0.1"
    port: int = 8765
    lan: bool = False
    names: tuple[str, ...] = ()
    password_file: Path | None = None


class SpeechSettings(Struct, frozen=True):
    """`sensitivity` 0…1 of the wake word; `rate` in words a minute; `volume` 0…100."""

    enabled: bool = True
    wake_words: tuple[str, ...] = ("alexa", "hey_jarvis", "hey_mycroft", "okay_nabu")
    sensitivity: float = 0.5
    recognizer: Literal["pocketsphinx"] = "pocketsphinx"
    voice: Literal["espeak"] = "espeak"
    rate: int = 170
    volume: int = 80


class LimitSettings(Struct, frozen=True):
    """The most of anything that one person or device may bring."""

    text_chars_max: int = 2_000
    listen_seconds_max: float = 30.0
    audio_file_seconds_max: float = 60.0
    turn_seconds_max: float = 60.0
    socket_message_bytes_max: int = 65_536
    sockets_max: int = 64
    garbage_frames_max: int = 10
    requests_per_minute: int = 600
    request_bytes_max: int = 65_536
    audio_file_bytes_max: int = 12_000_000
    body_seconds_max: float = 15.0
    dialog_seconds_max: float = 60.0


class Settings(Struct, frozen=True):
    """`home` is a home file; None is the furnished demo home. `skills` are further folders of skills."""

    data_dir: Path = Path("~/.local/share/jingling")
    home: Path | None = None
    language: Literal["en", "zh", "auto"] = "auto"
    skills: tuple[Path, ...] = ()
    only_skill: Path | None = None
    dry_run: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    server: ServerSettings = field(default_factory=ServerSettings)
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
