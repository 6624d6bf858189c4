"""It shows up, it is adopted, it comes back as what it was, and it can be let go."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from fakes.memory_database import MemoryDatabase
from jingling.bus.local import LocalBus
from jingling.core.clock import VirtualClock
from jingling.core.errors import BadInput
from jingling.devices.commands import AdoptDevice, ForgetDevice
from jingling.devices.events import DeviceChanged, DeviceForgotten
from jingling.devices.model import WAITING_MAX, Device
from jingling.devices.service import DeviceService

BOARD = Device("xiaozhi-aabb", "xiaozhi", "Board", model="bread-compact", code="123456", address="10.0.0.7")
ADOPT = AdoptDevice(device_id=BOARD.id, name="Kitchen board", place_id="kitchen", language="zh", volume=40)


class Register:
    """The service with what it tells, and a way to start it anew on the same tables."""

    def __init__(self) -> None:
        self.database, self.bus, self.clock = MemoryDatabase(), LocalBus(), VirtualClock()
        self.told: list[DeviceChanged | DeviceForgotten] = []
        self.bus.subscribe(DeviceChanged, self._tell)
        self.bus.subscribe(DeviceForgotten, self._tell)

    async def _tell(self, event: DeviceChanged | DeviceForgotten) -> None:
        self.told.append(event)

    async def start(self) -> DeviceService:
        service = DeviceService(self.database, self.bus, self.clock, "home")
        await service.start()
        return service


@pytest.fixture
async def register() -> AsyncIterator[Register]:
    register = Register()
    yield register
    await register.database.close()


async def test_what_shows_up_is_new_and_told(register: Register) -> None:
    service = await register.start()
    seen = await service.seen(BOARD)
    assert (seen.state, seen.code) == ("new", "123456")
    await register.bus.settle()
    assert [event.device for event in register.told if isinstance(event, DeviceChanged)] == [seen]
    with pytest.raises(BadInput, match="adopt it first"):
        await service.issue_token(BOARD.id)


async def test_what_is_new_is_not_written(register: Register) -> None:
    await (await register.start()).seen(BOARD)
    assert (await register.start()).all() == []


async def test_an_adopted_device_keeps_what_people_set_when_it_comes_back(register: Register) -> None:
    service = await register.start()
    await service.seen(BOARD)
    assert (await service.execute(ADOPT)).ok
    token = await service.issue_token(BOARD.id)
    service = await register.start()
    newer = Device(BOARD.id, "xiaozhi", "Board", model="bread-compact", version="2.0", code="999999")
    back = await service.seen(newer)
    assert (back.name, back.place_id, back.language, back.volume) == ("Kitchen board", "kitchen", "zh", 40)
    assert (back.version, back.adopted) == ("2.0", True)
    assert await service.by_token(token) == back
    assert await service.by_token("") is None


async def test_a_new_token_voids_the_one_before(register: Register) -> None:
    service = await register.start()
    await service.seen(BOARD)
    await service.execute(ADOPT)
    first, second = await service.issue_token(BOARD.id), await service.issue_token(BOARD.id)
    assert await service.by_token(first) is None
    assert await service.by_token(second) is not None


async def test_a_forgotten_device_is_nobody_and_shows_up_again_as_new(register: Register) -> None:
    service = await register.start()
    await service.seen(BOARD)
    await service.execute(ADOPT)
    token = await service.issue_token(BOARD.id)
    assert (await service.execute(ForgetDevice(device_id=BOARD.id))).ok
    await register.bus.settle()
    assert isinstance(register.told[-1], DeviceForgotten)
    assert await service.by_token(token) is None
    assert not (await service.execute(ForgetDevice(device_id=BOARD.id))).ok
    assert (await register.start()).get(BOARD.id) is None
    assert (await service.seen(BOARD)).state == "new"


@pytest.mark.parametrize(
    "command",
    [
        AdoptDevice(device_id="nobody", name="x"),
        AdoptDevice(device_id=BOARD.id, name=" "),
        AdoptDevice(device_id=BOARD.id, name="x" * 65),
        AdoptDevice(device_id=BOARD.id, name="x", volume=101),
    ],
)
async def test_what_cannot_be_adopted_is_said(register: Register, command: AdoptDevice) -> None:
    service = await register.start()
    await service.seen(BOARD)
    outcome = await service.execute(command)
    assert not outcome.ok and outcome.problem is not None and outcome.problem.detail.endswith(".")


async def test_strangers_do_not_fill_the_register(register: Register) -> None:
    service = await register.start()
    for number in range(WAITING_MAX + 5):
        await register.clock.advance(1)
        await service.seen(Device(f"xiaozhi-{number}", "xiaozhi", f"Board {number}"))
    waiting = service.all()
    assert len(waiting) == WAITING_MAX
    assert service.get("xiaozhi-0") is None and service.get(f"xiaozhi-{WAITING_MAX + 4}") is not None


async def test_being_seen_again_and_again_is_told_once(register: Register) -> None:
    service = await register.start()
    await service.seen(BOARD)
    await service.execute(ADOPT)
    await register.bus.settle()
    told = len(register.told)
    again = Device(BOARD.id, "xiaozhi", "Board", model="bread-compact", address="10.0.0.7")
    for _ in range(3):
        await register.clock.advance(timedelta(hours=2).total_seconds())
        await service.seen(again)
    await register.bus.settle()
    assert len(register.told) == told


async def test_a_paired_screen_is_a_device(register: Register) -> None:
    service = await register.start()
    device, token = await service.pair("Tablet", "child")
    assert (device.kind, device.role, device.adopted) == ("browser", "child", True)
    assert await service.by_token(token) == device


async def test_who_is_connected_is_known(register: Register) -> None:
    service = await register.start()
    service.connected("a")
    assert service.is_connected("a")
    service.gone("a")
    service.gone("a")
    assert not service.is_connected("a")
