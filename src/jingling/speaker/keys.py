"""What a speaker keeps: its secret and the token it got for it. Readable by its owner only."""

import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from jingling.core.errors import NotReady


class Keys(Struct, frozen=True):
    """`secret` is made once; the speaker's id follows from it. `token` "" until somebody adopted the speaker."""

    secret: str
    token: str = ""


def load_keys(file: Path) -> Keys:
    """Makes them at the first time. Raises NotReady when the file cannot be read or written."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Keys)
    except FileNotFoundError:
        return save_keys(file, Keys(secrets.token_urlsafe(32)))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotReady(f"{file} cannot be read ({error}). Delete it to let this speaker show up anew.") from None


def save_keys(file: Path, keys: Keys) -> Keys:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(msgspec.json.encode(keys))
        fresh.replace(file)
    except OSError as error:
        raise NotReady(f"{file} cannot be written: {error.strerror}.") from None
    return keys
