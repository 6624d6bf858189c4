"""What the page says when something is wrong, and how it comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from screen_page import chromium, screen_of

from fakes.running_hub import RunningHub

MUTE = ("--set", "speech.enabled=false")
PASSWORD = "a lamp in the window"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Asks nobody: what needs leave is refused."""
    with chromium("--use-fake-device-for-media-stream", "--deny-permission-prompts") as browser:
        yield browser


def test_without_a_microphone_one_is_told_and_types(browser: Browser, hub: RunningHub) -> None:
    for language, told in (("en", "The microphone is blocked."), ("zh", "麦克风被拦住了")):
        with screen_of(browser, hub.url, "phone", language) as screen:
            screen.part("talk").click()
            expect(screen.part("mic-state")).to_contain_text(told)
            expect(screen.part("mic-state")).to_have_attribute("role", "alert")
            screen.say("关掉吸顶灯" if language == "zh" else "turn on the ceiling light")
            expect(screen.tile("ceiling_light")).to_have_attribute(
                "data-state", "off" if language == "zh" else "on"
            )
            assert not [each for each in screen.tape.sent if each["type"] == "listen"]
            assert screen.complaints == []


def test_a_killed_hub_is_missed_and_found_again(browser: Browser, tmp_path: Path) -> None:
    with RunningHub(tmp_path, MUTE) as hub, screen_of(browser, hub.url) as screen:
        screen.say("turn on the floor lamp")
        expect(screen.part("answer")).to_have_text("The floor lamp is on.")
        hub.kill()
        expect(screen.part("banner")).to_have_attribute("data-kind", "lost")
        expect(screen.part("banner")).to_contain_text("The hub is gone.")
        screen.say("turn off the floor lamp")
        expect(screen.part("text")).to_have_value("turn off the floor lamp")
        hub.start()
        expect(screen.part("banner")).to_have_count(0)
        expect(screen.tile("floor_lamp")).to_have_attribute("data-state", "on")
        screen.part("text").press("Enter")
        expect(screen.tile("floor_lamp")).to_have_attribute("data-state", "off")


def test_the_open_hub_asks_for_its_password(browser: Browser, tmp_path: Path) -> None:
    with RunningHub(tmp_path, [*MUTE, "--lan"]) as hub:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(hub.url)
        page.get_by_test_id("password").fill(PASSWORD)
        page.get_by_label("The same again").fill("another one")
        page.get_by_test_id("sign-in").click()
        expect(page.get_by_test_id("sign-in-wrong")).to_have_text("The two are not the same.")
        page.get_by_label("The same again").fill(PASSWORD)
        page.get_by_test_id("sign-in").click()
        expect(page.get_by_test_id("text")).to_be_visible()
        stranger = browser.new_context(locale="zh-CN").new_page()
        stranger.goto(hub.url)
        stranger.get_by_test_id("password").fill("not this one")
        stranger.get_by_test_id("sign-in").click()
        expect(stranger.get_by_test_id("sign-in-wrong")).to_have_text("密码不对。")
        stranger.get_by_test_id("password").fill(PASSWORD)
        stranger.get_by_test_id("sign-in").click()
        expect(stranger.get_by_test_id("text")).to_be_visible()
