"""A child's or a guest's screen: let in, but not to the household's own affairs."""

from collections.abc import AsyncIterator

import pytest
from server_fakes import FakeHub, make_settings, opened
from server_talk import talk

from jingling.core.clock import VirtualClock
from jingling.core.endpoint import Endpoint, EndpointInfo
from jingling.server.auth import Access, Credentials
from jingling.server.pairing import Pairing
from jingling.server.store import AccessStore


@pytest.fixture
async def hub() -> AsyncIterator[FakeHub]:
    async with opened(make_settings(), VirtualClock()) as hub:
        yield hub


async def test_a_device_has_the_role_that_its_code_was_made_for(hub: FakeHub) -> None:
    store = AccessStore(hub.database, "home")
    pairing = Pairing(hub.devices, hub.clock)
    paired = await pairing.redeem(pairing.new_code("child"), "tablet")
    access = Access(store, hub.devices, hub.clock, hub.settings.server)
    access.required = True
    identity = await access.identify(Credentials(device=paired.token))
    assert identity is not None and (identity.id, identity.role) == (paired.device_id, "child")


async def test_a_screen_keeps_its_role_when_it_changes_language(hub: FakeHub) -> None:
    seen: list[EndpointInfo] = []

    async def serve(endpoint: Endpoint) -> None:
        async for _ in endpoint.inputs():
            seen.append(endpoint.info)

    hub.serve = serve  # type: ignore[method-assign]
    async with talk(hub, role="guest") as talking:
        await talking.say({"type": "change", "language": "zh"}, {"type": "text", "text": "你好"})
    assert [(info.role, info.language) for info in seen] == [("guest", "zh")]
