"""In which language somebody types."""

import pytest

from jingling.core.turn import Language
from jingling.server.text import typed_language


@pytest.mark.parametrize(
    ("text", "screen", "language"),
    [
        ("打开落地灯", "en", "zh"),
        ("turn on the lamp", "zh", "en"),
        ("打开 kitchen 的灯", "en", "zh"),
        ("turn on the 落地灯", "zh", "en"),
        ("OK", "zh", "zh"),
        ("OK", "en", "en"),
        ("OK吧", "en", "zh"),
        ("2", "zh", "zh"),
        ("“打开灯”", "en", "zh"),
    ],
)
def test_what_is_typed_says_in_which_language_it_is(text: str, screen: Language, language: Language) -> None:
    assert typed_language(text, screen) == language
