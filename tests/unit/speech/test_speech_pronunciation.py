import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.speech.engines.pronunciation import pronounce, sounds

PHONES = set(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905
)


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("jingling", "JH IH NG L IH NG"),
        ("zigbee", "Z IH G B IY"),
        ("light", "L AY T"),
        ("phone", "F OW N"),
        ("knob", "N AA B"),
        ("station", "S T AE SH AH N"),
    ],
)
def test_a_word_sounds_about_right(word: str, phones: str) -> None:
    assert pronounce(word) == phones


@given(st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=20))
def test_every_word_with_letters_has_only_real_phones(word: str) -> None:
    phones = pronounce(word)
    if any(letter.isalpha() for letter in word):
        assert phones is not None
        assert set(phones.split()) <= PHONES
    else:
        assert phones is None


def test_what_has_no_letters_is_not_said() -> None:
    assert pronounce("3000") is None


def test_the_dictionary_comes_first_with_all_its_ways() -> None:
    dictionary = ["tomato T AH M EY T OW", "tomato(2) T AH M AA T OW", "tom T AA M"]
    assert sounds({"tomato"}, dictionary) == {"tomato": ("T AH M EY T OW", "T AH M AA T OW")}


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("sun-shade", "S AH N SH EY D"),
        ("sunshade", "S AH N SH EY D"),
        ("shades", "SH EY D Z"),
        ("sun's", "S AH N Z"),
        ("sun-qix", "S AH N K IH K S"),
    ],
)
def test_unknown_words_are_put_together_from_known_ones(word: str, phones: str) -> None:
    assert sounds({word}, ["sun S AH N", "shade SH EY D"]) == {word: (phones,)}


def test_a_word_that_cannot_be_said_has_no_sound() -> None:
    assert sounds({"3000", "灯"}, []) == {"3000": (), "灯": ()}
