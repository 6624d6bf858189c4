"""The page fits its screen, can be read, names every control, and lets in nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from screen_page import LOCALES, SIZES, Screen, chromium, screen_of

from fakes.running_hub import RunningHub

CONTROLS = {"button", "textbox", "slider", "combobox", "switch", "link", "checkbox", "ColorWell", "progressbar"}
CONTRAST = (Path(__file__).parent / "screen_contrast.js").read_text()
ENGLISH = r"\b[A-Za-z]{3,}\b"  # a word, not the letters of an id
NAMES = ("Alexa", "Jingling", "English", "alexa", "hey jarvis", "hey mycroft", "okay nabu")
SAID = {
    "en": (
        "what can I say",
        "set a timer for five minutes",
        "which lights are on",
        "cancel all timers",
        "unlock the front door",
    ),
    "zh": ("我可以说什么", "设一个五分钟的计时器", "哪些灯开着", "取消所有计时器", "打开大门"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("size", SIZES)
def test_everything_fits_reads_and_has_a_name(browser: Browser, hub: RunningHub, size: str, language: str) -> None:
    with screen_of(browser, hub.url, size, language) as screen:
        _sound(screen, language)
        for text in SAID[language]:
            screen.say(text)
            expect(screen.part("heard")).to_contain_text(text)
            expect(screen.part("answer")).to_be_visible()
            _sound(screen, language)
        screen.part("confirm-no").click()
        screen.part("settings").click()
        expect(screen.part("settings-box")).to_be_visible()
        _sound(screen, language)
        assert screen.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser: Browser, hub: RunningHub, theme: str) -> None:
    with screen_of(browser, hub.url) as screen:
        screen.page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        expect(screen.page.locator("html")).to_have_attribute("data-theme", theme)
        screen.say(SAID["en"][-1])
        expect(screen.part("confirm-yes")).to_be_visible()
        screen.page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
        assert screen.page.evaluate(CONTRAST) == []


def test_the_page_lets_in_nothing_from_elsewhere(browser: Browser, hub: RunningHub) -> None:
    page = browser.new_page()
    answer = page.goto(hub.url)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    for part in ("default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["permissions-policy"].startswith("microphone=(self)")
    page.close()


def test_suggestions_come_from_all_skills(browser: Browser, hub: RunningHub) -> None:
    for language in LOCALES:
        with screen_of(browser, hub.url, language=language) as screen:
            snapshot = screen.tape.messages("snapshot")[0]
            shown = screen.part("suggestion").count()
            assert len({each["skill"] for each in snapshot["suggestions"][:shown]}) >= 4


def _sound(screen: Screen, language: str) -> None:
    """Nothing to scroll sideways, no nameless control, and in Mandarin no English left over."""
    assert screen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert _nameless(screen) == []
    if language == "zh":
        assert screen.page.evaluate(_WORDS, [ENGLISH, list(NAMES)]) == []


def _nameless(screen: Screen) -> list[str]:
    """By the browser's own accessibility tree."""
    session = screen.page.context.new_cdp_session(screen.page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    shown = [node for node in nodes if not node.get("ignored") and node["role"]["value"] in CONTROLS]
    assert len(shown) > 5
    return [str(node["role"]["value"]) for node in shown if not node.get("name", {}).get("value", "").strip()]


_WORDS = """([pattern, allowed]) => {
  const found = [], walk = (root) => {
    for (const each of root.querySelectorAll('*')) {
      if (each.shadowRoot) walk(each.shadowRoot);
      if (['STYLE', 'SCRIPT', 'NOSCRIPT'].includes(each.tagName)) continue;
      const own = [...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data);
      for (const text of [...own, each.getAttribute('aria-label') ?? '', each.getAttribute('placeholder') ?? '']) {
        const left = allowed.reduce((rest, name) => rest.replaceAll(name, ''), text);
        if (!each.closest('[lang=en]') && new RegExp(pattern).test(left)) found.push(text.trim());
      }
    }
  };
  walk(document.body);
  return found;
}"""
