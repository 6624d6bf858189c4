"""How long a silence has to be, by what was said before it."""

import pytest

from jingling.core.audio import AudioChunk
from jingling.speech.base import Partial
from jingling.speech.endpointing import (
    Change,
    Endpointer,
    EndpointingSettings,
    SpeechEnded,
    SpeechPaused,
    SpeechResumed,
)

STEP = AudioChunk(bytes(640))
SETTINGS = EndpointingSettings()
SPOKEN_S = 1.0


def words(complete: bool, further: bool, at_s: float = 9.0) -> Partial:
    return Partial("turn on the light", "en", at_s, complete, further)


def spoken(settings: EndpointingSettings = SETTINGS) -> Endpointer:
    """Somebody has spoken for a second."""
    endpointer = Endpointer(settings)
    for _ in range(round(SPOKEN_S / STEP.seconds)):
        endpointer.feed(STEP, 0.9)
    return endpointer


def silence_needed(endpointer: Endpointer, partial: Partial | None) -> float:
    for steps in range(1, 200):
        change = endpointer.feed(STEP, 0.0, partial)
        if isinstance(change, SpeechEnded):
            assert change.reason == "silence" and change.silent_s == pytest.approx(steps * STEP.seconds)
            return steps * 20.0
    raise AssertionError("it never ended")


@pytest.mark.parametrize(
    ("partial", "needed_ms"),
    [
        (words(complete=True, further=False), SETTINGS.complete_ms),
        (words(complete=True, further=True), SETTINGS.open_ms),
        (words(complete=False, further=True), SETTINGS.unfinished_ms),
        (None, SETTINGS.silence_ms),
    ],
)
def test_the_words_tell_how_long_a_silence_is_the_end(partial: Partial | None, needed_ms: int) -> None:
    assert needed_ms <= silence_needed(spoken(), partial) < needed_ms + 20


@pytest.mark.parametrize("text", ["turn on the light " * 3, "把客厅的灯和卧室的灯都打开然后把窗帘拉上吧"])
def test_who_has_said_much_is_waited_for_less(text: str) -> None:
    much = Partial(text.strip(), "en", 9.0, complete=True, open=True)
    assert silence_needed(spoken(), much) < silence_needed(spoken(), words(complete=True, further=True)) - 100


def test_words_that_leave_out_the_latest_voice_tell_nothing() -> None:
    stale = words(complete=True, further=False, at_s=SPOKEN_S / 2)
    assert silence_needed(spoken(), stale) >= SETTINGS.silence_ms


def test_a_pause_is_told_once_and_so_is_its_end() -> None:
    endpointer, found = spoken(), list[Change]()
    whole = words(complete=True, further=True)
    for probability, steps in ((0.0, 12), (0.9, 10), (0.0, 12)):
        changes = (endpointer.feed(STEP, probability, whole) for _ in range(steps))
        found += [change for change in changes if change is not None]
    assert [type(change) for change in found] == [SpeechPaused, SpeechResumed, SpeechPaused]
    resumed = found[1]
    assert isinstance(resumed, SpeechResumed)
    assert resumed.audio.seconds == pytest.approx(SPOKEN_S + 0.24 + 0.02)


def test_half_a_sentence_is_no_pause() -> None:
    endpointer = spoken()
    unfinished = words(complete=False, further=True)
    assert all(endpointer.feed(STEP, 0.0, unfinished) is None for _ in range(40))
