"""What is typed and tapped on the page, in both languages, and what every screen then shows."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect
from screen_page import Screen, chromium, microphone, screen_of
from screen_speech import write

from fakes.running_hub import RunningHub


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Its microphone hears nothing."""
    silence = write(tmp_path_factory.mktemp("sound") / "silence.wav")
    with chromium(*microphone(silence)) as browser:
        yield browser


@pytest.fixture
def screen(browser: Browser, hub: RunningHub) -> Iterator[Screen]:
    with screen_of(browser, hub.url) as screen:
        yield screen
        assert screen.complaints == []


def test_mandarin_is_typed_and_answered_in_mandarin(screen: Screen) -> None:
    screen.part("language-switch").click()
    expect(screen.tile("floor_lamp")).to_contain_text("落地灯")
    expect(screen.page.locator("html")).to_have_attribute("lang", "zh-CN")
    screen.say("关掉落地灯")
    expect(screen.tile("floor_lamp")).to_have_attribute("data-state", "off")
    screen.say("打开落地灯")
    expect(screen.tile("floor_lamp")).to_have_attribute("data-state", "on")
    expect(screen.part("heard")).to_contain_text("打开落地灯")
    expect(screen.part("answer")).to_contain_text("落地灯")
    expect(screen.part("answer")).to_have_attribute("lang", "zh")


def test_a_coffee_is_ordered_in_mandarin(screen: Screen) -> None:
    screen.part("language-switch").click()
    screen.say("来一杯小杯拿铁加一点牛奶")
    for word in ("小杯", "拿铁", "一点牛奶"):
        expect(screen.card("order")).to_contain_text(word)
    expect(screen.part("answer")).to_contain_text("拿铁")
    expect(screen.state("coffee_machine")).to_have_text("加热中")
    screen.until(lambda: screen.tape.messages("sound"), "an answer in words")


def test_a_tap_on_a_lamp_is_seen_on_every_screen(screen: Screen, browser: Browser, hub: RunningHub) -> None:
    with screen_of(browser, hub.url, "phone", "zh") as other:
        expect(other.tile("mirror_light")).to_have_attribute("data-state", "off")
        screen.tile("mirror_light").locator("button.main").click()
        for each in (screen, other):
            expect(each.tile("mirror_light")).to_have_attribute("data-state", "on")
        other.tile("mirror_light").locator("button.main").click()
        for each in (screen, other):
            expect(each.tile("mirror_light")).to_have_attribute("data-state", "off")
    assert screen.tape.messages("thing")


def test_a_lock_opens_only_after_yes(screen: Screen) -> None:
    lock = screen.tile("front_door").locator("button.main")
    lock.click()
    expect(screen.card("confirm")).to_contain_text("front door")
    screen.part("confirm-no").click()
    expect(screen.card("confirm")).to_have_count(0)
    expect(screen.state("front_door")).to_have_text("Locked")
    lock.click()
    screen.part("confirm-yes").click()
    expect(screen.state("front_door")).to_have_text("Unlocked")
    lock.click()
    expect(screen.state("front_door")).to_have_text("Locked")


def test_a_timer_rings_until_it_is_stopped(screen: Screen) -> None:
    screen.say("set a timer for three seconds")
    expect(screen.card("timer").locator("[data-state=running]")).to_be_visible()
    expect(screen.part("ringing-stop")).to_be_visible()
    rung = [each for each in screen.tape.messages("card") if each["card"]["timers"][0]["state"] == "ringing"]
    starts = screen.tape.got.index(rung[0])
    screen.until(lambda: any(each["type"] == "sound" for each in screen.tape.got[starts:]), "the chime")
    screen.part("ringing-stop").click()
    expect(screen.part("ringing-stop")).to_have_count(0)
    screen.in_phase("idle")
    stopped = len(screen.tape.got)
    screen.say("what day is it")
    screen.until(lambda: screen.tape.got[-1]["type"] == "audio_end", "the next answer")
    streams = {each["stream"] for each in screen.tape.got[stopped:] if each["type"] == "sound"}
    assert streams == {screen.tape.got[-1]["stream"]}


def test_what_rings_under_an_answer_is_stopped_by_its_button(screen: Screen) -> None:
    screen.say("remind me to water the tomatoes and the basil on the balcony in one second")
    expect(screen.card("timer").filter(has=screen.part("ringing-stop"))).to_contain_text("Water the tomatoes")
    screen.in_phase("speaking")
    screen.part("ringing-stop").click()
    expect(screen.part("ringing-stop")).to_have_count(0)
    screen.in_phase("idle")


def _escape(screen: Screen) -> None:
    screen.page.keyboard.press("Escape")


def _touch_the_mark(screen: Screen) -> None:
    screen.part("talk").click()


@pytest.mark.parametrize("interrupt", [_escape, _touch_the_mark], ids=["escape", "mark"])
def test_a_long_answer_falls_silent_at_once(screen: Screen, interrupt: Callable[[Screen], None]) -> None:
    screen.say("what can I say")
    screen.in_phase("speaking")
    screen.until(lambda: screen.tape.messages("sound"), "the beginning of the answer")
    stream = screen.tape.messages("audio_start")[0]["stream"]
    interrupt(screen)
    screen.in_phase("idle")
    screen.until(lambda: screen.tape.messages("stop_turn"), "the hub's word that it stopped")
    screen.say("what day is it")
    screen.until(lambda: len(screen.tape.messages("audio_start")) == 2, "the next answer")
    stopped = screen.tape.got.index(screen.tape.messages("stop_turn")[0])
    late = [each for each in screen.tape.got[stopped:] if each["type"] == "sound" and each["stream"] == stream]
    assert late == []
    assert not [each for each in screen.tape.sent if each["type"] == "listen"]


def test_the_keyboard_is_enough(screen: Screen) -> None:
    _tab_to(screen, "input[data-testid=text]")
    screen.page.keyboard.type("turn on the desk lamp")
    screen.page.keyboard.press("Enter")
    expect(screen.tile("desk_lamp")).to_have_attribute("data-state", "on")
    expect(screen.page.locator("[aria-live=polite]")).to_have_text("The desk lamp is on.")
    _tab_to(screen, "[data-testid=thing-mirror_light] button.main")
    focused = screen.tile("mirror_light").locator("button.main")
    expect(focused).to_have_attribute("aria-label", "Mirror light: Off")
    screen.page.keyboard.press("Space")
    expect(screen.tile("mirror_light")).to_have_attribute("data-state", "on")
    expect(focused).to_have_attribute("aria-pressed", "true")
    screen.page.keyboard.press("Space")
    expect(screen.tile("mirror_light")).to_have_attribute("data-state", "off")


HAS_FOCUS = """selector => {
  let at = document.activeElement, path = [];
  while (at) { path.push(at); at = at.shadowRoot?.activeElement; }
  const [last, ...outer] = selector.split(' ').reverse();
  return path.at(-1).matches(last) && outer.every(one => path.some(each => each.matches(one)));
}"""


def _tab_to(screen: Screen, selector: str) -> None:
    for _ in range(60):
        if screen.page.evaluate(HAS_FOCUS, selector):
            return
        screen.page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {selector}")
