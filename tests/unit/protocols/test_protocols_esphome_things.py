"""The lights and switches of a simulated ESPHome device as things of the home."""

import pytest
from aioesphomeapi import api_pb2 as pb

from fakes.esphome_device import MUTE, PLAYER, RING, FakeDevice, device
from fakes.esphome_home import ID, gateway
from fakes.voice_host import VoiceHost, eventually
from jingling.core.thing import ThingState
from jingling.protocols.esphome import link as links

LIGHT, SWITCH, SPEAKER = f"{ID}-led_ring", f"{ID}-mute", f"{ID}-player"


async def arrived(host: VoiceHost) -> None:
    await eventually(lambda: host.home.things)
    await eventually(lambda: state(host, SWITCH).values)


def state(host: VoiceHost, thing_id: str) -> ThingState:
    assert host.home.driver is not None
    return host.home.driver.state(thing_id)


async def test_what_can_be_switched_arrives_called_after_its_device() -> None:
    async with device() as fake, gateway(fake) as host:
        await arrived(host)
        known = {thing.id: thing for thing in host.home.things}
        assert set(known) == {LIGHT, SWITCH, SPEAKER}
        assert known[LIGHT].names == {"en": ("Kitchen Voice LED Ring",), "zh": ("Kitchen Voice灯",)}
        assert known[SPEAKER].names["en"] == ("Kitchen Voice",)
        assert set(known[LIGHT].properties) == {"power", "brightness"}
        assert {thing.place_id for thing in host.home.things} == {"kitchen"}


async def test_what_the_device_reports_is_what_they_are() -> None:
    async with device() as fake, gateway(fake) as host:
        await arrived(host)
        assert state(host, LIGHT) == ThingState(LIGHT, {"power": True, "brightness": 50})
        fake.send(pb.SwitchStateResponse(key=MUTE, state=True))
        await eventually(lambda: state(host, SWITCH).values == {"power": True})
        assert (SWITCH, {"power": True}) in host.home.changed


@pytest.mark.parametrize(
    ("thing_id", "name", "value", "kind", "sent"),
    [
        (SWITCH, "power", True, pb.SwitchCommandRequest, {"key": MUTE, "state": True}),
        (LIGHT, "power", False, pb.LightCommandRequest, {"key": RING, "has_state": True, "state": False}),
        (LIGHT, "brightness", 25, pb.LightCommandRequest, {"key": RING, "brightness": 0.25, "state": True}),
        (SPEAKER, "volume", 40, pb.MediaPlayerCommandRequest, {"key": PLAYER, "volume": pytest.approx(0.4)}),
    ],
)
async def test_they_are_set(thing_id: str, name: str, value: int, kind: type, sent: dict[str, object]) -> None:
    async with device() as fake, gateway(fake) as host:
        await arrived(host)
        assert host.home.driver is not None
        assert (await host.home.driver.set_property(thing_id, name, value)).ok
        await eventually(lambda: fake.of(kind))
        assert {field: getattr(fake.of(kind)[0], field) for field in sent} == sent
        assert state(host, thing_id).values[name] == value


async def test_a_device_that_is_away_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "RECONNECT_S", 60.0)
    async with device() as fake, gateway(fake) as host:
        await arrived(host)
        fake.hang_up()
        await eventually(lambda: not state(host, LIGHT).reachable)
        assert host.home.driver is not None
        outcome = await host.home.driver.set_property(LIGHT, "power", True)
        assert outcome.problem is not None
        assert outcome.problem.code == "unreachable"


async def test_a_device_that_is_forgotten_takes_its_things_with_it() -> None:
    async with device(FakeDevice()) as fake, gateway(fake) as host:
        await arrived(host)
        await host.devices.forget(ID)
        await eventually(lambda: not host.home.things)


async def test_a_device_that_is_renamed_renames_its_things() -> None:
    async with device(FakeDevice()) as fake, gateway(fake) as host:
        await arrived(host)
        await host.devices.adopt(ID, name="Desk")
        await eventually(lambda: {thing.names["en"][0] for thing in host.home.things} >= {"Desk", "Desk Mute"})
