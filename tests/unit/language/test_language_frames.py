"""Half a sentence completed from the one before it, by the slots that its intent can have."""

import pytest

from fakes.bakery import HouseNames
from jingling.core.turn import Intent, Slots
from jingling.language.frames import Frames
from jingling.language.matcher import TemplateUnderstander


@pytest.fixture
def frames(understander: TemplateUnderstander, house_names: HouseNames) -> Frames:
    return Frames(understander.banks, house_names)


LAMP = {"name": "ceiling lamp"}
DIMMED = {**LAMP, "brightness": 20}
KITCHEN = {"area": "kitchen"}
AT_SEVEN = {"kind": "alarm", "datetime": "2026-11-23T07:00:00+01:00"}


@pytest.mark.parametrize(
    ("intent", "before", "said", "wanted"),
    [
        ("HassTurnOn", {**KITCHEN, "domain": "light"}, {"area": "living room"}, {"area": "living room"}),
        ("HassTurnOn", LAMP, {"name": "Lamp 7"}, {"name": "Lamp 7"}),
        ("HassTurnOn", LAMP, KITCHEN, {"area": "kitchen", "domain": "light"}),
        ("HassLightSet", DIMMED, {"number": 30}, {**LAMP, "brightness": 30}),
        ("bakery.wake", AT_SEVEN, {"time": "08:00"}, {"datetime": "2026-11-23T08:00:00+01:00"}),
        ("HassStartTimer", {"minutes": 10}, {"number": 30}, {"minutes": 30}),
    ],
)
def test_a_value_takes_the_place_of_the_one_before(
    frames: Frames, intent: str, before: Slots, said: Slots, wanted: Slots
) -> None:
    completed = frames.completed(Intent(intent, before), said, "en")
    assert completed is not None and completed.name == intent
    kept = {key: value for key, value in before.items() if key in ("domain", "kind")}
    assert completed.slots == {**kept, **wanted}


@pytest.mark.parametrize(
    ("intent", "before", "said"),
    [
        ("bakery.bake", {"bread": "rye bread"}, {"area": "kitchen"}),
        ("HassTurnOn", {"name": "ceiling lamp"}, {"percentage": 30}),
        ("HassLightSet", {"name": "ceiling lamp", "brightness": 20}, {"name": "front door"}),
        ("toys.fly", {}, {"area": "kitchen"}),
    ],
)
def test_what_no_sentence_could_say_is_not_completed(
    frames: Frames, intent: str, before: Slots, said: Slots
) -> None:
    assert frames.completed(Intent(intent, before), said, "en") is None


def test_the_choices_of_a_question_are_the_values_of_its_answers(frames: Frames) -> None:
    assert frames.choices("bakery/bread", "size", "en") == ["small", "big"]
    assert frames.choices("bakery/unheard", "size", "en") == []


def test_words_that_a_wildcard_took_are_told_from_known_values(frames: Frames) -> None:
    before = Intent("bakery.note", {"message": "flour"})
    assert frames.takes_any_words(Intent("bakery.note", {"message": "flour and eggs"}), before, "en")
    assert not frames.takes_any_words(before, before, "en")
    assert not frames.takes_any_words(Intent("bakery.bake", {"bread": "rye bread"}), before, "en")
