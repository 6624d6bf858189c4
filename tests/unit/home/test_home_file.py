from pathlib import Path

import pytest

from jingling.core.errors import BadInput
from jingling.home.document import BYTES_MAX, BadFile
from jingling.home.file import load_home

LAMP = """\
things:
  lamp:
    type: light
    names: {en: lamp, zh: 灯}
"""


def load(folder: Path, content: str | bytes):
    path = folder / "home.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_home(path)


def problems(folder: Path, content: str | bytes):
    with pytest.raises(BadFile) as caught:
        load(folder, content)
    return caught.value.problems


def test_the_smallest_home_needs_one_thing_with_a_name(tmp_path):
    loaded = load(tmp_path, LAMP)
    [lamp] = loaded.home.things
    assert (loaded.home.id, lamp.id, lamp.names, list(lamp.properties)) == (
        "home",
        "lamp",
        {"en": ("lamp",), "zh": ("灯",)},
        ["power"],
    )
    assert loaded.warnings == ()


MALFORMED = {
    "empty": ("", 1, "Begin with a line `things:`"),
    "only a comment": ("# nothing\n", 1, "Begin with a line `things:`"),
    "a list": ("- lamp\n", 1, "not as a list"),
    "no things": ("places:\n  hall:\n    names: {en: hall, zh: 门厅}\n", 1, "There are no things"),
    "bad syntax": ("things:\n  lamp:\n    type: [light\n", 4, "not YAML"),
    "a tab": ("things:\n\tlamp:\n", 2, "Indent with spaces"),
    "a control character": ("things:\n  lamp:\n    names: \x01\n", 3, "control character"),
    "not UTF-8": (b"things:\n  lamp: " + "灯".encode("gb18030"), 2, "Save the file as UTF-8"),
    "nested deeply": ("[" * 5000, 1, "nested too deeply"),
    "unknown section": (LAMP + "rooms:\n", 5, 'no key "rooms"'),
    "unknown key": (LAMP + "    nmaes: {}\n", 5, 'Did you mean "names"?'),
    "unknown type": (LAMP.replace("light", "lihgt"), 3, 'Did you mean "light"? Allowed: light, switch, fan'),
    "no type": ("things:\n  lamp:\n    names: {en: lamp, zh: 灯}\n", 2, "no `type:`"),
    "thing is no mapping": ("things:\n  lamp: light\n", 2, 'written as "key: value" lines'),
    "unknown class": (LAMP.replace("light", "cover\n    device_class: curtian"), 4, 'Did you mean "curtain"?'),
    "class is missing": (LAMP.replace("light", "cover"), 2, "needs a `device_class:`. Allowed: curtain"),
    "a class for what has none": (LAMP.replace("light", "lock\n    device_class: door"), 4, "None are allowed"),
    "unknown feature": (LAMP + "    features: [brightness, glow]\n", 5, 'no feature "glow"'),
    "unknown place": (LAMP + "    place: attic\n", 5, 'There is no place "attic"'),
    "unknown floor": (
        "places:\n  hall:\n    names: {en: hall, zh: 门厅}\n    floor: first\n" + LAMP,
        4,
        'There is no floor "first"',
    ),
    "same id": (LAMP + "  lamp:\n    type: fan\n    names: {en: fan, zh: 风扇}\n", 5, "already there in line 2"),
    "bad id": (LAMP.replace("  lamp:", "  Floor-Lamp:"), 2, "cannot be an id"),
    "no names": ("things:\n  lamp:\n    type: light\n", 2, "has no `names:`"),
    "empty names": (LAMP.replace("{en: lamp, zh: 灯}", ""), 4, "has no name"),
    "unknown language": (LAMP.replace("zh:", "fr:"), 4, 'no key "fr". Allowed: en, zh'),
    "a name that YAML takes for a truth value": (LAMP.replace("lamp, zh", "on, zh"), 4, 'in quotes: "on"'),
    "a name that YAML takes for a number": (LAMP.replace("lamp, zh", "12, zh"), 4, 'in quotes: "12"'),
    "an empty name": (LAMP.replace("lamp, zh", '" ", zh'), 4, "1 to 60 characters"),
    "a name with template signs": (LAMP.replace("lamp, zh", '"{lamp}", zh'), 4, "take out { }"),
    "a name with an emoji": (LAMP.replace("lamp, zh", "lamp💡, zh"), 4, "take out 💡"),
    "a mapping as name": (LAMP.replace("lamp, zh", "{a: b}, zh"), 4, "a single value, not a mapping"),
    "wrong initial property": (LAMP + "    initial: {speed: 5}\n", 5, 'no key "speed". Allowed: power'),
    "wrong initial kind": (LAMP + "    initial:\n      power: 50\n", 6, "`power` is either true or false, not 50"),
    "initial out of range": (
        LAMP + "    features: brightness\n    initial: {power: on, brightness: 300}\n",
        6,
        "`brightness` is a number from 0 to 100 %, not 300",
    ),
    "no initial value": (LAMP + "    initial: {power: }\n", 5, "not nothing"),
    "an initial list": (LAMP + "    initial: {power: [true]}\n", 5, "a single value, not a list"),
    "bad date as name": (LAMP.replace("lamp, zh", "2026-13-45, zh"), 4, "put it in quotes"),
    "bad home id": (LAMP + "home: {id: Our Flat, names: {en: flat, zh: 家}}\n", 5, "cannot be an id"),
    "a key that is a list": (LAMP + "  ? [a, b]\n  : light\n", 5, "plain word, not a list"),
    "an alias of itself": ("things: &all\n  lamp: *all\n", 2, 'has no key "lamp"'),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_file_is_refused_at_its_line(tmp_path, case):
    content, line, sentence = MALFORMED[case]
    found = [problem for problem in problems(tmp_path, content) if sentence in problem.text]
    assert [problem.line for problem in found] == [line], problems(tmp_path, content)


def test_all_problems_are_told_at_once_with_file_line_and_column(tmp_path):
    with pytest.raises(BadInput) as caught:
        load(tmp_path, "things:\n  lamp:\n    type: lihgt\n    names: {en: lamp, zh: 灯}\n    place: attic\n")
    first, second = str(caught.value).splitlines()
    assert first.startswith(f"{tmp_path / 'home.yaml'}:3:11: ")
    assert second.startswith(f"{tmp_path / 'home.yaml'}:5:12: ")


def test_a_file_that_is_all_wrong_is_told_of_briefly(tmp_path):
    with pytest.raises(BadFile) as caught:
        load(tmp_path, LAMP + "    features: [" + "glow, " * 1000 + "]\n")
    assert len(caught.value.problems) == 1000
    assert len(str(caught.value).splitlines()) == 51
    assert str(caught.value).endswith("… and 950 more.")


HALL = "places:\n  hall: {names: {en: hall, zh: 门厅}}\n  loft: {names: {en: loft, zh: 阁楼}}\n"


def two_lamps(first: str, second: str) -> str:
    return HALL + f"things:\n  one: {{type: light, {first}}}\n  two: {{type: light, {second}}}\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("place: hall, names: {en: lamp, zh: 灯}", "place: hall, names: {en: [torch, Lamp], zh: 火把}"),
        ("place: hall, names: {en: lamp, zh: 灯}", "names: {en: lamp, zh: 火把}"),
        ("names: {en: lamp, zh: 灯}", "names: {en: lamp, zh: 火把}"),
    ],
)
def test_two_things_of_one_name_are_refused_with_both_lines(tmp_path, first, second):
    [problem] = problems(tmp_path, two_lamps(first, second))
    assert problem.line == 6
    assert '"lamp" in "en" (lines 5 and 6)' in problem.text


