"""The home skill's replies stand in both languages, with the same fields."""

from pathlib import Path
from string import Formatter

import jingling.skills
from jingling.sdk.replies import read_replies
from jingling.skills.home.colors import HEX

FOLDER = Path(jingling.skills.__file__).parent / "home"
ENGLISH = read_replies(FOLDER / "replies.en.yaml")
CHINESE = read_replies(FOLDER / "replies.zh.yaml")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    assert ENGLISH.keys() == CHINESE.keys()


def test_chinese_needs_no_field_that_english_is_not_given() -> None:
    for key, saying in CHINESE.items():
        given = set().union(*(fields(text) for text in ENGLISH[key].other)) | {"count", "place"}
        assert set().union(*(fields(text) for text in saying.other)) <= given, key


def test_every_color_can_be_said() -> None:
    assert all(f"color_{name}" in ENGLISH for name in HEX)


def test_every_kind_has_a_word_and_a_count() -> None:
    nouns = {key.removeprefix("noun_") for key in ENGLISH if key.startswith("noun_")}
    counts = {key.removeprefix("some_") for key in ENGLISH if key.startswith("some_")}
    assert nouns == counts
