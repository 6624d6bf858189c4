"""The skills' sentences as a language model's tools."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import jingling
from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.language.slot_values import checked
from jingling.language.templates import BUILT_IN, SkillSentences, load_all
from jingling.language.tools import SCHEMAS, Toolbox, tool_name
from jingling.sdk.loader import load_skills

SKILLS = Path(jingling.__file__).parent / "skills"


@pytest.fixture(scope="module")
def boxes() -> dict[Language, Toolbox]:
    folders, _ = load_skills([SKILLS], SKILLS)
    files = [
        SkillSentences(of.name, language, one.folder / f"intents.{language}.yaml", of.packaged, of.typed)
        for one in folders
        for of in [one.manifest]
        for language in ("en", "zh")
    ]
    banks, errors = load_all(files)
    assert not errors
    intents = {t.intent for t in banks["en"].templates if t.skill != "core" and not t.intent.endswith(".unknown")}
    assert len(intents) > 50
    made = {language: Toolbox(bank) for language, bank in banks.items()}
    assert {tool_name(intent) for intent in intents} == {tool.name for tool in made["en"].tools}
    return made


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_tool_is_a_valid_one(boxes: dict[Language, Toolbox], language: Language) -> None:
    for tool in boxes[language].tools:
        Draft202012Validator.check_schema(tool.parameters)
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", tool.name)
        assert len(tool.description) > len("People say: ") and "/" not in tool.description
        assert set(tool.parameters["required"]) <= set(tool.parameters["properties"])
    assert len(json.dumps([tool.parameters for tool in boxes[language].tools])) < 60_000


def test_both_languages_offer_the_same_tools(boxes: dict[Language, Toolbox]) -> None:
    english, chinese = ({tool.name for tool in boxes[one].tools} for one in ("en", "zh"))
    assert english == chinese


def test_nothing_that_answers_or_steers_the_conversation_is_a_tool(boxes: dict[Language, Toolbox]) -> None:
    assert not [tool.name for tool in boxes["en"].tools if tool.name.startswith("core")]


@pytest.mark.parametrize(
    ("tool", "arguments", "slots"),
    [
        ("HassTurnOn", {"name": "floor lamp"}, {"name": "floor lamp"}),
        ("HassLightSet", {"name": "floor lamp", "brightness": "30"}, {"name": "floor lamp", "brightness": 30}),
        ("home-switchIt", {"power": "OFF"}, {"power": "off"}),
        ("timers-setAlarm", {"time": "07:30", "repetition": None}, {"time": "07:30"}),
        ("coffee-orderDrink", {"coffeeDrink": "latte", "size": "large"}, {"coffeeDrink": "latte", "size": "large"}),
        ("home-unlock", {}, {}),
    ],
)
def test_a_call_becomes_the_intent_of_a_sentence(
    boxes: dict[Language, Toolbox], tool: str, arguments: dict[str, object], slots: dict[str, object]
) -> None:
    intent = boxes["en"].intent(tool, arguments, None)
    assert intent.source == "llm" and intent.name == tool.replace("-", ".")
    assert slots.items() <= intent.slots.items()


def test_here_is_meant_where_no_place_was_named_unless_everywhere_was(boxes: dict[Language, Toolbox]) -> None:
    off = {"domain": "light"}
    assert boxes["en"].intent("HassTurnOff", off, "kitchen").slots == {**off, "area": "kitchen"}
    assert boxes["en"].intent("HassTurnOff", {**off, "area": "study"}, "kitchen").slots == {**off, "area": "study"}
    assert "area" not in boxes["en"].intent("HassTurnOff", {**off, "everywhere": True}, "kitchen").slots


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("home-unlock", {"confirmed": True}, "no argument confirmed"),
        ("home-unlock", {"home_id": "other"}, "no argument home_id"),
        ("home-selfDestruct", {}, "no tool named"),
        ("core-answer", {"answer": True}, "no tool named"),
        ("HassLightSet", {"name": "floor lamp"}, "needs more"),
        ("HassLightSet", {"name": "floor lamp", "brightness": 1000}, "between"),
        ("HassLightSet", {"name": "floor lamp", "brightness": "nan"}, "must be"),
        ("HassLightSet", {"name": {"$ne": 1}, "brightness": 3}, "must be text"),
        ("HassTurnOn", {"name": "x" * 5000}, "shorter"),
        ("home-switchIt", {"power": "sideways"}, "one of on, off"),
        ("timers-setAlarm", {"time": "half past"}, "ISO 8601"),
    ],
)
def test_a_wrong_call_is_told_what_to_mend(
    boxes: dict[Language, Toolbox], tool: str, arguments: dict[str, object], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        boxes["en"].intent(tool, arguments, None)


def test_every_list_that_skills_share_has_a_schema_of_its_own() -> None:
    assert SCHEMAS.keys() >= BUILT_IN
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("money", {"amount_minor": 1250, "currency": "USD"}),
        ("money", {"amount_minor": 1250, "currency": ""}),
        ("quantity", {"value": 2.5, "unit": "jin"}),
        ("period", {"start": "2026-11-22T09:00:00+00:00", "end": "2026-11-22T10:00:00+00:00"}),
        ("recurrence", {"rule": "FREQ=WEEKLY;BYDAY=MO,TH", "at": "07:00"}),
        ("recurrence", {"rule": "FREQ=DAILY"}),
    ],
)
def test_values_of_several_parts_are_taken_as_sentences_give_them(name: str, value: dict[str, object]) -> None:
    assert checked(name, value, SCHEMAS[name]) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("money", {"amount_minor": -1, "currency": "USD"}),
        ("money", {"amount_minor": 1.5, "currency": "USD"}),
        ("money", {"amount_minor": 1, "currency": "dollars"}),
        ("money", {"amount_minor": 1, "currency": "USD", "paid": True}),
        ("money", "twelve dollars"),
        ("period", {"start": "2026-11-22T09:00:00+00:00"}),
        ("recurrence", {"rule": "FREQ=DAILY\nBEGIN:VALARM"}),
    ],
)
def test_values_of_several_parts_are_checked_part_by_part(name: str, value: object) -> None:
    with pytest.raises(BadInput, match=name):
        checked(name, value, SCHEMAS[name])
