"""`skill.toml`: what a skill is called, which ready sentences it takes and which commands it may give."""

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from jingling.core.errors import BadInput
from jingling.core.turn import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")
FILES = (
    "skill.toml",
    "skill.py",
    *(f"{kind}.{lang}.yaml" for kind in ("intents", "replies") for lang in LANGUAGES),
)


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """`packaged` names intents of home-assistant-intents; the sentences of those in `typed` are only for typed
    text, since the skill's own are what is said aloud. `commands` are names or patterns (`home.*`). Of the skill's
    own intents, those in `last_resort` count only when nothing else understands, and "a bit more" repeats those
    in `again`.
    """

    name: str
    title: dict[str, str]
    packaged: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    last_resort: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    version: str = "1"
    author: str = ""

    def is_last_resort(self, intent: str) -> bool:
        return _verb(intent) in self.last_resort

    def repeats(self, intent: str) -> bool:
        return _verb(intent) in self.again

    def may(self, command: str) -> bool:
        return any(fnmatchcase(command, pattern) for pattern in self.commands)


def _verb(intent: str) -> str:
    """`home.unknown` is called `unknown` in its own skill."""
    return intent.rpartition(".")[2]


def read_manifest(folder: Path) -> Manifest:
    """Raises BadInput that names the file and what is wrong or missing in the folder."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise BadInput(f"{folder}: a skill folder needs {', '.join(missing)} (see docs/add-a-skill.md)")
    path = folder / "skill.toml"
    try:
        manifest = msgspec.convert(_read_toml(path), Manifest)
    except msgspec.ValidationError as error:
        raise BadInput(f"{path}: {error}") from error
    if not manifest.name.isidentifier():
        raise BadInput(f"{path}: `name` must be one word of letters, digits and _, not {manifest.name!r}")
    return manifest


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: not valid TOML: {error}") from error
