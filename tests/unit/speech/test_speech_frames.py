import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.speech.engines.frames import FrameSplitter, pack, read_frame, write_frame

values = st.fixed_dictionaries(
    {"id": st.integers(0, 1000)},
    optional={"text": st.text(max_size=20), "pcm": st.binary(min_size=1, max_size=40)},
)


@given(st.lists(values, max_size=5), st.integers(1, 30))
def test_frames_survive_being_cut_anywhere(sent: list[dict[str, object]], size: int) -> None:
    data = b"".join(map(pack, sent))
    splitter = FrameSplitter()
    received = []
    for at in range(0, len(data), size):
        splitter.feed(data[at : at + size])
        received += list(splitter.take())
    assert received == sent


def test_a_pipe_gives_back_what_was_written_and_then_none() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"id": 7, "pcm": b"\0\1"})
    pipe.seek(0)
    assert read_frame(pipe) == {"id": 7, "pcm": b"\0\1"}
    assert read_frame(pipe) is None


def test_a_pipe_that_breaks_in_mid_frame_has_ended() -> None:
    assert read_frame(io.BytesIO(pack({"a": 1})[:-1])) is None


def test_garbage_is_not_waited_for() -> None:
    splitter = FrameSplitter()
    splitter.feed(b"\xff\xff\xff\xffgarbage")
    with pytest.raises(ValueError, match="frame"):
        list(splitter.take())
