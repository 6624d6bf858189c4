"""A board shows up on the page, is added with a name and a place, and is let go again."""

import json
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from screen_page import chromium, microphone, screen_of
from screen_speech import write

from fakes.running_hub import RunningHub

BOARD = {
    "application": {"name": "xiaozhi", "version": "2.0.0"},
    "board": {"type": "bread-compact", "name": "bread"},
}
MAC = "A4:CF:12:05:0E:1F"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    silence = write(tmp_path_factory.mktemp("sound") / "silence.wav")
    with chromium(*microphone(silence)) as browser:
        yield browser


def _boot(hub: RunningHub) -> dict[str, object]:
    """A board that starts asks for its settings."""
    headers = {"Device-Id": MAC, "Client-Id": "a-board", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{hub.url}/xiaozhi/ota/", json.dumps(BOARD).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        settings: dict[str, object] = json.load(answer)
        return settings


@pytest.mark.parametrize(
    ("size", "language", "name"), [("kiosk", "en", "Kitchen board"), ("phone", "zh", "厨房小板")]
)
def test_it_shows_up_you_tap_it_you_name_its_place(
    browser: Browser, hub: RunningHub, size: str, language: str, name: str
) -> None:
    with screen_of(browser, hub.url, size, language) as screen:
        expect(screen.part("language-switch")).to_be_visible()
        settings = _boot(hub)
        assert "activation" in settings
        code = str(dict(settings["activation"])["code"])  # type: ignore[call-overload]
        screen.part("banner").locator("button").click()
        device = screen.part("device").filter(has_text=code)
        device.get_by_test_id("device-add").click()
        screen.part("device-name").fill(name)
        screen.part("device-place").select_option("kitchen")
        screen.part("device-save").click()
        added = screen.part("device").filter(has_text=name)
        expect(added).to_have_attribute("data-state", "adopted")
        assert "activation" not in _boot(hub)
        added.get_by_test_id("device-forget").click()
        expect(added).to_have_count(0)
        assert screen.complaints == []
