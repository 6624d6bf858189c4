"""Names are found in a text, and change while running."""

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fakes.sentences import tongue_of
from jingling.language.base import Name
from jingling.language.matching.names import NameIndex, NameTrie, difference


def lamp(text: str, domain: str = "light") -> Name:
    return Name(text, text, "name", {"domain": domain})


def found(index: NameIndex | NameTrie, text: str, at: int = 0) -> list[tuple[int, str]]:
    return [(one.end, one.name.text) for one in index.find(text.split(), at)]


def test_a_name_is_found_where_its_words_are() -> None:
    index = NameIndex()
    index.replace("en", [lamp("floor lamp"), lamp("floor"), lamp("Floor-Lamp 2"), lamp("Anna's lamp")])
    assert found(index, "the floor lamp 2", 1) == [(2, "floor"), (3, "floor lamp"), (4, "Floor-Lamp 2")]
    assert found(index, "the floor lamp two", 1)[-1] == (4, "Floor-Lamp 2")
    assert found(index, "anna 's lamp") == [(3, "Anna's lamp")]
    assert found(index, "the floor lamp 2") == []


def test_names_are_added_renamed_and_removed() -> None:
    index = NameIndex()
    index.replace("en", [lamp("oak"), lamp("elm")])
    assert index.replace("en", [lamp("oak"), lamp("elm"), lamp("ash")]) == 1
    assert index.replace("en", [lamp("oak"), lamp("fir"), lamp("ash")]) == 2
    assert found(index, "elm") == []
    assert found(index, "fir") == [(1, "fir")]
    assert index.replace("en", [lamp("ash"), lamp("oak")]) == 1
    assert found(index, "oak") == [(1, "oak")]
    assert index.replace("en", []) == 2
    assert found(index, "ash") == []


def test_two_things_of_one_name_are_told_apart_and_go_one_by_one() -> None:
    trie = NameTrie()
    for domain in ("light", "lock", "light"):
        trie.add(lamp("oak", domain))
    trie.remove(lamp("oak", "light"))
    assert [one.name.context["domain"] for one in trie.find(["oak"], 0)] == ["lock", "light"]
    trie.remove(lamp("pine"))
    trie.remove(lamp("oak tree"))
    assert len(trie.find(["oak"], 0)) == 2


def test_each_language_keeps_its_own_names() -> None:
    index = NameIndex()
    index.replace("en", [lamp("radio")])
    index.replace("zh", [lamp("radio"), lamp("收音机")])
    assert [one.language for one in index.find(["radio"], 0)] == ["en", "zh"]
    index.replace("en", [])
    assert [one.language for one in index.find(["radio"], 0)] == ["zh"]
    assert found(index, "收 音 机") == [(3, "收音机")]


def test_a_change_among_ten_thousand_names_takes_no_time() -> None:
    index = NameIndex()
    names = [lamp(f"{color} lamp {number}") for number in range(5000) for color in ("red", "blue")]
    index.replace("en", names)
    changed = [*names[:4000], lamp("brass owl"), *names[4000:]]
    before = time.process_time()
    assert index.replace("en", changed) == 1
    assert time.process_time() - before < 0.05
    assert found(index, "brass owl") == [(2, "brass owl")]


def test_a_skill_may_ask_for_names_of_another_kind(tmp_path: Path) -> None:
    text = """
intents:
  buy: {sentences: ["buy [a] {product} for the {area}", "buy {product:thing}"]}
lists:
  product: {names: true}
"""
    names = [Name("Oak Chair", "chair-7", "product", {"price": "90"}), Name("attic", "attic", "area")]
    tongue = tongue_of(tmp_path, text, names)
    [match] = tongue.match(tongue.said("buy a oak chair for the attic"))
    assert match.slots == {"product": "chair-7", "area": "attic"}
    [match] = tongue.match(tongue.said("buy oak chair"))
    assert match.slots == {"thing": "chair-7"}
    assert tongue.match(tongue.said("buy attic")) == []


NAMES = st.lists(st.sampled_from([lamp(text, domain) for text in "ab cd" for domain in "xy"]), max_size=8)


@given(NAMES, NAMES)
def test_a_difference_makes_the_one_list_into_the_other(before: list[Name], after: list[Name]) -> None:
    gone, new = difference(before, after)
    left = list(before)
    for name in gone:
        left.remove(name)
    assert sorted(map(str, [*left, *new])) == sorted(map(str, after))
