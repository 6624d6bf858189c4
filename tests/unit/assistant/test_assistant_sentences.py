"""A model's text, cut into what a voice can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.assistant.sentences import SENTENCE_CHARS_MAX, Sentences, speakable


def cut(*pieces: str) -> list[str]:
    cutter = Sentences()
    return [said for piece in pieces for said in cutter.feed(piece)] + cutter.end()


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["It is 3.5 degrees. ", "Take Dr. Li's coat!"], ["It is 3.5 degrees.", "Take Dr. Li's coat!"]),
        (["今天很", "冷。多穿", "一点！好吗？"], ["今天很冷。", "多穿一点！", "好吗？"]),
        (["One", "\n\n- two\n- three"], ["One", "two", "three"]),
        (["", " \n ", "!!!"], []),
        (["“Stop.” she said. 他说：“好。”走了"], ["“Stop.”", "she said.", "他说：“好。”", "走了"]),
    ],
)
def test_text_is_cut_at_the_ends_of_sentences(pieces: list[str], said: list[str]) -> None:
    assert cut(*pieces) == said


def test_a_sentence_is_given_as_soon_as_it_is_over() -> None:
    cutter = Sentences()
    assert cutter.feed("Dogs bark.") == []
    assert cutter.feed(" C") == ["Dogs bark."]
    assert cutter.begun


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("## **Bold** and `code` and _it_", "Bold and code and it"),
        ("See [the page](https://example.org/a?b=1) or https://example.org.", "See the page or"),
        ("Sunny ☀️ and warm 😀", "Sunny and warm"),
        ("```python\n", ""),
        ("snake_case stays, 21°C too", "snake_case stays, 21°C too"),
        ("> quoted", "quoted"),
        ("<script>alert</script>hi", "alerthi"),
    ],
)
def test_what_a_voice_cannot_say_is_left_out(written: str, said: str) -> None:
    assert speakable(written) == said


def test_endless_text_without_an_end_is_said_in_pieces() -> None:
    said = cut("word " * 500)
    assert len(said) > 5 and max(map(len, said)) <= SENTENCE_CHARS_MAX


@given(st.lists(st.text(max_size=40), max_size=8))
def test_how_text_is_split_on_its_way_changes_no_word(pieces: list[str]) -> None:
    assert "".join(cut(*pieces)).replace(" ", "") == "".join(cut("".join(pieces))).replace(" ", "")
