"""One connection to a device. The only file that knows `aioesphomeapi`, which is loaded for the first device."""

import asyncio
import logging
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from jingling.core.errors import JinglingError, NotReady
from jingling.protocols.address import Address
from jingling.protocols.esphome.run import Told
from jingling.protocols.sound_file_stream import RATE_HZ, Form, Kind
from jingling.protocols.timers import TimerNews

if TYPE_CHECKING:
    from aioesphomeapi.client import APIClient

log = logging.getLogger(__name__)
CONNECT_SECONDS_MAX = 20.0
CONFIGURATION_SECONDS_MAX = 5.0
ANSWER_SECONDS_MAX = 10.0
USE_WAKE_WORD = 2
SPEAKER, API_AUDIO, TIMERS, ANNOUNCE, START_CONVERSATION = 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
TIMER_CHANGES = ("started", "updated", "cancelled", "finished")
KINDS: tuple[Kind, ...] = ("flac", "wav")
"""In the order of preference."""
FOR_ANNOUNCEMENTS = 1
RATES_HZ = range(8_000, 96_001)


class Unreachable(JinglingError):
    """It is off, away, or no ESPHome device."""


class About(Struct, frozen=True):
    """`players` are the keys of its media players, `form` is what the first one wants to be given."""

    name: str
    friendly_name: str
    mac: str
    model: str
    version: str
    area: str
    features: int
    players: tuple[int, ...] = ()
    form: Form = Form()

    @property
    def talks(self) -> bool:
        return bool(self.features & 1)

    def can(self, feature: int) -> bool:
        return bool(self.features & feature)


class Talk(Protocol):
    """What the device brings. Called in the event loop, in order."""

    def started(self, wake_word: str | None, waits: bool) -> None: ...

    def sound(self, pcm: bytes) -> None:
        """16 kHz mono."""

    def stopped(self, aborted: bool) -> None: ...

    def played(self) -> None: ...


