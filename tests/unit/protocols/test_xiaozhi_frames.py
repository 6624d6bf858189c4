"""Whatever is packed comes out again, and whatever is no frame is said to be none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.errors import BadInput
from jingling.protocols.xiaozhi.frames import PACKET_BYTES_MAX, Version, pack, unpack, version_of

versions = st.sampled_from([1, 2, 3])
packets = st.binary(min_size=1, max_size=PACKET_BYTES_MAX)


@given(versions, packets, st.integers(0, 2**40))
def test_a_packet_comes_out_as_it_went_in(version: Version, packet: bytes, stamp_ms: int) -> None:
    assert unpack(version, pack(version, packet, stamp_ms)) == packet


@given(versions, st.binary(max_size=6_000))
def test_no_frame_does_more_than_raise_bad_input(version: Version, frame: bytes) -> None:
    try:
        packet = unpack(version, frame)
    except BadInput:
        return
    assert 0 < len(packet) <= PACKET_BYTES_MAX
    assert frame.endswith(packet)


def test_the_heads_are_in_network_byte_order() -> None:
    assert pack(2, b"abc", 0x01020304) == b"\0\2\0\0\0\0\0\0\1\2\3\4\0\0\0\3abc"
    assert pack(3, b"abc") == b"\0\0\0\3abc"
    assert pack(1, b"abc") == b"abc"


@pytest.mark.parametrize(
    ("version", "frame", "problem"),
    [
        (1, b"", "empty"),
        (1, b"x" * (PACKET_BYTES_MAX + 1), "the most is"),
        (2, b"\0\2\0\0", "at least 16"),
        (2, b"\0\2\0\1\0\0\0\0\0\0\0\0\0\0\0\1x", "no sound"),
        (2, b"\0\2\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xffx", "says 4294967295"),
        (3, b"\0\0\0\2x", "says 2 bytes and has 1"),
        (3, b"\0\0\0\0", "empty"),
    ],
)
def test_what_is_wrong_is_said(version: Version, frame: bytes, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        unpack(version, frame)


def test_an_unknown_version_is_taken_as_the_first() -> None:
    assert [version_of(number) for number in (1, 2, 3, 0, 7, "3", None)] == [1, 2, 3, 1, 1, 1, 1]
