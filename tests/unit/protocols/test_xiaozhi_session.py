"""What a board's frames mean, one after the other."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.xiaozhi_host import hello, listen
from jingling.core.errors import BadInput
from jingling.protocols.xiaozhi import messages
from jingling.protocols.xiaozhi.session import (
    Aborted,
    BoardSession,
    Called,
    Greeted,
    Left,
    ListeningBegan,
    ListeningEnded,
    Pinged,
    Sound,
    Woken,
    Wrote,
)


def said(message: dict[str, Any]) -> str:
    return msgspec.json.encode(message).decode()


@pytest.fixture
def session() -> BoardSession:
    session = BoardSession()
    session.take(said(hello()))
    return session


def test_hello_comes_first_and_once() -> None:
    session = BoardSession()
    for early in (said(listen("start")), b"opus", said({"type": "abort"})):
        with pytest.raises(BadInput):
            session.take(early)
    assert isinstance(session.take(said(hello(3))), Greeted)
    assert session.version == 3
    with pytest.raises(BadInput, match="already"):
        session.take(said(hello()))


def test_a_hello_without_a_version_keeps_that_of_the_header() -> None:
    session = BoardSession(2)
    session.take('{"type":"hello","transport":"websocket"}')
    assert session.version == 2


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        (listen("start", mode="manual"), ListeningBegan("manual")),
        (listen("start", mode="realtime", session_id=""), ListeningBegan("realtime")),
        (listen("start", mode="auto_stop"), ListeningBegan("auto")),
        (listen("stop"), ListeningEnded()),
        (listen("detect", text="what time is it"), Wrote("what time is it")),
        (listen("detect", text="你好小智"), Woken()),
        (listen("detect", text="Hi, ESP"), Woken()),
        ({"type": "abort", "reason": "wake_word_detected"}, Aborted("wake_word_detected")),
        ({"type": "abort", "reason": None}, Aborted()),
        ({"type": "mcp", "payload": {"id": 1}}, Called({"id": 1})),
        ({"type": "ping"}, Pinged()),
        ({"type": "goodbye"}, Left()),
        ({"type": "iot", "update": True, "states": []}, None),
        ({"type": "something new"}, None),
    ],
)
def test_messages(session: BoardSession, message: dict[str, Any], meaning: object) -> None:
    assert session.take(said(message)) == meaning


def test_what_is_told_after_the_sound_of_a_wake_word_is_that_word(session: BoardSession) -> None:
    assert session.take(b"opus") == Sound(b"opus")
    assert session.take(said(listen("detect", text="my own phrase"))) == Woken()
    session.take(said(listen("start")))
    session.take(b"opus")
    assert session.take(said(listen("detect", text="lights on"))) == Wrote("lights on")


@given(st.one_of(st.text(), st.binary()))
def test_nothing_does_more_than_raise_bad_input(frame: str | bytes) -> None:
    session = BoardSession()
    session.take(said(hello()))
    try:
        session.take(frame)
    except BadInput:
        return


@pytest.mark.parametrize(
    "text", ["", "[]", "1", '"hello"', '{"type":7}', "{" * 50_000, '{"type":"mcp","payload":3}']
)
def test_what_is_no_message_is_bad_input(session: BoardSession, text: str) -> None:
    with pytest.raises(BadInput):
        session.take(text)


def test_a_huge_message_is_bad_input(session: BoardSession) -> None:
    with pytest.raises(BadInput, match="the most is"):
        session.take(said(listen("detect", text="x" * messages.TEXT_BYTES_MAX)))


def test_the_hubs_hello_names_its_transport() -> None:
    """Firmware crashes when the key is missing."""
    assert msgspec.json.decode(messages.hello("abc", 1)) == {
        "type": "hello",
        "version": 1,
        "transport": "websocket",
        "session_id": "abc",
        "audio_params": {"format": "opus", "sample_rate": 24_000, "channels": 1, "frame_duration": 60},
    }
