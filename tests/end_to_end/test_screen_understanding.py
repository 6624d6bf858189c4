"""What was half understood, what was done and can be undone, and the owner's own phrases, on the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from screen_page import LOCALES, Screen, chromium, microphone, screen_of
from screen_speech import write

from fakes.running_hub import RunningHub

BOTH = {
    "en": ("turn off the floor lamp and turn on the kettle", "I've undone"),
    "zh": ("关掉落地灯，打开电水壶", "已经撤销"),
}
TIMER = {"en": "set a timer for nine minutes", "zh": "设一个九分钟的计时器"}
PHRASE = {
    "en": ("movie time", "turn off the floor lamp", "flibber the gronk"),
    "zh": ("看电影", "关掉落地灯", "咕噜咕噜飞上天"),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Its microphone hears nothing."""
    silence = write(tmp_path_factory.mktemp("sound") / "silence.wav")
    with chromium(*microphone(silence)) as browser:
        yield browser


@pytest.fixture(params=LOCALES)
def screen(request: pytest.FixtureRequest, browser: Browser, hub: RunningHub) -> Iterator[Screen]:
    """Each test once in each language."""
    with screen_of(browser, hub.url, language=request.param) as screen:
        yield screen
        assert [each for each in screen.complaints if "422" not in each] == []


@pytest.fixture
def language(screen: Screen) -> str:
    return str(screen.tape.messages("snapshot")[0]["language"])


def test_a_misheard_name_that_is_clear_is_simply_done(screen: Screen, language: str) -> None:
    screen.say("turn on the flor lamp" if language == "en" else "打开洛地灯")
    expect(screen.part("answer")).to_contain_text("The floor lamp is on" if language == "en" else "落地灯打开了")
    expect(screen.part("undo")).to_be_visible()


def test_one_guess_is_asked_about_in_the_language_of_the_request(screen: Screen, language: str) -> None:
    screen.say("turn on the desk lam" if language == "en" else "打开窗联")
    expect(screen.part("answer")).to_contain_text("Did you mean" if language == "en" else "您是说")
    expect(screen.part("answer")).to_have_attribute("lang", language)
    expect(screen.part("undo")).to_have_count(0)
    screen.part("confirm-no").click()
    expect(screen.card("confirm")).to_have_count(0)
    expect(screen.part("undo")).to_have_count(0)


def test_two_guesses_are_numbered_and_a_tap_on_one_acts(browser: Browser, hub: RunningHub) -> None:
    with screen_of(browser, hub.url, language="zh") as screen:
        screen.say("打开床头登")
        expect(screen.part("choice")).to_have_count(2)
        lamp = "left_bedside_lamp" if "左" in screen.part("choice").nth(1).inner_text() else "right_bedside_lamp"
        assert [number[0] for number in screen.part("choice").all_inner_texts()] == ["1", "2"]
        screen.part("choice").nth(1).click()
        expect(screen.part("undo")).to_be_visible()
        expect(screen.part("answer")).to_contain_text("左" if lamp.startswith("left") else "右")
        screen.part("undo").click()
        expect(screen.part("answer")).to_contain_text("撤销")


def test_none_of_the_guesses_lets_the_question_go(browser: Browser, hub: RunningHub) -> None:
    with screen_of(browser, hub.url, language="zh") as screen:
        screen.say("打开床头登")
        screen.part("choice-none").click()
        expect(screen.card("list")).to_have_count(0)
        expect(screen.part("undo")).to_have_count(0)
        expect(screen.part("answer")).to_contain_text("不用了")


def test_all_of_one_breath_is_on_one_card_and_taken_back_by_one_tap(screen: Screen, language: str) -> None:
    said, undone = BOTH[language]
    screen.say(said)
    expect(screen.card("things").locator("jingling-tile")).to_have_count(2)
    expect(screen.state("floor_lamp")).to_have_text("Off" if language == "en" else "关")
    screen.part("undo").click()
    expect(screen.part("answer")).to_contain_text(undone)
    expect(screen.part("answer")).to_have_attribute("lang", language)
    expect(screen.part("undo")).to_have_count(0)
    expect(screen.state("floor_lamp")).not_to_have_text("Off" if language == "en" else "关")


def test_what_is_spoken_back_has_no_undo_of_what_came_before_it(screen: Screen, language: str) -> None:
    said = (
        ("turn on the floor lamp", "undo", "what time is it")
        if language == "en"
        else ("打开落地灯", "撤销", "现在几点")
    )
    screen.say(TIMER[language])
    expect(screen.part("undo")).to_be_visible()
    screen.say(said[0])
    expect(screen.part("heard")).to_contain_text(said[0])
    expect(screen.part("undo")).to_be_visible()
    for text in said[1:]:
        screen.say(text)
        expect(screen.part("heard")).to_contain_text(text)
        expect(screen.part("answer")).to_be_visible()
        expect(screen.part("undo")).to_have_count(0)
    screen.say("cancel all timers" if language == "en" else "取消所有计时器")
    expect(screen.card("timer")).to_have_count(0)


def test_a_timer_that_is_taken_back_is_gone_from_every_screen(
    browser: Browser, screen: Screen, hub: RunningHub, language: str
) -> None:
    with screen_of(browser, hub.url) as other:
        screen.say(TIMER[language])
        expect(screen.card("timer")).to_be_visible()
        other.say("which timers are running")
        expect(other.card("timer")).to_be_visible()
        screen.part("undo").click()
        expect(screen.card("timer")).to_have_count(0)
        expect(other.card("timer")).to_have_count(0)


def test_a_touch_is_undone_by_a_tap_as_well(screen: Screen) -> None:
    screen.tile("kettle").locator("button.main").click()
    screen.part("undo").click()
    expect(screen.part("undo")).to_have_count(0)


def test_a_phrase_is_taught_said_and_forgotten(screen: Screen, language: str) -> None:
    text, means, nonsense = PHRASE[language]
    screen.part("settings").click()
    expect(screen.part("phrases-none")).to_be_visible()
    screen.part("phrase-text").fill(text)
    screen.part("phrase-means").fill(nonsense)
    screen.part("phrase-means").press("Enter")
    expect(screen.part("phrase-problem")).to_contain_text(nonsense)
    screen.part("phrase-means").fill(means)
    screen.part("phrase-add").click()
    expect(screen.part("phrase")).to_contain_text(means)
    expect(screen.part("phrase-problem")).to_have_count(0)
    screen.page.keyboard.press("Escape")
    screen.say(text)
    expect(screen.state("floor_lamp")).to_have_text("Off" if language == "en" else "关")
    screen.part("undo").click()
    screen.part("settings").click()
    screen.part("phrase-forget").click()
    expect(screen.part("phrases-none")).to_be_visible()


def test_the_settings_tell_that_there_is_no_language_model(screen: Screen, language: str) -> None:
    screen.part("settings").click()
    told = screen.part("outside-part")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("No language model" if language == "en" else "没有设置语言模型")