class Client:
    """`key` is the device's encryption key, "" for none. `gone` is set when the connection is over."""

    def __init__(self, address: Address, key: str) -> None:
        self.gone = asyncio.Event()
        self._address = address
        self._key = key
        self._library: ModuleType | None = None
        self._api: APIClient | None = None

    async def connect(self) -> About:
        """Raises NotReady with what the owner can do about it, and Unreachable."""
        self._library = await _library()
        self._api = api = self._library.APIClient(
            self._address.host, self._address.port, client_info="Jingling", noise_psk=self._key or None
        )
        try:
            async with asyncio.timeout(CONNECT_SECONDS_MAX):
                await api.connect(on_stop=self._stopped, login=True, log_errors=False)
                info, entities, _ = await api.device_info_and_list_entities()
        except TimeoutError:
            raise Unreachable("does not answer") from None
        except self._library.APIConnectionError as error:
            raise self._told(error) from None
        return _about(info, entities, info.voice_assistant_feature_flags_compat(api.api_version))

    @property
    def peer(self) -> str:
        """The device's IP address."""
        return str((self._api and self._api.connected_address) or self._address.host)

    async def close(self) -> None:
        if self._api is None or self._library is None:
            return
        try:
            async with asyncio.timeout(2.0):
                await self._api.disconnect()
        except (TimeoutError, self._library.APIConnectionError):
            self._api.force_disconnect()

    def listen(self, talk: Talk) -> None:
        async def start(conversation: str, flags: int, settings: Any, wake_word: str | None) -> int:
            talk.started(wake_word, bool(flags & USE_WAKE_WORD))
            return 0

        async def stop(aborted: bool) -> None:
            talk.stopped(aborted)

        async def audio(pcm: bytes, reference: bytes | None = None) -> None:
            talk.sound(pcm)

        async def finished(message: Any) -> None:
            talk.played()

        assert self._api is not None
        self._api.subscribe_voice_assistant(
            handle_start=start, handle_stop=stop, handle_audio=audio, handle_announcement_finished=finished
        )

    def tell(self, steps: Iterable[Told]) -> None:
        for step, data in steps:
            self._call("send_voice_assistant_event", int(step), data)

    def send_sound(self, pcm: bytes) -> None:
        self._call("send_voice_assistant_audio", pcm)

    def timer(self, news: TimerNews) -> None:
        change = TIMER_CHANGES.index(news.change)
        self._call(
            "send_voice_assistant_timer_event",
            change, news.id, news.name, news.total_s, news.left_s, news.active,
        )  # fmt: skip

    async def announce(self, url: str, text: str, seconds_max: float, goes_on: bool) -> None:
        """Returns when it was played. Raises Unreachable when that takes too long."""
        assert self._api is not None
        assert self._library is not None
        try:
            await self._api.send_voice_assistant_announcement_await_response(
                url, seconds_max, text, start_conversation=goes_on
            )
        except self._library.APIConnectionError as error:
            raise Unreachable(f"did not play what it was given ({type(error).__name__})") from None

    def play(self, player: int, url: str) -> None:
        self._call("media_player_command", player, media_url=url, announcement=True)

    def silence(self, players: Iterable[int]) -> None:
        stop = self._library and self._library.MediaPlayerCommand.STOP
        for player in players:
            self._call("media_player_command", player, command=stop, announcement=True)

    def set_volume(self, players: Iterable[int], percent: int) -> None:
        for player in players:
            self._call("media_player_command", player, volume=percent / 100)

    async def choose_wake_words(self, wanted: Iterable[str]) -> None:
        """Of the device's own wake words, those of the settings, unless one of them is on already."""
        assert self._api is not None
        assert self._library is not None
        try:
            found = await self._api.get_voice_assistant_configuration(CONFIGURATION_SECONDS_MAX)
        except self._library.APIConnectionError:
            return
        known = {word.id: _plain(word.id, word.wake_word) for word in found.available_wake_words}
        plain = [one.lower() for one in wanted]
        ours = [key for one in plain for key, names in known.items() if one in names]
        if ours and not set(ours) & set(found.active_wake_words):
            await self._api.set_voice_assistant_configuration(ours[: max(1, found.max_active_wake_words)])

    def _call(self, name: str, *given: Any, **named: Any) -> None:
        """What is sent to a device that is gone is dropped."""
        assert self._library is not None
        try:
            getattr(self._api, name)(*given, **named)
        except self._library.APIConnectionError:
            self.gone.set()

    async def _stopped(self, expected: bool) -> None:
        self.gone.set()

    def _told(self, error: Exception) -> JinglingError:
        assert self._library is not None
        core = self._library.core
        match error:
            case core.RequiresEncryptionAPIError():
                return NotReady("is encrypted: put its key into esphome.keys (it is in its ESPHome configuration)")
            case core.InvalidEncryptionKeyAPIError():
                return NotReady("does not take the key that esphome.keys has for it: copy it anew")
            case core.EncryptionPlaintextAPIError() | core.EncryptionHelloAPIError():
                return NotReady("is not encrypted: take its key out of esphome.keys")
            case core.InvalidAuthAPIError():
                return NotReady("wants a password, which is not supported: give it an encryption key instead")
        return Unreachable(f"cannot be reached ({type(error).__name__})")


async def _library() -> ModuleType:
    try:
        return await asyncio.to_thread(import_module, "aioesphomeapi")
    except ImportError:
        raise NotReady("needs a package that is missing: install jingling[devices]") from None


def _about(info: Any, entities: Iterable[Any], features: int) -> About:
    players = [one for one in entities if type(one).__name__ == "MediaPlayerInfo"]
    return About(
        name=info.name,
        friendly_name=info.friendly_name or info.name,
        mac=info.mac_address,
        model=info.project_name or info.model,
        version=info.project_version or info.esphome_version,
        area=info.suggested_area,
        features=features,
        players=tuple(one.key for one in players),
        form=_form([form for one in players for form in one.supported_formats]),
    )


def _form(told: list[Any]) -> Form:
    """The best of what a media player takes for announcements; WAV, which all take, when it does not say."""
    fitting = [form for form in told if form.purpose == FOR_ANNOUNCEMENTS] or told
    for kind in KINDS:
        for form in fitting:
            if form.format == kind:
                rate_hz = form.sample_rate if form.sample_rate in RATES_HZ else RATE_HZ
                return Form(kind, rate_hz, 2 if form.num_channels == 2 else 1)
    return Form()


def _plain(*names: str) -> set[str]:
    return {name.strip().lower().replace(" ", "_") for name in names}
