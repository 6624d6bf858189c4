"""A simulated ESPHome device is found, kept up with, and left."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from aioesphomeapi import api_pb2 as pb

from fakes.esphome_device import WITH_SPEAKER, FakeDevice, device, new_key
from fakes.esphome_home import ID, gateway
from fakes.voice_host import VoiceHost, eventually
from jingling.protocols.address import Address
from jingling.protocols.discovery import Discovery, Found
from jingling.protocols.esphome import link as links
from jingling.protocols.esphome.gateway import EsphomeGateway
from jingling.schedule.events import EntryChanged, EntryRang
from jingling.schedule.model import Entry
from jingling.settings import EsphomeSettings, Settings

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


async def test_a_device_is_shown_and_left_alone_until_it_is_adopted() -> None:
    async with device() as fake, gateway(fake, adopt=False) as host:
        await eventually(host.devices.all)
        shown = host.devices.all()[0]
        assert (shown.id, shown.kind, shown.name, shown.state) == (ID, "esphome", "Kitchen Voice", "new")
        assert (shown.model, shown.version, shown.place_id) == ("Nobody.Voice Box", "26.11", "kitchen")
        assert shown.capabilities == {"microphone", "speaker"}
        await eventually(lambda: not fake.connected)
        assert not fake.of(pb.SubscribeVoiceAssistantRequest)


def timer(state: str) -> Entry:
    due = NOW + timedelta(seconds=60)
    return Entry(
        id="t1", home_id="home", device_id=ID, kind="timer", state=state, due_at=due, created_at=NOW,  # type: ignore[arg-type]
        language="en", label="tea", total_s=60.0,
    )  # fmt: skip


async def rings(host: VoiceHost) -> None:
    for state in ("running", "paused"):
        await host.bus.publish(EntryChanged(id=uuid4().hex, at=NOW, home_id="home", entry=timer(state)))
    await host.bus.publish(EntryRang(id=uuid4().hex, at=NOW, home_id="home", entry=timer("ringing")))


@pytest.mark.parametrize(("features", "end"), [(WITH_SPEAKER, 3), (1 | 4 | 8 | 16, 2)])
async def test_timers_are_told_and_finish_there_unless_the_hub_rings_them(features: int, end: int) -> None:
    async with device(FakeDevice(features)) as fake, gateway(fake) as host:
        await rings(host)
        await eventually(lambda: len(fake.of(pb.VoiceAssistantTimerEventResponse)) == 3)
        told = fake.of(pb.VoiceAssistantTimerEventResponse)
        assert [one.event_type for one in told] == [0, 1, end]
        assert (told[0].timer_id, told[0].name, told[0].total_seconds) == ("t1", "tea", 60)
        assert told[1].is_active is False


async def test_a_device_that_comes_back_learns_its_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 0.05)
    async with device() as fake, gateway(fake) as host:
        host.schedule.kept.append(timer("running"))
        fake.hang_up()
        await eventually(lambda: fake.of(pb.VoiceAssistantTimerEventResponse))
        assert host.ended == 1
        assert host.devices.online == {ID}


async def test_its_own_wake_word_is_one_of_the_settings() -> None:
    async with device() as fake:
        fake.active_wake_words = ["stop"]
        async with gateway(fake):
            await eventually(lambda: fake.active_wake_words == ["hey_jarvis"])


async def test_a_wake_word_that_was_chosen_stays() -> None:
    async with device() as fake:
        fake.active_wake_words = ["hey_mycroft"]
        async with gateway(fake):
            assert fake.active_wake_words == ["hey_mycroft"]


async def test_its_volume_follows_the_register() -> None:
    async with device() as fake, gateway(fake) as host:
        await host.devices.adopt(ID, volume=35)
        await eventually(lambda: fake.of(pb.MediaPlayerCommandRequest))
        assert fake.of(pb.MediaPlayerCommandRequest)[0].volume == pytest.approx(0.35)


async def test_what_is_no_voice_hardware_is_asked_once() -> None:
    async with device(FakeDevice(features=0)) as fake, gateway(fake, adopt=False) as host:
        await eventually(lambda: fake.connections == 1)
        await asyncio.sleep(0.1)
        assert fake.connections == 1
        assert not host.devices.all()


async def test_old_firmware_is_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    async with device(FakeDevice(features=1 | 2)) as fake, gateway(fake, adopt=False) as host:
        await eventually(lambda: "update it" in caplog.text)
        assert not host.devices.all()


@pytest.mark.parametrize(
    ("has", "given", "told"),
    [(new_key(), "", "put its key"), (new_key(), new_key(), "copy it anew"), ("", new_key(), "take its key out")],
    ids=["missing", "wrong", "needless"],
)
async def test_a_missing_or_wrong_key_is_told(
    has: str, given: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    keys = {"127.0.0.1": given} if given else {}
    async with device(FakeDevice(key=has)) as fake, gateway(fake, adopt=False, keys=keys) as host:
        await eventually(lambda: told in caplog.text)
        assert not host.devices.all()
        assert not given or given not in caplog.text


async def test_locked_voice_hardware_shows_up_all_the_same() -> None:
    async with device(FakeDevice(key=new_key())) as fake:
        host = VoiceHost(Settings(esphome=EsphomeSettings()))
        running = EsphomeGateway(host, Discovery(lan=False))
        about = {"mac": "aabbcc001122", "friendly_name": "Voice PE", "project_name": "Somebody.Voice"}
        await running._found(Found("kitchen-voice", Address("127.0.0.1", fake.port), about))
        await running._found(Found("plug", Address("127.0.0.1", 9), {"mac": "aabbcc001133"}))
        await eventually(host.devices.all)
        await running.close()
        assert [(one.id, one.name, one.capabilities) for one in host.devices.all()] == [
            (ID, "Voice PE", frozenset())
        ]


async def test_a_forgotten_device_is_left() -> None:
    async with device() as fake, gateway(fake) as host:
        await host.devices.forget(ID)
        await eventually(lambda: host.ended == 1)
        assert not host.devices.online


async def test_many_reconnections_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 0.0)
    async with device() as fake, gateway(fake) as host:
        await eventually(lambda: len(asyncio.all_tasks()))
        tasks = len(asyncio.all_tasks())
        for number in range(30):
            fake.hang_up()
            await eventually(lambda: len(host.endpoints) == number + 2)  # noqa: B023
        await eventually(lambda: host.ended == 30)
        await eventually(lambda: len(asyncio.all_tasks()) <= tasks + 2)
