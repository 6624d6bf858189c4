"""Sentence files that are broken say where and what to do; the others go on working."""

from pathlib import Path

import pytest

from jingling.core.errors import BadInput
from jingling.language.templates import SkillSentences, load_all, load_one

GOOD = """language: en
intents:
  order:
    sentences: ["order [a] {size} <drink>"]
lists:
  size: {values: [small, {in: "(big|large)", out: large}]}
expansion_rules:
  drink: "(tea|juice)"
"""


def written(folder: Path, text: str, skill: str = "bar", packaged: tuple[str, ...] = ()) -> SkillSentences:
    path = folder / skill / "intents.en.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return SkillSentences(skill, "en", path, packaged)


BROKEN = [
    ("language: en\nintents:\n  go:\n    sentences:\n      - ok\n      - 'go [now'\n", 6, "is closed"),
    (
        "language: en\nintents:\n  go:\n    sentences: ['go {wher}']\nlists:\n  where: {values: [home]}\n",
        4,
        "“where”",
    ),
    ("language: en\nintents:\n  go:\n    sentences: ['go <fast>']\n", 4, "expansion_rules"),
    ("language: en\nintents:\n  go:\n    sentences: [a]\n  go:\n    sentences: [b]\n", 5, "second time"),
    ("language: en\nintents:\n  go:\n    sentences: [a\n", 5, "valid YAML"),
    ("language: zh\nintents: {}\n", 1, "`language: en`"),
    ("language: en\nintent: {}\n", 2, "`intents`"),
    ("language: en\nintents:\n  go: {sentence: [a]}\n", 3, "`sentences`"),
    ("language: en\nintents:\n  go: {sentences: []}\n", 3, "at least one"),
    ("language: en\nintents:\n  go: {sentences: ['a (b|)']}\n", 3, "[a]"),
    ("language: en\nintents:\n  go: {sentences: [a]}\nexpansion_rules:\n  x: '<y>'\n  y: 'a <x>'\n", 5, "itself"),
    ("language: en\nintents: {}\nlists:\n  n: {range: {from: 5, to: 1}}\n", 4, "go up"),
    ("language: en\nintents: {}\nlists:\n  n: {values: [{out: x}]}\n", 4, "`in:`"),
    ("- a\n- b\n", 1, "mapping"),
]


@pytest.mark.parametrize(("text", "line", "hint"), BROKEN)
def test_a_broken_file_is_named_with_line_and_remedy(tmp_path: Path, text: str, line: int, hint: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadInput) as raised:
        load_one(file)
    assert str(raised.value).startswith(f"{file.path}:{line}:")
    assert hint in str(raised.value)


def test_a_file_that_is_missing_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"cannot be read.*create it"):
        load_one(SkillSentences("bar", "en", tmp_path / "none.yaml"))
    binary = tmp_path / "intents.en.yaml"
    binary.write_bytes(b"language: \xff\xfe")
    with pytest.raises(BadInput, match="UTF-8"):
        load_one(SkillSentences("bar", "en", binary))


def test_one_broken_skill_leaves_the_others_working(tmp_path: Path) -> None:
    good = written(tmp_path, GOOD, "bar")
    bad = written(tmp_path, "language: en\nintents: [\n", "bad")
    banks, errors = load_all([bad, good])
    assert [error.skill for error in errors] == ["bad"]
    assert [template.intent for template in banks["en"].templates] == ["bar.order"]


def test_two_skills_may_name_their_lists_alike(tmp_path: Path) -> None:
    other = GOOD.replace("small", "tiny").replace("tea", "soup")
    banks, errors = load_all([written(tmp_path, GOOD, "bar"), written(tmp_path, other, "kitchen")])
    assert not errors
    assert {"bar/size", "kitchen/size"} <= set(banks["en"].lists)
    assert {"bar/drink", "kitchen/drink"} <= set(banks["en"].rules)


def test_packaged_sentences_are_taken_by_one_skill_only(tmp_path: Path) -> None:
    empty = "language: en\nintents: {}\n"
    files = [written(tmp_path, empty, skill, ("HassTurnOn",)) for skill in ("home", "other")]
    banks, errors = load_all(files)
    assert [error.skill for error in errors] == ["other"]
    assert "remove it" in errors[0].message
    assert {template.skill for template in banks["en"].templates} == {"home"}


def test_an_unknown_packaged_intent_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"skill\.toml.*did you mean HassTurnOn\?"):
        load_one(written(tmp_path, "language: en\nintents: {}\n", packaged=("HassTurnOnn",)))


def test_plain_words_stay_words(tmp_path: Path) -> None:
    text = "language: en\nintents:\n  set: {sentences: ['set {to}']}\nlists:\n  to: {values: [on, off, yes]}\n"
    bank = load_one(written(tmp_path, text))
    assert [value.value_out for value in bank.lists["bar/to"].values] == ["on", "off", "yes"]
