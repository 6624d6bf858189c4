"""A voice at the page's microphone, all the way to what the home does and says."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from screen_page import Screen, chromium, microphone, screen_of
from screen_speech import LEAD_S, recorded, recordings, silence, synthesised, write

from fakes.running_hub import RunningHub

ORDER = "d776ec0b-4171-45c1-8fe0-900c747e0b8d.flac"
WAKE = "107.flac"
ORDERED = ("sixteen ounce", "double shot", "iced mocha", "brown sugar")
PAUSE_S = 0.4

Speaking = Callable[[Path], Screen]


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Speaking]:
    """A fresh hub and its page, whose microphone says the sound of a file once it is opened."""
    with ExitStack() as held:

        def start(sound: Path) -> Screen:
            hub = held.enter_context(RunningHub(tmp_path / "hub"))
            return held.enter_context(spoken_to(hub, sound))

        yield start


@contextmanager
def spoken_to(hub: RunningHub, sound: Path) -> Iterator[Screen]:
    with chromium(*microphone(sound)) as browser, screen_of(browser, hub.url) as screen:
        yield screen


def test_an_order_spoken_after_a_tap_is_brewed_and_answered(speaking: Speaking, tmp_path: Path) -> None:
    screen = speaking(write(tmp_path / "order.wav", recorded(recordings("coffee/speech") / ORDER)))
    screen.part("talk").click()
    screen.in_phase("listening")
    _the_coffee_is_made(screen)
    assert [each["mode"] for each in screen.tape.sent if each["type"] == "listen"] == ["open"]
    assert screen.complaints == []


def test_an_order_spoken_while_holding_is_brewed_and_answered(speaking: Speaking, tmp_path: Path) -> None:
    order = recorded(recordings("coffee/speech") / ORDER)
    screen = speaking(write(tmp_path / "order.wav", order))
    screen.part("talk").hover()
    screen.page.mouse.down()
    screen.until(lambda: screen.tape.spoken_s > order.seconds + LEAD_S, "all of the recording")
    screen.page.mouse.up()
    _the_coffee_is_made(screen)
    assert [each["type"] for each in screen.tape.sent if each["type"].startswith("listen")] == [
        "listen",
        "listen_end",
    ]


def test_the_wake_word_and_an_order_need_no_hand(speaking: Speaking, tmp_path: Path) -> None:
    wake = recordings("wake/alexa") / WAKE
    order = recorded(recordings("coffee/speech") / ORDER)
    screen = speaking(write(tmp_path / "order.wav", recorded(wake), silence(PAUSE_S), order))
    screen.part("wake").click()
    expect(screen.part("wake")).to_have_attribute("aria-checked", "true")
    _the_coffee_is_made(screen)
    expect(screen.part("wake")).to_contain_text("Listening for “Alexa”")


def test_a_synthesised_sentence_turns_on_the_lamp(hub: RunningHub, tmp_path: Path) -> None:
    hub.ask("turn off the floor lamp")
    with spoken_to(hub, write(tmp_path / "lamp.wav", synthesised("turn on the floor lamp"))) as screen:
        expect(screen.tile("floor_lamp")).to_have_attribute("data-state", "off")
        screen.part("talk").click()
        expect(screen.part("heard")).to_contain_text("turn on the floor lamp")
        expect(screen.tile("floor_lamp")).to_have_attribute("data-state", "on")
        expect(screen.part("answer")).to_have_text("The floor lamp is on.")
        _it_spoke(screen)


def _the_coffee_is_made(screen: Screen) -> None:
    expect(screen.part("heard")).to_contain_text("iced mocha")
    for word in ORDERED:
        expect(screen.card("order")).to_contain_text(word)
    expect(screen.state("coffee_machine")).to_have_text("Heating")
    expect(screen.part("order")).to_have_attribute("data-state", "heating")
    expect(screen.part("answer")).to_contain_text("iced mocha")
    _it_spoke(screen)


def _it_spoke(screen: Screen) -> None:
    """Sound came, the page played it, and all is quiet again."""
    screen.in_phase("speaking")
    screen.in_phase("idle")
    streams = [each["stream"] for each in screen.tape.messages("audio_start")]
    assert streams and all(screen.tape.played_bytes(stream) > 8_000 for stream in streams)
    assert [each["stream"] for each in screen.tape.messages("audio_end")] == streams
