from hypothesis import given
from hypothesis import strategies as st

from jingling.core.audio import AudioChunk
from jingling.speech.trimming import trimmed

STEP = 320


class Loud:
    """Takes any sound above silence for speech."""

    def process(self, chunk: AudioChunk) -> float:
        return 1.0 if any(chunk.pcm) else 0.0

    def reset(self) -> None: ...


def sound(*stretches: tuple[bool, float]) -> AudioChunk:
    return AudioChunk(b"".join((b"\1\1" if loud else bytes(2)) * round(16_000 * s) for loud, s in stretches))


def test_silence_around_speech_goes_but_for_a_margin() -> None:
    kept = trimmed(sound((False, 3.0), (True, 1.0), (False, 3.0)), Loud())
    assert abs(kept.seconds - 1.8) < 0.05
    assert kept.pcm.count(b"\1") == 32_000


def test_pauses_within_stay() -> None:
    kept = trimmed(sound((True, 0.5), (False, 2.0), (True, 0.5)), Loud())
    assert kept.seconds == 3.0


def test_silence_alone_is_nothing() -> None:
    assert trimmed(sound((False, 2.0)), Loud()).pcm == b""
    assert trimmed(AudioChunk(b"\1\1"), Loud()).pcm == b""


@given(st.lists(st.tuples(st.booleans(), st.floats(0.0, 0.6)), max_size=6))
def test_no_speech_is_ever_lost(stretches: list[tuple[bool, float]]) -> None:
    whole = sound(*stretches)
    steps = whole.pcm[: len(whole.pcm) // STEP * STEP]
    assert trimmed(whole, Loud()).pcm.count(b"\1") >= steps.count(b"\1")
