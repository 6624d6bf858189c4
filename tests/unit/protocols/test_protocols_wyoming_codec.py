"""Our codec against the `wyoming` package's own reader and writer."""

import asyncio
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wyoming.event import Event as TheirEvent
from wyoming.event import async_read_event, read_event, write_event

from jingling.core.errors import BadInput
from jingling.protocols.wyoming.codec import (
    DATA_BYTES_MAX,
    LINE_BYTES_MAX,
    PAYLOAD_BYTES_MAX,
    Decoder,
    Event,
    encode,
)

plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3),
    max_leaves=8,
)
events = st.builds(
    Event,
    st.text("abc-", min_size=1, max_size=12),
    st.dictionaries(plain, values, max_size=4),
    st.binary(max_size=64),
)


@given(st.lists(events, max_size=4), st.integers(1, 50))
def test_what_their_writer_writes_is_read_in_any_pieces(sent: list[Event], size: int) -> None:
    wire = io.BytesIO()
    for event in sent:
        write_event(TheirEvent(event.type, dict(event.data), event.payload), wire)
    decoder, got = Decoder(), []
    for start in range(0, len(wire.getvalue()), size):
        got += decoder.feed(wire.getvalue()[start : start + size])
    assert got == sent


@given(events)
def test_their_readers_read_what_is_written(event: Event) -> None:
    read = read_event(io.BytesIO(encode(event)))
    assert read is not None
    assert (read.type, read.data, read.payload or b"") == (event.type, event.data, event.payload)


async def test_their_stream_reader_reads_one_event_after_the_other() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(encode(Event("a", {"x": 1}, b"\n\n")) + encode(Event("b")))
    reader.feed_eof()
    read: list[Any] = [
        await async_read_event(reader),
        await async_read_event(reader),
        await async_read_event(reader),
    ]
    assert [one and one.type for one in read] == ["a", "b", None]


def test_data_after_the_line_is_laid_over_data_in_it() -> None:
    line = b'{"type": "t", "data": {"a": 1, "b": 1}, "data_length": 8}\n{"b": 2}'
    assert Decoder().feed(line) == [Event("t", {"a": 1, "b": 2})]


def test_data_within_the_line_alone_is_taken() -> None:
    assert Decoder().feed(b'{"type": "ping", "data": {"text": "x"}}\n') == [Event("ping", {"text": "x"})]


@pytest.mark.parametrize(
    "line",
    [
        b"not json\n",
        b"[]\n",
        b'{"data": {}}\n',
        b'{"type": 5}\n',
        b'{"type": "t", "data_length": -1}\n',
        b'{"type": "t", "data_length": "9"}\n',
        b'{"type": "t", "data_length": 2}\n[]',
        b'{"type": "t\xff"}\n',
        b'{"type": "t", "data": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}\n",
    ],
)
def test_what_is_no_event_is_refused(line: bytes) -> None:
    with pytest.raises(BadInput):
        Decoder().feed(line)


@pytest.mark.parametrize(("part", "limit"), [("data", DATA_BYTES_MAX), ("payload", PAYLOAD_BYTES_MAX)])
def test_a_size_is_refused_before_any_of_it_is_kept(part: str, limit: int) -> None:
    head = {"type": "t", f"{part}_length": limit}
    assert Decoder().feed(json.dumps(head).encode() + b"\n") == []
    head[f"{part}_length"] = limit + 1
    with pytest.raises(BadInput, match=part):
        Decoder().feed(json.dumps(head).encode() + b"\n")


def test_a_line_without_end_is_refused() -> None:
    decoder = Decoder()
    decoder.feed(b"x" * LINE_BYTES_MAX)
    with pytest.raises(BadInput, match="line"):
        decoder.feed(b"x")


def test_what_is_no_json_is_not_sent() -> None:
    with pytest.raises(BadInput):
        encode(Event("t", {"a": object()}))
