"""Text made even: widths, punctuation, symbols, polite words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.turn import Language
from jingling.language.text import barer, detect, even, tokens, without_edges


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("What's the time, please?", "What's the time please"),
        ("把灯打开，谢谢！", "把灯打开 谢谢"),
        ("ｓｅｔ ３０％", "set 30%"),
        ("7:30 p.m.", "7:30 pm"),
        ("1,000.5 ℃", "1000.5 °C"),
        ("lights 😀\x00 on…", "lights on"),
        ("the e-mail’s", "the e-mail's"),
        ("-5 degrees", "-5 degrees"),
        ("  \n\t ", ""),
        ("😀👍🏽", ""),
    ],
)
def test_text_is_made_even(written: str, made: str) -> None:
    assert even(written) == made


@given(st.text(max_size=80))
def test_even_text_stays_as_it_is(written: str) -> None:
    assert even(even(written)) == even(written)


@given(st.text(max_size=80))
def test_tokens_name_their_place(written: str) -> None:
    text = even(written)
    assert all(text[token.start : token.end].lower() == token.text for token in tokens(text))


@pytest.mark.parametrize(
    ("said", "language", "bare"),
    [
        ("could you please turn on the lamp", "en", "turn on the lamp"),
        ("turn on the lamp for me thanks", "en", "turn on the lamp"),
        ("please", "en", "please"),
        ("请帮我打开灯吧", "zh", "打开灯"),
        ("麻烦你把灯关了谢谢", "zh", "把灯关了"),
    ],
)
def test_polite_words_at_the_edges_are_taken_off(said: str, language: Language, bare: str) -> None:
    assert without_edges(said, language) == bare


def test_polite_words_within_are_taken_out_last() -> None:
    assert "打开灯" in barer("打开一下灯", "zh")


@pytest.mark.parametrize(("text", "language"), [("打开 light", "zh"), ("hello", "en"), ("", "en"), ("12", "en")])
def test_the_language_is_told_by_its_script(text: str, language: str) -> None:
    assert detect(text) == language
