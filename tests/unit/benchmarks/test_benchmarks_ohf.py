"""The test sentences of another language are read, and understood from the folder's own sentences."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jingling.language.text import tokens
from jingling.language.values.phrases import Words

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"

FOLDER = {
    "intents.yaml": """
HassTurnOn:
  slot_combinations:
    name_only: {name_domain_groups: {default: [light, fan]}}
    here: {context_area: true}
""",
    "sentences/xx/HassTurnOn/name_only.yaml": """
data:
  - sentences: ["<an> {name}", "{name}licht <an>"]
    name_domains: default
  - sentences: ["auf {name}"]
    name_domains: [cover]
""",
    "sentences/xx/HassTurnOn/here.yaml": """
data:
  - sentences: ["licht <an> [auf {brightness}]"]
    inferred_domain: light
""",
    "rules/xx/common.yaml": "expansion_rules: {an: (an|ein)}\n",
    "lists/xx/states.yaml": "lists: {states: {values: [on, off]}}\n",
    "tests/xx/_fixtures.yaml": """
areas: [{name: "Flur[s]", id: flur_id}]
entities: [{name: Lampe, id: light.lampe, area: flur_id}]
""",
    "tests/xx/HassTurnOn/name_only.yaml": """
entities:
  - {name: [Rollo, Laden], domain: cover, attributes: {device_class: shade}}
tests:
  - {sentences: ["an Lampe", "Lampenlicht ein"], slots: {name: Lampe}}
  - {sentences: ["Lampelicht ein"], slots: {name: {value: Lampe}}}
  - {sentences: ["auf Laden"], slots: {name: Laden}}
""",
    "tests/xx/HassTurnOn/here.yaml": """
tests:
  - {sentences: ["licht an auf 40"], slots: {brightness: 40}}
  - {sentences: ["licht an"], slots: {domain: light, area: Flur}, context: {area: Flur}}
""",
}


@pytest.fixture
def ohf(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import ohf_intents

    yield ohf_intents
    for name in ("ohf_intents", "ohf_cases", "ohf_sentences", "number_words", "report"):
        sys.modules.pop(name, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FOLDER.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_each_case_knows_its_home_and_place(ohf: ModuleType, folder: Path) -> None:
    cases = ohf.read_cases(folder, "xx")
    assert [case.text for case in cases][:2] == ["licht an auf 40", "licht an"]
    assert [case.area for case in cases][:2] == ["(here)", "Flur"]
    names = {(name.text, name.kind): name.context for name in cases[-1].names}
    assert names["Laden", "name"] == {"domain": "cover", "device_class": "shade"}
    assert names["Lampe", "name"] == {"domain": "light", "area": "Flur"}
    assert {("Flur", "area"), ("Flurs", "area")} <= names.keys()


def test_another_language_is_understood_from_its_folder(ohf: ModuleType, folder: Path) -> None:
    cases = ohf.read_cases(folder, "xx")
    reader = ohf.Ours(ohf.from_folder(folder, "xx"), "xx")
    found, seconds = ohf.measured(reader, cases, 1)
    assert [miss["text"] for miss in ohf.wrong(cases, found)] == ["Lampenlicht ein"]
    assert len(seconds) == len(cases)


RIGHT: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"name": "Lampe"}, {"name": "lampe", "domain": "light", "question": "any"}, True),
    ({"name": "Lampe"}, {"name": "lampe", "area": "(here)"}, True),
    ({"name": "Lampe"}, {"name": "lampe", "area": "Flur"}, False),
    ({"brightness": 40}, {"brightness": 40.0}, True),
    ({"brightness": 40}, {"brightness": 41}, False),
    ({"domain": "light"}, {"domain": "fan"}, False),
    ({"domain": "light"}, {}, False),
]


@pytest.mark.parametrize(("wanted", "slots", "right"), RIGHT)
def test_what_counts_as_right(ohf: ModuleType, wanted: dict[str, Any], slots: dict[str, Any], right: bool) -> None:
    case = ohf.Case("f", "HassTurnOn", "x", wanted, "(here)", ())
    assert ohf.agrees(case, "HassTurnOn", slots) is right
    assert not ohf.agrees(case, "HassTurnOff", slots)


SPOKEN_NUMBERS = [
    ("de", "einundzwanzig grad", 21),
    ("fr", "vingt-deux degrés", 22),
    ("fr", "cent un degrés", 101),
    ("nl", "18 graden", 18),
    ("nl", "2.5 graden", 2.5),
    ("xx", "7 bla", 7),
]


@pytest.mark.parametrize(("language", "text", "number"), SPOKEN_NUMBERS)
def test_numbers_are_read_in_other_languages(ohf: ModuleType, language: str, text: str, number: float) -> None:
    phrase = sys.modules["number_words"].NumberWords(language)
    words = Words(tokens(text))
    assert phrase.match(words, 0)[-1] == (len(words) - 1, number)
    assert phrase.match(words, len(words) - 1) == []


def test_missing_data_is_said(ohf: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no tests of xx"):
        ohf.read_cases(tmp_path, "xx")
    with pytest.raises(LookupError, match="no sentences of xx"):
        ohf.from_folder(tmp_path, "xx")
