"""When a guess is acted on, when it is asked about, and when nothing was meant."""

from jingling.core.turn import Intent
from jingling.language.base import Reading
from jingling.language.ear.judge import ASK_MAX, SURE_MAX, judged


def reading(text: str, cost: float, name: str = "", free: int = 0) -> Reading:
    return Reading(Intent("shop.do", {"name": name or text}), text, cost, free)


def test_a_near_guess_that_stands_alone_is_acted_on_but_never_as_sure_as_a_word() -> None:
    found = judged([reading("paint the fence", 0.1)], "paint the fents")
    assert not found.unsure
    assert found.intent is not None
    assert found.intent.confidence < 0.8


def test_a_far_guess_is_asked_about_and_one_too_far_is_none() -> None:
    assert judged([reading("paint the fence", SURE_MAX + 0.01)], "paint the hens").unsure
    assert not judged([reading("paint the fence", ASK_MAX + 0.01)], "paint the hens").readings


def test_two_near_guesses_are_asked_about_and_two_ways_to_the_same_are_not() -> None:
    near = [reading("paint the fence", 0.1), reading("paint the bench", 0.13)]
    assert judged(near, "paint the bence").unsure
    assert not judged([*near[:1], reading("paint a fence", 0.12, "paint the fence")], "paint the fents").unsure
    assert not judged([*near[:1], reading("paint the tent", 0.4)], "paint the fents").unsure


def test_numbers_must_be_further_apart() -> None:
    heard = "paint sefty fences"
    close = [reading("paint fifty fences", 0.1), reading("paint sixty fences", 0.22)]
    assert judged(close, heard).unsure
    assert judged([close[0], reading("paint fifty benches", 0.22)], heard).unsure is False


def test_what_would_do_the_opposite_is_always_asked_about() -> None:
    assert judged([reading("close the shop", 0.05)], "open the shop").unsure
    assert judged([reading("unlock the shop", 0.05)], "onlock the shop").unsure
    assert judged([reading("解锁", 0.05)], "节锁").unsure
    assert not judged([reading("打开店门", 0.05)], "大开店门").unsure
    assert judged([reading("turn off the sign", 0.2)], "turn of the sign").unsure
    assert not judged([reading("打开 shop", 0.03)], "turn on shop").unsure


def test_a_guess_of_which_no_word_was_heard_is_worth_less() -> None:
    assert judged([reading("paint fence", 0.2)], "pent fents").unsure
    assert judged([reading("thanks a fence", 0.2)], "thanks a lot").unsure


def test_free_words_stand_unless_a_guess_is_near() -> None:
    loose = reading("call it fents", 0.15, free=1)
    exact = reading("call it fents", 0.0, free=1)
    assert judged([loose], "call it fents", [exact]).readings == (exact,)
    better = judged([reading("call it fence", 0.1), loose], "call it fents", [exact])
    assert better.readings[0].text == "call it fence"
    assert not better.unsure
    worse = judged([loose, reading("call it fence", 0.3)], "call it fents", [exact])
    assert worse.unsure
    assert worse.readings[0].text == "call it fence"
    assert not judged([loose, reading("call it fence", 0.6)], "call it fents", [exact]).unsure


def test_a_measure_among_a_few_free_words_was_misheard() -> None:
    found = judged([], "stop the sucks minutes timer", [reading("stop", 0.0, "sucks minutes", free=2)])
    assert found.unsure


def test_nothing_heard_is_nothing_meant() -> None:
    assert judged([], "").readings == ()
    assert not judged([], "hm").unsure
