import pytest

from jingling.speech.engines.decoding import Part, Path
from jingling.speech.engines.trust import trust


def path(score: float, *words: tuple[str, int]) -> Path:
    at, parts = 0, []
    for word, frames in words:
        parts.append(Part(word, at, at + frames, score / len(words)))
        at += frames
    return Path(" ".join(word for word, _ in words), score, tuple(parts))


SOUNDS = path(-4_000, ("SIL", 20), ("AH", 80))


def order(score: float) -> Path:
    return path(score, ("<sil>", 20), ("open", 30), ("it", 50))


@pytest.mark.parametrize("length", [4, 8, 20])
def test_what_fits_better_than_any_sounds_is_believed_more(length: int) -> None:
    good, middling, bad = (trust(order(score), SOUNDS, length, 12.0) for score in (-2_400, -4_000, -5_600))
    assert 1 >= good > 0.5
    assert good > middling > bad >= 0


def test_the_same_fit_means_more_in_a_long_sentence_and_in_noise() -> None:
    long = path(-12_600, ("open", 90), ("it", 150)), path(-12_000, ("AH", 240))
    short = path(-2_520, ("open", 18), ("it", 30)), path(-2_400, ("AH", 48))
    assert trust(*long, 24, 12.0) > 0.5 > trust(*short, 5, 12.0)
    assert trust(order(-3_900), SOUNDS, 12, 4.0) > trust(order(-3_900), SOUNDS, 12, 12.0)


def test_silence_alone_is_not_believed() -> None:
    assert trust(path(-100.0, ("<sil>", 100)), SOUNDS, 0, 12.0) == 0.0


def test_what_answers_a_question_is_believed_sooner() -> None:
    answer = path(-1_200, ("yes", 30))
    sounds = path(-1_170, ("AH", 30))
    assert trust(answer, sounds, 3, 10.0, expected=True) > 2 * trust(answer, sounds, 3, 10.0)


def test_many_sounds_in_little_time_are_believed_less() -> None:
    assert trust(order(-4_000), SOUNDS, 10, 8.0) > trust(
        path(-4_000, ("open", 50)), path(-4_000, ("AH", 50)), 10, 8.0
    )


@pytest.mark.parametrize("text", ["开 灯", "打 开 radio"])
def test_mandarin_may_fit_english_sounds_less_and_short_words_are_believed(text: str) -> None:
    def said(score: float) -> Path:
        return path(score, ("<sil>", 20), *((word, 80 // len(text.split())) for word in text.split()))

    near, far = said(-4_100)._replace(text=text), said(-5_600)._replace(text=text)
    assert trust(near, SOUNDS, 4, 12.0) > 0.5 > trust(far, SOUNDS, 4, 12.0)
    assert trust(order(-4_100), SOUNDS, 4, 12.0) < 0.5
