"""What may have been said besides what was heard is tried at its cost."""

from pathlib import Path

import pytest

from fakes.bakery import NOW
from fakes.sentences import tongue_of
from jingling.language.base import Name
from jingling.language.lattice import Edge
from jingling.language.matching.tongue import Match, Tongue

SENTENCES = """
intents:
  dim: {sentences: ["dim [the] {name} to {number} percent", "dim everything"]}
  paint: {sentences: ["paint it {shade}"]}
lists:
  shade: {values: ["dark red", blue]}
"""


@pytest.fixture(scope="module")
def tongue(tmp_path_factory: pytest.TempPathFactory) -> Tongue:
    names = [Name("garden lamp", "garden lamp", "name"), Name("garden camp", "garden camp", "name")]
    return tongue_of(tmp_path_factory.mktemp("shop"), SENTENCES, names)


def heard(tongue: Tongue, text: str, *edges: Edge) -> list[Match]:
    said = tongue.said(text, NOW, (), edges)
    return tongue.match(said, edges=edges)


def test_a_word_of_a_sentence_of_a_name_of_a_list_and_of_a_number_may_be_another(tongue: Tongue) -> None:
    edges = (
        Edge(0, 1, 0.2, ("dim",)),
        Edge(2, 3, 0.3, ("lamp",)),
        Edge(4, 5, 0.25, ("twenty",)),
    )
    found = heard(tongue, "din garden lump to tventy percent", *edges)
    assert found[0].slots == {"name": "garden lamp", "number": 20}
    assert found[0].cost == pytest.approx(0.75)
    assert found[0].text == "dim garden lamp to twenty percent"
    assert not heard(tongue, "din garden lump to tventy percent", *edges[:2])
    painted = heard(tongue, "paint it dork red", Edge(2, 3, 0.5, ("dark",)))
    assert (painted[0].slots, painted[0].text) == ({"shade": "dark red"}, "paint it dark red")


def test_words_may_be_left_out_and_joined(tongue: Tongue) -> None:
    found = heard(tongue, "dim uh every thing", Edge(1, 2, 0.1), Edge(2, 4, 0.2, ("everything",)))
    assert (found[0].intent, found[0].text) == ("shop.dim", "dim everything")
    assert found[0].cost == pytest.approx(0.3)
    inside = heard(tongue, "dim the garden uh lamp to 5 percent", Edge(3, 4, 0.1))
    assert inside[0].slots == {"name": "garden lamp", "number": 5}
    assert inside[0].text == "dim the garden lamp to 5 percent"


def test_words_may_stand_for_a_name(tongue: Tongue) -> None:
    name = Name("garden lamp", "the lamp out there", "name")
    found = heard(tongue, "dim card and damp to 5 percent", Edge(1, 4, 0.6, (), name))
    assert found[0].slots == {"name": "the lamp out there", "number": 5}
    assert found[0].text == "dim garden lamp to 5 percent"
    assert not heard(tongue, "dim card and damp to 5 percent", Edge(1, 4, 0.6, (), Name("x", "x", "area")))


def test_the_cheapest_guess_is_first_and_what_was_said_costs_nothing(tongue: Tongue) -> None:
    edges = (Edge(1, 3, 0.4, ("garden", "camp")), Edge(2, 3, 0.3, ("lamp",)), Edge(0, 1, 0.1, ("dim",)))
    found = heard(tongue, "dim garden lomp to 5 percent", *edges)
    assert [(match.slots["name"], match.cost) for match in found] == [("garden lamp", 0.3), ("garden camp", 0.4)]
    exact = heard(tongue, "dim garden lamp to 5 percent", *edges)
    assert (exact[0].cost, exact[0].text) == (0, "dim garden lamp to 5 percent")


def test_many_guesses_at_a_long_text_end(tongue: Tongue) -> None:
    text = "dim garden lamp to five percent " * 18
    edges = [Edge(at, at + 1, 0.1, (word,)) for at in range(100) for word in ("garden", "twenty", "dim")]
    assert heard(tongue, text.strip(), *edges) == []


def test_the_vocabulary_has_the_words_of_sentences_and_lists_but_no_names(tmp_path: Path) -> None:
    words = tongue_of(tmp_path, SENTENCES, [Name("oak", "oak", "name")]).vocabulary
    assert {"dim", "everything", "dark", "blue", "percent"} <= words
    assert "oak" not in words
