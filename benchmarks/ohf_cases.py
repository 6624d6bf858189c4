"""The tests of Home Assistant's sentences: what is said in which home, and what it must mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_expression
from hassil.util import is_template

from jingling.language.base import Name

HERE = "(here)"
"""The area of a speaker whose test names none."""
_FORMS_MAX = 50


@dataclass(frozen=True)
class Case:
    """One sentence; `names` are those of the home that its file describes."""

    file: str
    intent: str
    text: str
    slots: Mapping[str, Any]
    area: str
    names: tuple[Name, ...]


def read_cases(folder: Path, language: str) -> list[Case]:
    """All test sentences of a language. Raises FileNotFoundError when there are none."""
    tests = folder / "tests" / language
    if not tests.is_dir():
        raise FileNotFoundError(f"{tests}: no tests of {language} here; give the folder of OHF-Voice/intents")
    common = tests / "_fixtures.yaml"
    shared = _load(common) if common.is_file() else {}
    return [case for file in sorted(tests.glob("*/*.yaml")) for case in _cases(file, _load(file), shared)]


def _load(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(
        file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return content


def _cases(file: Path, content: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[Case]:
    names = tuple(names_of(content, shared))
    for test in content.get("tests") or ():
        area = (test.get("context") or {}).get("area") or HERE
        area = area.get("value", HERE) if isinstance(area, dict) else area
        for text in test.get("sentences") or ():
            where = f"{file.parent.name}/{file.name}"
            yield Case(where, file.parent.name, text, test.get("slots") or {}, area, names)


def names_of(content: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[Name]:
    """The home of one test file on top of the one that all files of the language share."""
    homes = (shared, content)
    areas = [area for home in homes for area in home.get("areas") or ()]
    for kind, entries in (("area", areas), ("floor", [one for home in homes for one in home.get("floors") or ()])):
        for entry in entries:
            for text in _texts(entry["name"]):
                yield Name(text, text, kind)
    plain = [min(_texts(area["name"]), key=len) for area in areas]
    by_id = {area.get("id", name): name for area, name in zip(areas, plain, strict=True)}
    for home in homes:
        for entity in home.get("entities") or ():
            context = _context(entity, by_id)
            for text in _texts(entity["name"]):
                yield Name(text, text, "name", context)


def _texts(name: Any) -> list[str]:
    """All names of one thing; in some languages a name is a template of its forms."""
    given = [str(one) for one in name] if isinstance(name, list) else [str(name)]
    return list(dict.fromkeys(text for one in given for text in _forms(one)))


def _forms(text: str) -> list[str]:
    if not is_template(text):
        return [text]
    forms = sample_expression(parse_sentence(text).expression)
    return [" ".join(form.split()) for form in islice(forms, _FORMS_MAX)]


def _context(entity: Mapping[str, Any], areas: Mapping[str, str]) -> dict[str, str]:
    domain = entity.get("domain") or str(entity.get("id", "")).partition(".")[0]
    context = {"domain": domain}
    device_class = (entity.get("attributes") or {}).get("device_class")
    if device_class:
        context["device_class"] = device_class
    if entity.get("area"):
        context["area"] = areas.get(entity["area"], entity["area"])
    return context


def agrees(case: Case, intent: str, slots: Mapping[str, Any]) -> bool:
    """Whether `intent` with `slots` is what the case wants; texts are compared without case.

    Left aside where the test does not name them, because they are implied there: the slot `question` (ours), the
    speaker's own area, and `domain` and `device_class`.
    """
    found = {
        key: _plain(value)
        for key, value in slots.items()
        if key in case.slots or not (key in ("question", "domain", "device_class") or value == case.area)
    }
    return intent == case.intent and found == {key: _plain(value) for key, value in case.slots.items()}


def _plain(value: Any) -> str:
    value = value.get("value") if isinstance(value, dict) else value
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip().casefold()
