import asyncio
import logging
from datetime import UTC, datetime

import pytest

from jingling.bus.local import LocalBus
from jingling.core.errors import NotReady
from jingling.core.event import Event


class Rang(Event, frozen=True, kw_only=True, tag="test.Rang"):
    number: int = 0


class RangLate(Rang, frozen=True, kw_only=True, tag="test.RangLate"):
    pass


class Opened(Event, frozen=True, kw_only=True, tag="test.Opened"):
    pass


def rang(number: int, kind: type[Rang] = Rang) -> Rang:
    return kind(id=f"event-{number}", at=datetime(2026, 11, 22, tzinfo=UTC), home_id="home", number=number)


class Listener:
    def __init__(self) -> None:
        self.numbers: list[int] = []

    async def __call__(self, event: Rang) -> None:
        await asyncio.sleep(0)
        self.numbers.append(event.number)


async def test_each_subscriber_gets_its_kind_and_subclasses_in_order() -> None:
    bus, base, late, other = LocalBus(), Listener(), Listener(), Listener()
    bus.subscribe(Rang, base)
    bus.subscribe(RangLate, late)
    bus.subscribe(Opened, other)  # type: ignore[arg-type]
    for number in range(50):
        await bus.publish(rang(number, RangLate if number % 2 else Rang))
    await bus.settle()
    assert base.numbers == list(range(50))
    assert late.numbers == list(range(1, 50, 2))
    assert other.numbers == []


async def test_a_failing_handler_is_logged_with_the_event_and_hinders_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus, listener = LocalBus(), Listener()

    async def fails(event: Rang) -> None:
        raise RuntimeError("broken subscriber")

    bus.subscribe(Rang, fails)
    bus.subscribe(Rang, listener)
    with caplog.at_level(logging.ERROR):
        await bus.publish(rang(1))
        await bus.publish(rang(2))
        await bus.settle()
    assert listener.numbers == [1, 2]
    assert [record.getMessage().split(" (")[0] for record in caplog.records] == [
        "a subscriber failed on event event-1",
        "a subscriber failed on event event-2",
    ]


async def test_a_hanging_handler_hinders_no_other_and_its_queue_is_bounded(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus, listener = LocalBus(queue_events_max=2, stall_s=0.01), Listener()
    never = asyncio.Event()

    async def hangs(event: Rang) -> None:
        await never.wait()

    bus.subscribe(Rang, hangs)
    bus.subscribe(Rang, listener)
    for number in range(5):
        await bus.publish(rang(number))
        await asyncio.sleep(0)
    await bus.close(grace_s=0.01)
    assert listener.numbers == [0, 1, 2, 3, 4]
    assert [record.getMessage() for record in caplog.records] == [
        "event event-3 dropped for a subscriber that is 2 behind",
        "event event-4 dropped for a subscriber that is 2 behind",
    ]


async def test_a_full_queue_holds_the_publisher_until_there_is_room() -> None:
    bus, listener = LocalBus(queue_events_max=1), Listener()
    bus.subscribe(Rang, listener)
    for number in range(20):
        await bus.publish(rang(number))
    await bus.settle()
    assert listener.numbers == list(range(20))


async def test_a_handler_may_publish() -> None:
    bus, listener = LocalBus(), Listener()

    async def answers(event: Opened) -> None:
        await bus.publish(rang(7))

    bus.subscribe(Opened, answers)
    bus.subscribe(Rang, listener)
    await bus.publish(Opened(id="o", at=datetime(2026, 11, 22, tzinfo=UTC), home_id="home"))
    await bus.settle()
    assert listener.numbers == [7]


async def test_unsubscribing_ends_the_calls_and_twice_is_harmless() -> None:
    bus, listener = LocalBus(), Listener()
    unsubscribe = bus.subscribe(Rang, listener)
    await bus.publish(rang(1))
    unsubscribe()
    unsubscribe()
    await bus.publish(rang(2))
    await bus.settle()
    assert listener.numbers == []


async def test_closing_lets_queued_events_be_handled_and_then_refuses() -> None:
    bus, listener = LocalBus(), Listener()
    bus.subscribe(Rang, listener)
    await bus.publish(rang(1))
    await bus.close()
    assert listener.numbers == [1]
    with pytest.raises(NotReady, match="stopping"):
        await bus.publish(rang(2))
