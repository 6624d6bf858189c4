"""What leaves a speaker, when, and what it plays."""

from collections.abc import Sequence

import pytest

from jingling.core.audio import AudioChunk
from jingling.screen.messages import AnswerText, AudioEnd, AudioStart, PhaseUpdate, StartListening, Stop, StopTurn
from jingling.speaker.box import Action, Box, Earcon, PlaySound, SendSound, Silence, Tell
from jingling.speech.base import Detection

SOUND = AudioChunk(b"\1\2" * 640)
WAKE = AudioChunk(b"\7\7" * 640)


class Ear:
    """Hears the wake word in one certain sound."""

    words: tuple[str, ...] = ("alexa",)

    def process(self, chunk: AudioChunk) -> Sequence[Detection]:
        return [Detection("alexa", 1.0)] if chunk == WAKE else []

    def reset(self) -> None:
        pass


@pytest.fixture
def box() -> Box:
    box = Box("speaker-1", "en", Ear())
    box.joined()
    return box


def _answer(expects: bool = False) -> AnswerText:
    return AnswerText("t1", "hello", "en", expects)


def _speaking(box: Box) -> Sequence[Action]:
    box.message(PhaseUpdate("t1", "speaking"))
    box.message(AudioStart("t1", 7, 22_050))
    return box.sound((7).to_bytes(4, "little") + b"\1\1")


def test_nothing_leaves_before_the_wake_word(box: Box) -> None:
    assert [box.microphone(SOUND) for _ in range(5)] == [[]] * 5


def test_after_the_wake_word_sound_goes_out_until_the_hub_has_heard_enough(box: Box) -> None:
    assert box.microphone(WAKE) == [Silence(), Tell(Stop("wake")), Tell(StartListening("open", "alexa"))]
    assert box.microphone(SOUND) == [SendSound(SOUND.pcm)]
    box.message(PhaseUpdate("t1", "thinking"))
    assert box.microphone(SOUND) == []


def test_sound_is_sent_in_even_pieces(box: Box) -> None:
    box.microphone(WAKE)
    assert box.microphone(AudioChunk(b"\1\2" * 700)) == [SendSound(b"\1\2" * 640)]
    assert box.microphone(AudioChunk(b"\1\2" * 580)) == [SendSound(b"\1\2" * 640)]


def test_the_mark_sounds_when_the_hub_listens_to_this_speaker(box: Box) -> None:
    box.microphone(WAKE)
    assert box.message(PhaseUpdate("", "listening")) == [Earcon("listening")]


def test_another_speaker_that_was_first_keeps_this_one_silent(box: Box) -> None:
    box.microphone(WAKE)
    assert box.message(PhaseUpdate("", "idle")) == []
    assert box.microphone(SOUND) == []


def test_an_answer_is_played(box: Box) -> None:
    assert _speaking(box) == [PlaySound(AudioChunk(b"\1\1", 22_050))]


def test_nothing_of_a_stopped_answer_is_played(box: Box) -> None:
    _speaking(box)
    assert box.message(StopTurn("t1")) == [Silence()]
    assert box.sound((7).to_bytes(4, "little") + b"\1\1") == []


def test_another_stream_than_the_announced_one_is_not_played(box: Box) -> None:
    _speaking(box)
    assert box.sound((8).to_bytes(4, "little") + b"\1\1") == []
    assert box.sound(b"\7") == []


def test_the_wake_word_cuts_an_answer(box: Box) -> None:
    _speaking(box)
    assert box.microphone(WAKE)[0] == Silence()


def test_a_question_is_listened_to_once_it_has_been_heard(box: Box) -> None:
    box.message(_answer(expects=True))
    box.message(AudioEnd("t1", 7))
    assert box.played_out() == [Tell(StartListening("open", ""))]
    assert box.played_out() == []


def test_a_plain_answer_is_not_followed_by_listening(box: Box) -> None:
    box.message(_answer())
    assert box.played_out() == []


def test_without_the_hub_the_wake_word_is_told_so(box: Box) -> None:
    box.microphone(WAKE)
    assert box.lost() == [Silence()]
    assert box.microphone(SOUND) == []
    assert box.microphone(WAKE) == [Earcon("away")]
    box.message(_answer(expects=True))
    assert box.played_out() == []
