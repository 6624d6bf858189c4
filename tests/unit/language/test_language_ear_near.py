"""Words and names that sound like what was heard are found, at a cost that tells how far they are."""

from collections.abc import Iterable

import pytest

from jingling.language.base import Name
from jingling.language.ear.known import KnownNames
from jingling.language.ear.near import NearMisses
from jingling.language.ear.vocabulary import Vocabulary
from jingling.language.lattice import Edge


def runs(*texts: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(text.split()) if text.isascii() else tuple(text) for text in texts)


def names(*texts: str) -> list[Name]:
    return [Name(text, text, "name") for text in texts]


@pytest.fixture
def known() -> KnownNames:
    return KnownNames()


@pytest.fixture
def english(known: KnownNames) -> NearMisses:
    words = runs("turn on", "turn off", "the", "to", "percent")
    numbers = runs("two", "four", "fifteen", "fifty", "thirty", "thirty five")
    vocabulary = Vocabulary(words, runs("green tea"), numbers, frozenset({"turn", "on", "the"}))
    known.take(names("bedroom lamp", "garden", "oak chair"))
    return NearMisses("en", vocabulary, known)


@pytest.fixture
def chinese(known: KnownNames) -> NearMisses:
    vocabulary = Vocabulary(runs("打开", "把", "调到"), runs("绿茶"), runs("十", "四", "二"), frozenset("打开把"))
    known.take(names("卧室", "落地台灯", "儿童房的小风扇"))
    return NearMisses("zh", vocabulary, known)


def cost(edges: Iterable[Edge], start: int, end: int, *words: str) -> float:
    """Of reading `words` there; 9 when nobody would."""
    return min((edge.cost for edge in edges if edge[:2] == (start, end) and edge.words == words), default=9)


def test_a_misheard_word_of_a_name_is_put_right(english: NearMisses) -> None:
    edges = english.edges(["turn", "on", "the", "bedrum", "lamp"])
    assert 0 < cost(edges, 3, 4, "bedroom") < 0.25


def test_words_that_were_split_or_joined_are_put_right(english: NearMisses) -> None:
    assert cost(english.edges(["bed", "room", "lamp"]), 0, 2, "bedroom") < 0.1
    assert cost(english.edges(["bedroomlamp"]), 0, 1, "bedroom", "lamp") < 0.1
    assert cost(english.edges(["greentee"]), 0, 1, "green", "tea") < 0.4


def test_a_word_of_a_sentence_is_guessed_less_freely_than_a_name(english: NearMisses) -> None:
    assert cost(english.edges(["tarn"]), 0, 1, "turn") > cost(english.edges(["gardan"]), 0, 1, "garden")


def test_numbers_are_found_by_their_sound(english: NearMisses) -> None:
    edges = english.edges(["to", "fifdeen", "thirtyfive", "fore"])
    assert cost(edges, 0, 1, "two") < 0.4
    assert cost(edges, 1, 2, "fifteen") < cost(edges, 1, 2, "fifty")
    assert cost(edges, 2, 3, "thirty", "five") < 0.1
    assert cost(edges, 3, 4, "four") < 0.2


def test_what_is_known_or_common_is_doubted(english: NearMisses, known: KnownNames) -> None:
    known.take(names("hall", "desk lamp"))
    assert cost(english.edges(["wall"]), 0, 1, "hall") > cost(english.edges(["haul"]), 0, 1, "hall") + 0.2
    known.take(names("tall vase", "small base"))
    assert cost(english.edges(["base"]), 0, 1, "vase") > 0.3


def test_names_come_and_go(english: NearMisses, known: KnownNames) -> None:
    known.take(names("garden", "porch"))
    assert cost(english.edges(["bedrum"]), 0, 1, "bedroom") == 9
    assert cost(english.edges(["portch"]), 0, 1, "porch") < 0.3
    assert english.knows("porch")
    assert not english.knows("bedroom")
    known.take([])
    assert cost(english.edges(["gardan"]), 0, 1, "garden") == 9
    assert cost(english.edges(["greentea"]), 0, 1, "green", "tea") < 0.1


def test_a_name_that_two_things_have_stays_until_both_are_gone(english: NearMisses, known: KnownNames) -> None:
    known.take(names("oak chair", "oak table"))
    known.take(names("oak table"))
    assert cost(english.edges(["oaks"]), 0, 1, "oak") < 0.2


def test_characters_of_the_same_sound_are_put_right(chinese: NearMisses) -> None:
    assert cost(chinese.edges(list("大开我是")), 0, 2, *"打开") < 0.1
    assert cost(chinese.edges(list("大开我是")), 2, 4, *"卧室") < 0.1
    assert cost(chinese.edges(list("率查")), 0, 2, *"绿茶") < 0.3


def test_another_syllable_counts_less_in_a_long_name(chinese: NearMisses) -> None:
    short = cost(chinese.edges(list("卧车")), 0, 2, *"卧室")
    long = cost(chinese.edges(list("儿童房的小风车")), 0, 7, *"儿童房的小风扇")
    assert long < 0.4 < short


def test_a_name_that_has_lost_a_character_is_found(chinese: NearMisses) -> None:
    assert cost(chinese.edges(list("儿童房的风扇")), 0, 6, *"儿童房的小风扇") < 0.4
    assert cost(chinese.edges(list("落地灯")), 0, 3, *"落地台灯") > 0.4


def test_numbers_are_told_from_what_sounds_like_them(chinese: NearMisses) -> None:
    edges = chinese.edges(list("是而"))
    assert cost(edges, 0, 1, "十") < cost(edges, 0, 1, "四")
    assert cost(edges, 1, 2, "二") < 0.2


def test_names_of_the_other_language_are_near_too(chinese: NearMisses, known: KnownNames) -> None:
    known.take(names("卧室", "kitchen"))
    assert cost(chinese.edges([*"打开", "kichen", *"的灯"]), 2, 3, "kitchen") < 0.2


@pytest.mark.parametrize("words", [[], [""], ["x"], ["42", "%"], ["é"], ["ß" * 50], ["龘"], ["\U0001f600"], ["'s"]])
def test_anything_can_be_heard(words: list[str], english: NearMisses, chinese: NearMisses) -> None:
    assert all(edge.cost > 0 for edge in [*english.edges(words), *chinese.edges(words)])