def test_one_name_in_two_places_is_fine(tmp_path):
    names = "names: {en: lamp, zh: 灯}"
    loaded = load(tmp_path, two_lamps(f"place: hall, {names}", f"place: loft, {names}"))
    assert [thing.place_id for thing in loaded.home.things] == ["hall", "loft"]
    assert loaded.warnings == ()


def test_two_places_of_one_name_are_refused(tmp_path):
    [problem] = problems(tmp_path, HALL.replace("en: loft", "en: hall") + LAMP)
    assert "Two places are called" in problem.text
    assert "(lines 2 and 3)" in problem.text


def test_a_missing_language_is_a_warning(tmp_path):
    loaded = load(tmp_path, LAMP.replace(", zh: 灯", ""))
    assert loaded.home.things[0].name("zh") == "lamp"
    [warning] = loaded.warnings
    assert ":4:5: " in warning
    assert 'no name in "zh"' in warning


def test_a_name_said_twice_is_a_warning(tmp_path):
    loaded = load(tmp_path, LAMP.replace("en: lamp", "en: [lamp, Lamp]"))
    assert loaded.home.things[0].names["en"] == ("lamp",)
    assert "twice" in loaded.warnings[0]


def test_initial_values_are_kept_as_their_property_holds_them(tmp_path):
    loaded = load(tmp_path, LAMP + "    features: [color]\n    initial: {power: true, color: Red}\n")
    assert loaded.behaviours["lamp"].initial == {"power": True, "color": "#ff0000"}


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    with pytest.raises(BadInput, match="larger than 1 MiB"):
        load(tmp_path, LAMP + "#" * BYTES_MAX)


def test_a_file_that_is_not_there_is_told_of(tmp_path):
    with pytest.raises(BadInput, match="There is no file"):
        load_home(tmp_path / "hoem.yaml")
    with pytest.raises(BadInput, match="cannot be read"):
        load_home(tmp_path)


def test_too_many_things_are_refused(tmp_path):
    lines = "".join(f"  t{n}: {{type: light, names: {{en: lamp {n}, zh: 灯{n}}}}}\n" for n in range(1_001))
    [problem] = problems(tmp_path, "things:\n" + lines)
    assert "at most 1000" in problem.text


def test_too_many_names_are_refused(tmp_path):
    [problem] = problems(tmp_path, LAMP.replace("en: lamp", f"en: [{', '.join(f'lamp {n}' for n in range(21))}]"))
    assert (problem.line, problem.text) == (4, "These are 21 names; give at most 20.")


def test_a_mark_at_the_start_of_the_file_does_not_matter(tmp_path):
    assert load(tmp_path, b"\xef\xbb\xbf" + LAMP.encode()).home.things
