from hypothesis import given
from hypothesis import strategies as st

from jingling.core.audio import AudioChunk
from jingling.speech.endpointing import Endpointer, EndpointingSettings, SpeechEnded, SpeechStarted

CHUNK_S = 0.02
Change = SpeechStarted | SpeechEnded


def chunk(number: int = 0) -> AudioChunk:
    return AudioChunk(number.to_bytes(2, "little") * 320)


def changes(endpointer: Endpointer, *stretches: tuple[float, float]) -> list[Change]:
    """What comes of stretches of (probability, seconds)."""
    found = []
    for probability, seconds in stretches:
        for _ in range(round(seconds / CHUNK_S)):
            change = endpointer.feed(chunk(), probability)
            found += [change] if change else []
    return found


def test_speech_between_silences_is_one_utterance_with_its_lead_in() -> None:
    started, ended = changes(Endpointer(), (0.0, 2.0), (0.9, 1.0), (0.0, 2.0))
    assert isinstance(started, SpeechStarted) and isinstance(ended, SpeechEnded)
    assert started.at_s <= 2.0 - 0.3
    assert ended.reason == "silence"
    assert abs(ended.at_s - 3.7) < 2 * CHUNK_S
    assert abs(ended.audio.seconds - (ended.at_s - started.at_s)) < 1e-6


def test_a_pause_shorter_than_the_silence_does_not_end_it() -> None:
    _, ended = changes(Endpointer(), (0.9, 0.5), (0.0, 0.6), (0.9, 0.5), (0.0, 1.0))
    assert isinstance(ended, SpeechEnded)
    assert ended.audio.seconds > 2.2


def test_a_click_is_no_speech() -> None:
    assert changes(Endpointer(), *[(0.9, 0.06), (0.0, 0.5)] * 10) == []


def test_an_endless_talker_is_cut_at_the_limit() -> None:
    endpointer = Endpointer(EndpointingSettings(seconds_max=3.0))
    _, ended = changes(endpointer, (0.9, 3.0))
    assert isinstance(ended, SpeechEnded)
    assert ended.reason == "too_long"
    assert abs(ended.audio.seconds - 3.0) < 2 * CHUNK_S


def test_patience_ends_when_nobody_speaks() -> None:
    endpointer = Endpointer(EndpointingSettings(patience_seconds=4.0))
    (ended,) = changes(endpointer, (0.1, 4.5))
    assert isinstance(ended, SpeechEnded)
    assert (ended.reason, ended.audio.pcm) == ("nothing", b"")


def test_hesitant_speech_is_not_cut_by_hysteresis() -> None:
    started, *rest = changes(Endpointer(), (0.9, 0.4), (0.4, 3.0))
    assert isinstance(started, SpeechStarted)
    assert rest == []


def test_what_was_being_said_is_not_lost_when_the_sound_ends() -> None:
    endpointer = Endpointer()
    changes(endpointer, (0.0, 1.0), (0.9, 1.0))
    ended = endpointer.finish()
    assert ended.reason == "silence"
    assert ended.audio.seconds >= 1.3 - CHUNK_S


probabilities = st.lists(st.tuples(st.floats(0, 1), st.floats(0.02, 2.0)), max_size=12)


@given(probabilities)
def test_starts_and_ends_alternate_and_bound_the_sound_kept(stretches: list[tuple[float, float]]) -> None:
    settings = EndpointingSettings(seconds_max=5.0)
    found = changes(Endpointer(settings), *stretches)
    kinds = [type(change) for change in found]
    assert kinds == [SpeechStarted, SpeechEnded] * (len(kinds) // 2) + [SpeechStarted] * (len(kinds) % 2)
    for change in found:
        if isinstance(change, SpeechEnded):
            assert change.audio.seconds <= settings.seconds_max + CHUNK_S


@given(probabilities)
def test_the_same_sound_after_a_reset_gives_the_same_ends(stretches: list[tuple[float, float]]) -> None:
    endpointer = Endpointer()
    first = changes(endpointer, *stretches)
    endpointer.reset()
    assert changes(endpointer, *stretches) == first
