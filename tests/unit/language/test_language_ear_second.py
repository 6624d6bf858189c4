"""What is misheard or misspoken is understood, asked about or left, and what is said word for word stays."""

import pytest

from fakes.bakery import HouseNames
from jingling.core.turn import Language, Utterance
from jingling.language.base import Context, Name, Understanding
from jingling.language.matcher import TemplateUnderstander


@pytest.fixture
def heard(understander: TemplateUnderstander, context: Context):  # type: ignore[no-untyped-def]
    def understand(text: str, language: Language = "en", *others: str) -> Understanding:
        return understander.understand(Utterance(text, language, alternatives=others), context)

    return understand


CASES: list[tuple[Language, str, str, dict[str, object]]] = [
    ("en", "turn on the sealing lamp", "HassTurnOn", {"name": "ceiling lamp"}),
    ("en", "turn on the air condishoner", "HassTurnOn", {"name": "air conditioner"}),
    ("en", "bake me a large ry bread", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("en", "um bake me uh a large rye bread you know", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("en", "bake bake me a large a large rye bread", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("en", "bake me a small no a large rye bread", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("en", "turn on the front door no the ceiling lamp", "HassTurnOn", {"name": "ceiling lamp"}),
    ("en", "what is on shelf tree", "bakery.shelf", {"shelf": 3}),
    ("zh", "打开掉灯", "HassTurnOn", {"name": "吊灯"}),
    ("zh", "烤一个大号黑卖面包", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("zh", "嗯那个烤一个大号呃黑麦面包", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("zh", "烤一个小号不对大号黑麦面包", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("zh", "打開吊燈", "HassTurnOn", {"name": "吊灯"}),
    ("zh", "烤一個大號黑麥麵包", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("zh", "turn on 吊灯", "HassTurnOn", {"name": "吊灯"}),
    ("zh", "打开 ceiling lamp", "HassTurnOn", {"name": "ceiling lamp"}),
]


@pytest.mark.parametrize(("language", "text", "intent", "slots"), CASES)
def test_one_slip_is_understood(heard, language, text, intent, slots) -> None:  # type: ignore[no-untyped-def]
    found = heard(text, language)
    assert found.intent is not None
    assert (found.intent.name, found.unsure) == (intent, False)
    assert {name: found.intent.slots.get(name) for name in slots} == slots


def test_what_is_said_word_for_word_costs_nothing(heard) -> None:  # type: ignore[no-untyped-def]
    found = heard("turn on the ceiling lamp")
    assert found.readings[0].cost == 0
    assert found.readings[0].intent.confidence == 1
    guessed = heard("turn on the sealing lamp")
    assert guessed.readings[0].cost > 0
    assert guessed.readings[0].text == "turn on the ceiling lamp"


def test_the_thing_named_first_and_taken_back_is_left_alone(heard) -> None:  # type: ignore[no-untyped-def]
    for text in ("turn on the front door no", "turn on the front door no the elephant"):
        found = heard(text)
        assert found.unsure or found.intent is None or found.intent.slots.get("name") != "front door"


def test_a_word_between_two_known_ones_is_asked_about(heard, house_names: HouseNames) -> None:  # type: ignore[no-untyped-def]
    house_names.more = [Name(text, text, "name", {"domain": "light"}) for text in ("pen light", "pan light")]
    house_names.version += 1
    assert heard("turn on the pun light").unsure


def test_nothing_near_is_nothing(heard) -> None:  # type: ignore[no-untyped-def]
    for text in ("who wrote that symphony", "my cat is hungry", "??", "a", "please um you know"):
        assert heard(text).intent is None
    assert heard("今天股票怎么样", "zh").intent is None


def test_another_hearing_that_fits_word_for_word_is_taken_before_any_guess(heard) -> None:  # type: ignore[no-untyped-def]
    found = heard("turn on the sealing lamp", "en", "turn off the ceiling lamp")
    assert found.intent is not None
    assert (found.intent.name, found.readings[0].cost) == ("HassTurnOff", 0)


def test_free_words_stay_as_they_were_said(heard) -> None:  # type: ignore[no-untyped-def]
    found = heard("note buy a sealing lamb")
    assert found.intent is not None
    assert (found.intent.name, found.intent.slots["message"]) == ("bakery.note", "buy a sealing lamb")


@pytest.mark.parametrize(
    "text", ["no " * 150, "um " * 200, "turn on the " * 40, "不" * 500, "十四" * 200, "a b c d e f g " * 30]
)
def test_nonsense_of_any_length_means_nothing_for_sure(heard, text: str) -> None:  # type: ignore[no-untyped-def]
    for language in ("en", "zh"):
        found = heard(text, language)
        assert found.intent is None or found.intent.name.startswith("core.") or found.unsure
