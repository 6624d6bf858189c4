"""What devices bring into the home, on every screen at once."""

from collections.abc import AsyncIterator

import pytest
from server_fakes import FakeHub, make_settings, opened, settle
from server_talk import talk

from jingling.core.clock import VirtualClock
from jingling.devices.events import PictureTaken
from jingling.home.events import ThingsChanged


@pytest.fixture
async def hub() -> AsyncIterator[FakeHub]:
    async with opened(make_settings(), VirtualClock()) as one:
        yield one


@pytest.mark.parametrize(("home_id", "snapshots"), [("home", 2), ("another", 1)])
async def test_things_that_arrive_are_shown(hub: FakeHub, home_id: str, snapshots: int) -> None:
    async with talk(hub) as browser:
        await hub.bus.publish(ThingsChanged(id="e", at=hub.clock.now(), home_id=home_id))
        await settle()
        assert len(browser.wire.messages("snapshot")) == snapshots


async def test_a_picture_is_shown_with_its_question(hub: FakeHub) -> None:
    async with talk(hub) as browser:
        for home_id in ("home", "another"):
            taken = PictureTaken(
                id=f"e-{home_id}",
                at=hub.clock.now(),
                home_id=home_id,
                device_id="xiaozhi-1",
                name="kitchen board",
                question="What is this?",
                picture="/api/pictures/abc",
            )
            await hub.bus.publish(taken)
        await settle()
        (shown,) = browser.wire.messages("card")
        assert (shown["turn_id"], shown["card_id"]) == ("", "picture.e-home")
        assert (shown["card"]["title"], shown["card"]["body"]) == ("kitchen board", "What is this?")
        assert shown["card"]["choices"][0]["picture"] == "/api/pictures/abc"
