"""The hub's page in the distribution's Chromium, and all that goes over its socket."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright, WebSocket, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
)
PATIENCE_MS = 30_000
LOOK_MS = 20
BYTES_PER_S = 32_000
SIZES = {"kiosk": (1024, 600), "phone": (390, 844)}
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
expect.set_options(timeout=PATIENCE_MS)


class Tape:
    """What a page said and got, in order: messages as objects, sound from the hub as type `sound`."""

    def __init__(self, page: Page) -> None:
        self.got: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        self.spoken_bytes = 0
        page.on("websocket", self._opened)

    def messages(self, kind: str) -> list[dict[str, Any]]:
        return [each for each in self.got if each["type"] == kind]

    def played_bytes(self, stream: int) -> int:
        return sum(each["bytes"] for each in self.messages("sound") if each["stream"] == stream)

    @property
    def spoken_s(self) -> float:
        return self.spoken_bytes / BYTES_PER_S

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)
        socket.on("framesent", self._went)

    def _received(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            self.got.append(json.loads(frame))
        else:
            stream = int.from_bytes(frame[:4], "little")
            self.got.append({"type": "sound", "stream": stream, "bytes": len(frame) - 4})

    def _went(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            self.sent.append(json.loads(frame))
        else:
            self.spoken_bytes += len(frame)


class Screen:
    """One open page. `complaints` are errors and broken policies that the browser reported."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tape = Tape(page)
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, url: str) -> None:
        self.page.goto(url)
        expect(self.part("text")).to_be_visible()

    def part(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def tile(self, thing_id: str) -> Locator:
        return self.page.locator("aside").get_by_test_id(f"thing-{thing_id}")

    def state(self, thing_id: str) -> Locator:
        return self.tile(thing_id).get_by_test_id("state")

    def card(self, kind: str) -> Locator:
        return self.page.locator(f"[data-testid=card][data-kind={kind}]")

    def say(self, text: str) -> None:
        self.part("text").fill(text)
        self.part("text").press("Enter")

    def in_phase(self, phase: str) -> None:
        expect(self.part("phase")).to_have_attribute("data-phase", phase)

    def until(self, happened: Callable[[], object], what: str) -> None:
        """Wait for something that is heard on the wire rather than seen."""
        for _ in range(PATIENCE_MS // LOOK_MS):
            if happened():
                return
            self.page.wait_for_timeout(LOOK_MS)
        raise AssertionError(f"waited {PATIENCE_MS // 1000} s in vain for {what}; got {self.tape.got[-8:]}")


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = launch(driver, *arguments)
        yield browser
        browser.close()


def launch(driver: Playwright, *arguments: str) -> Browser:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "The tests of the page need Chromium: `make test` installs it, or says how."
    return driver.chromium.launch(executable_path=found, args=[*ARGUMENTS, *arguments])


def microphone(sound: Path) -> tuple[str, ...]:
    """Chromium's arguments for a microphone that says `sound` once, and then nothing more."""
    return (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}%noloop",
    )


@contextmanager
def screen_of(browser: Browser, url: str, size: str = "kiosk", language: str = "en") -> Iterator[Screen]:
    """A page in a context of its own: to the hub, another screen."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=LOCALES[language])
    context.set_default_timeout(PATIENCE_MS)
    screen = Screen(context.new_page())
    screen.open(url)
    try:
        yield screen
    finally:
        context.close()
