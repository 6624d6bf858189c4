"""Pictures that are kept for a while: those that a board is to fetch, and those that its camera took."""

import base64
import binascii
import secrets
from collections import OrderedDict
from dataclasses import dataclass

from jingling.core.errors import BadInput

PICTURES_MAX = 16
BYTES_MAX = 2_000_000
KEPT_SECONDS = 600.0
_SIGNS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True)
class Picture:
    content: bytes
    kind: str


def picture(content: bytes) -> Picture:
    """A JPEG or PNG. Raises BadInput."""
    if len(content) > BYTES_MAX:
        raise BadInput(f"a picture has at most {BYTES_MAX} bytes")
    kind = next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), None)
    if kind is None:
        raise BadInput("a picture is a JPEG or a PNG")
    return Picture(content, kind)


def from_data_address(address: str) -> Picture:
    """The picture in a `data:` address. Raises BadInput."""
    head, _, body = address.partition(",")
    if not head.endswith(";base64") or len(body) > 2 * BYTES_MAX:
        raise BadInput("a picture in a card is written in base64")
    try:
        return picture(base64.b64decode(body, validate=True))
    except binascii.Error:
        raise BadInput("a picture in a card is not base64") from None


class Pictures:
    """Each under a name that nobody can guess; the oldest give way. Times in monotonic seconds."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Picture, float, bool]] = OrderedDict()

    def keep(self, kept: Picture, now: float, once: bool) -> str:
        """Its name; with `once`, it can be fetched a single time."""
        name = secrets.token_urlsafe(24)
        self._kept[name] = (kept, now + KEPT_SECONDS, once)
        while len(self._kept) > PICTURES_MAX:
            self._kept.popitem(last=False)
        return name

    def fetch(self, name: str, now: float) -> Picture | None:
        kept, until, once = self._kept.get(name, (None, 0.0, True))
        if once or until <= now:
            self._kept.pop(name, None)
        return kept if until > now else None
