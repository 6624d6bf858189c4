"""One real hub for all tests that leave it as they found it."""

from collections.abc import Iterator

import pytest

from fakes.running_hub import RunningHub


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with RunningHub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture(autouse=True)
def alive_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did to the shared hub, a good request still works."""
    yield
    if "hub" in request.fixturenames:
        hub: RunningHub = request.getfixturevalue("hub")
        answer = hub.ask("turn on the floor lamp", device_id="afterwards")
        assert [command["ok"] for command in answer["commands"]] == [True], answer
