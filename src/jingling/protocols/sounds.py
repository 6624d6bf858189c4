"""Speech that devices fetch over HTTP while it is being made: each sound under a token of its own, once."""

import asyncio
import secrets
import socket
from collections import OrderedDict, deque
from ipaddress import IPv4Address, IPv6Address, ip_address

from jingling.core.audio import AudioChunk
from jingling.core.clock import Clock
from jingling.core.errors import NotReady
from jingling.protocols.sound_file_stream import CONTENT_TYPES, Form, SoundFileStream

SOUNDS_MAX = 64
KEPT_S = 60.0
WAITING_BYTES_MAX = 2_000_000
"""About twenty seconds at the highest rate: who speaks waits for who fetches."""


class Sound:
    """One file on its way: written by who speaks, read once by who plays it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.seconds = 0.0
        self.fetched = asyncio.Event()
        self._stream = SoundFileStream(form)
        self._waiting: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._ended = False
        self._changed = asyncio.Event()

    async def write(self, chunk: AudioChunk) -> None:
        """Mono. After the end, nothing is taken."""
        while self._waiting_bytes > WAITING_BYTES_MAX and not self._ended:
            self._changed.clear()
            await self._changed.wait()
        if not self._ended:
            self.seconds += chunk.seconds
            self._put(self._stream.feed(chunk))

    def next_sound(self) -> None:
        if not self._ended:
            self._put(self._stream.next_sound())

    def end(self) -> None:
        if not self._ended:
            self._put(self._stream.finish())
            self._ended = True
            self._changed.set()

    def break_off(self) -> None:
        """What is not fetched yet never will be."""
        self._ended = True
        self._waiting.clear()
        self._waiting_bytes = 0
        self._changed.set()

    async def read(self) -> bytes:
        """The next bytes; none at the end."""
        self.fetched.set()
        while not self._waiting:
            if self._ended:
                return b""
            self._changed.clear()
            await self._changed.wait()
        fresh = b"".join(self._waiting)
        self._waiting.clear()
        self._waiting_bytes = 0
        self._changed.set()
        return fresh

    def _put(self, fresh: bytes) -> None:
        if fresh:
            self._waiting.append(fresh)
            self._waiting_bytes += len(fresh)
            self._changed.set()


class Sounds:
    """`port` is the server's, once it listens; 0: devices cannot fetch anything. `lan`: they may from elsewhere."""

    def __init__(self, clock: Clock, lan: bool) -> None:
        self.port = 0
        self._clock = clock
        self._lan = lan
        self._kept: OrderedDict[str, tuple[Sound, float]] = OrderedDict()

    def offer(self, form: Form, peer: str) -> tuple[Sound, str]:
        """A new sound, and its address for the device at the address `peer`. Raises NotReady."""
        host = self._host(peer)
        self._forget_old()
        while len(self._kept) >= SOUNDS_MAX:
            self._kept.popitem(last=False)[1][0].break_off()
        token, sound = secrets.token_urlsafe(24), Sound(form)
        self._kept[token] = (sound, self._clock.monotonic() + KEPT_S)
        return sound, f"http://{host}:{self.port}/sound/{token}.{form.kind}"

    def take(self, name: str) -> Sound | None:
        """That of the token in `name` (token.kind), which is void from now on."""
        self._forget_old()
        token, _, kind = name.rpartition(".")
        if token not in self._kept or self._kept[token][0].form.kind != kind:
            return None
        return self._kept.pop(token)[0]

    def _host(self, peer: str) -> str:
        if not self.port:
            raise NotReady("the hub's server is not running, so that devices cannot fetch their speech")
        if not self._lan and not _parsed(peer).is_loopback:
            raise NotReady(
                "devices that fetch their speech cannot reach this hub: open it to the local network "
                "(`jingling up --lan`, or server.lan = true)"
            )
        own = own_address(peer)
        return f"[{own}]" if ":" in own else own

    def _forget_old(self) -> None:
        now = self._clock.monotonic()
        for token in [token for token, (_, until) in self._kept.items() if until <= now]:
            self._kept.pop(token)[0].break_off()


def content_type(sound: Sound) -> str:
    return CONTENT_TYPES[sound.form.kind]


def own_address(peer: str) -> str:
    """This machine's address as `peer` reaches it; nothing is sent. Raises NotReady."""
    family = socket.AF_INET6 if isinstance(_parsed(peer), IPv6Address) else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((peer, 9))
        except OSError as error:
            raise NotReady(f"there is no way from this hub to {peer}: {error.strerror}") from None
        return str(probe.getsockname()[0]).partition("%")[0]


def _parsed(peer: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(peer.partition("%")[0])
    except ValueError:
        raise NotReady(f"{peer[:64]!r} is no address of a device") from None
