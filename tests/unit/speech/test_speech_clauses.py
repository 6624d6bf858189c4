import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.speech.clauses import CLAUSE_CHARS_MAX, clauses


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ["One.", " Two!", " Three?"]),
        ("It is 21.5 degrees, Dr. Fox. Good.", ["It is 21.5 degrees, Dr. Fox.", " Good."]),
        ("灯开了。门关了！好吗？", ["灯开了。", "门关了！", "好吗？"]),
        ("“走吧。”他说。", ["“走吧。”", "他说。"]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_a_text_is_cut_where_a_sentence_ends(text: str, pieces: list[str]) -> None:
    assert list(clauses(text)) == pieces


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    pieces = list(clauses("and then we went to the sea, " * 20))
    assert len(pieces) > 3 and all(piece.rstrip().endswith(",") for piece in pieces)
    assert next(iter(clauses("1,234 " * 60))).endswith(" ")


@given(st.text("ab.。!,， \n", max_size=600))
def test_nothing_is_lost_and_nothing_is_long(text: str) -> None:
    pieces = list(clauses(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= CLAUSE_CHARS_MAX + 8 or not piece.strip(".。!\n") for piece in pieces)
