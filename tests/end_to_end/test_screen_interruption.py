"""Silence on a word or a touch, and nothing of the old answer after it."""

import pytest
from playwright.sync_api import Browser
from screen_page import PATIENCE_MS, Screen, chromium
from screen_silence import first_sound_ms, forget, is_sounding, listen, silence_after_tap_ms

from fakes.running_hub import RunningHub

LONG = "what can you do"
SILENCE_MS_MAX = 150
FIRST_MS_MAX = 120  # 30 on an idle machine


@pytest.fixture(scope="module")
def browser() -> Browser:  # type: ignore[misc]
    microphone = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    with chromium("--autoplay-policy=no-user-gesture-required", *microphone) as found:
        yield found


@pytest.fixture
def screen(browser: Browser, hub: RunningHub) -> Screen:  # type: ignore[misc]
    context = browser.new_context(viewport={"width": 1024, "height": 600}, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    made = Screen(context.new_page())
    listen(made)
    made.open(hub.url)
    yield made
    context.close()


def speaking(screen: Screen) -> None:
    forget(screen)
    screen.say(LONG)
    screen.in_phase("speaking")
    screen.until(lambda: is_sounding(screen), "sound")


@pytest.mark.parametrize("part", ["stop", "talk", "phase"])
def test_a_tap_is_silence_and_nothing_comes_after_it(screen: Screen, part: str) -> None:
    speaking(screen)
    screen.page.locator("jingling-dock").get_by_test_id(part).click()
    assert silence_after_tap_ms(screen) <= SILENCE_MS_MAX
    screen.until(lambda: screen.tape.messages("stop_turn"), "the hub's word that the turn is over")
    stopped = screen.tape.got.index(screen.tape.messages("stop_turn")[0])
    late = [each for each in screen.tape.got[stopped:] if each["type"] in ("sound", "answer", "audio_start")]
    assert late == []
    forget(screen)
    assert not is_sounding(screen)
    assert screen.complaints == []


def test_a_word_from_the_hub_is_silence(screen: Screen, hub: RunningHub) -> None:
    speaking(screen)
    screen.say("what time is it")
    screen.until(lambda: len(screen.tape.messages("stop_turn")) == 1, "the old turn's end")
    screen.until(lambda: len(_speaking(screen)) == 2, "the new answer's sound")
    first, second = _speaking(screen)
    assert first != second


def test_sound_is_heard_as_soon_as_it_comes(screen: Screen) -> None:
    speaking(screen)
    assert first_sound_ms(screen) <= FIRST_MS_MAX


def test_the_microphone_says_that_it_takes_its_echo_away(screen: Screen) -> None:
    screen.part("talk").click()
    screen.until(lambda: any(each.get("cancels_echo") for each in screen.tape.sent), "the microphone's word")
    screen.page.reload()
    screen.until(lambda: len(_hellos(screen)) > 1, "another hello")
    assert [("cancels_echo" in each) for each in _hellos(screen)] == [False, True]


def _hellos(screen: Screen) -> list[list[str]]:
    return [each["capabilities"] for each in screen.tape.sent if each["type"] == "hello"]


def _speaking(screen: Screen) -> list[str]:
    """The turns whose answers were begun to be spoken."""
    return [each["turn_id"] for each in screen.tape.messages("phase") if each["phase"] == "speaking"]
