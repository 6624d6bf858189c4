"""Fillers, repetitions and what is taken back."""

import pytest

from jingling.language.ear.tongue import corrected, edges


def skipped(text: str) -> dict[tuple[int, int], float]:
    words = text.split() if text.isascii() else list(text)
    return {(edge.start, edge.end): edge.cost for edge in edges(words) if not edge.words}


def best(text: str) -> list[str]:
    words = text.split() if text.isascii() else list(text)
    joiner = " " if text.isascii() else ""
    return [joiner.join(one.words) for one in corrected(words)]


def test_sounds_cost_less_than_words_that_may_mean_something() -> None:
    found = skipped("um play you know like jazz")
    assert 0 < found[0, 1] < found[2, 4]
    assert (4, 5) in found
    assert (1, 2) not in found
    assert skipped("嗯那个打开")[1, 3] > skipped("嗯那个打开")[0, 1]


def test_what_is_said_twice_is_skipped_once() -> None:
    found = skipped("turn on turn on the the lamp")
    assert (0, 2) in found
    assert (4, 5) in found
    assert (0, 2) in skipped("打开打开灯")


def test_a_number_said_twice_may_be_another_number() -> None:
    assert skipped("eight eight seconds")[0, 1] > skipped("the the seconds")[0, 1] + 0.3
    assert (0, 2) not in skipped("三筛三")


def test_a_false_start_is_skipped() -> None:
    assert (0, 2) in skipped("the ki the kitchen")


def test_what_was_taken_back_is_gone_and_what_was_said_instead_stays() -> None:
    assert "turn on the kitchen light" in best("turn on the bed no the kitchen light")
    assert "set it to thirty percent" in best("set it to twenty no thirty percent")
    assert "turn off the lamp" in best("turn on no i mean turn off the lamp")
    assert "turn on the ceiling lamp" in best("turn on the desk lamp no wait uh the ceiling")
    assert "打开客厅的灯" in best("打开卧室不对客厅的灯")
    assert "打开客厅的灯" in best("打开卧室的灯不对我是说客厅")


@pytest.mark.parametrize("text", ["turn on the desk lamp no the hall lamp", "打开书桌灯不对门厅灯"])
def test_the_likeliest_correction_takes_as_much_back_as_is_said_instead(text: str) -> None:
    likeliest = best(text)[0]
    assert likeliest in ("turn on the hall lamp", "打开门厅灯")


@pytest.mark.parametrize(
    "text", ["no", "no thanks", "turn on the lamp no", "turn on the lamp", "不对", "现在热不热"]
)
def test_without_anything_before_or_after_nothing_is_taken_back(text: str) -> None:
    assert best(text) == []


def test_long_nonsense_has_few_corrections() -> None:
    assert len(corrected(["no", "lamp"] * 100)) <= 40
