"""What a screen is told of what was done: whether it can be undone, and which timers are over."""

from collections.abc import AsyncIterator

import pytest
from server_fakes import FakeHub, FakeWire, make_settings, opened, settle
from server_talk import talk

from jingling.core.clock import VirtualClock
from jingling.core.endpoint import Answered, Phase
from jingling.schedule.events import EntryChanged
from jingling.schedule.model import Entry, State
from jingling.screen.messages import Hello
from jingling.server.browser import BrowserEndpoint


@pytest.fixture
async def hub() -> AsyncIterator[FakeHub]:
    async with opened(make_settings(), VirtualClock()) as hub:
        yield hub


def endpoint(hub: FakeHub, wire: FakeWire) -> BrowserEndpoint:
    return BrowserEndpoint(hub, wire, Hello(device_id="screen-0001", language="en"))


@pytest.mark.parametrize(
    ("before", "after", "undoable"),
    [
        (frozenset(), frozenset({"t1"}), True),
        (frozenset({"t0"}), frozenset({"t0", "t1"}), True),
        (frozenset({"t0"}), frozenset({"t0"}), False),
        (frozenset({"t0", "t1"}), frozenset({"t0"}), False),
    ],
)
async def test_only_what_a_turn_itself_did_can_be_undone_from_its_answer(
    hub: FakeHub, before: frozenset[str], after: frozenset[str], undoable: bool
) -> None:
    wire = FakeWire()
    screen = endpoint(hub, wire)
    hub.done = before
    await screen.tell("t", Phase("thinking"))
    hub.done = after
    await screen.tell("t", Answered("Done.", "en"))
    assert [message["undoable"] for message in wire.messages("answer")] == [undoable]


async def test_a_streamed_answer_says_that_more_may_follow(hub: FakeHub) -> None:
    wire = FakeWire()
    await endpoint(hub, wire).tell("t", Answered("First.", "en", streamed=True))
    assert wire.messages("answer")[0]["streamed"] is True


@pytest.mark.parametrize(
    ("state", "home_id", "told"),
    [
        ("cancelled", "home", ["tea"]),
        ("done", "home", ["tea"]),
        ("running", "home", []),
        ("cancelled", "neighbours", []),
    ],
)
async def test_a_timer_that_is_over_is_told_to_every_screen(
    hub: FakeHub, state: State, home_id: str, told: list[str]
) -> None:
    now = hub.clock.now()
    entry = Entry(
        id="tea",
        home_id=home_id,
        device_id="x",
        kind="timer",
        state=state,
        due_at=now,
        created_at=now,
        language="en",
    )
    async with talk(hub) as talking:
        await hub.bus.publish(EntryChanged(id="e", at=now, home_id=home_id, entry=entry))
        await settle()
        assert [each["timer_id"] for each in talking.wire.messages("timer_over")] == told
