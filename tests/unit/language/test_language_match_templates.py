"""Every piece of the template syntax, matched by the automaton."""

from pathlib import Path
from typing import Any

import pytest

from fakes.bakery import NOW
from fakes.sentences import tongue_of
from jingling.core.turn import Language
from jingling.language.base import Name
from jingling.language.matching.tongue import Match, Tongue
from jingling.language.text import even

ENGLISH = """
intents:
  words: {sentences: ["(open|close) the gate[s]", "shut[ ]down"]}
  order: {sentences: ["(bring;{size};[the] <drink>)"]}
  thing: {sentences: ["show [me] {area}'s {name}s", "dim {name}", "paint {name} {shade}"]}
  step: {sentences: ["step {0..20,5:step}", "raise by {half:by}", "lower by {drop:by}"]}
  free: {sentences: ["write {text}", "send {text} to {name}", "{text} is a lie"]}
  aside: {sentences: ["serve {size:@how} {drink}"]}
  clock: {sentences: ["it is {count} o'clock", "what's new", "(it is|it's) {30..40}%"]}
  fixed:
    data:
      - sentences: ["light up"]
        slots: {kind: lamp}
        requires_context: {area: {slot: true}}
      - sentences: ["lock {name}"]
        requires_context: {domain: [lock, gate]}
      - sentences: ["start {name}"]
        excludes_context: {domain: [lock]}
      - sentences: ["where is {name}"]
        requires_context: {area: {slot: place}}
lists:
  size: {values: [small, {in: "(big|large) [sized]", out: large}]}
  drink: {values: [tea, "{size} juice"]}
  shade: {values: [{in: "[very] dark {tint}", out: dark}, "pale"]}
  tint: {values: [blue, red]}
  count: {range: {from: 1, to: 12}}
  half: {range: {from: 0, to: 9, fractions: halves}}
  drop: {range: {from: 0, to: 9, multiplier: -1}}
  text: {wildcard: true}
expansion_rules:
  drink: "[a] {drink}"
"""
NAMES = [
    Name("Front Gate", "Front Gate", "name", {"domain": "gate", "area": "Yard"}),
    Name("lamp", "lamp", "name", {"domain": "light"}),
    Name("lamp", "lamp", "name", {"domain": "lock"}),
    Name("Tom's E-Reader 5", "reader", "name", {"domain": "tablet"}),
    Name("Kitchen", "Kitchen", "area"),
]

SAID: list[tuple[str, str, dict[str, Any]]] = [
    ("open the gate", "words", {}),
    ("Close the gates!", "words", {}),
    ("shut down", "words", {}),
    ("shutdown", "words", {}),
    ("open the", "", {}),
    ("open the gate now then", "", {}),
    ("bring small the tea", "order", {"size": "small", "drink": "tea"}),
    ("a tea bring big sized", "order", {"size": "large", "drink": "tea"}),
    ("bring a small juice large", "order", {"size": "large", "drink": "small juice"}),
    ("show me kitchen's lamps", "thing", {"area": "Kitchen", "name": "lamp"}),
    ("show kitchen’s front gates", "thing", {"area": "Kitchen", "name": "Front Gate"}),
    ("dim tom's e-reader five", "thing", {"name": "reader"}),
    ("dim Tom's e reader 5", "thing", {"name": "reader"}),
    ("paint the lamp", "", {}),
    ("paint lamp very dark red", "thing", {"name": "lamp", "shade": "dark", "tint": "red"}),
    ("step 15", "step", {"step": 15}),
    ("step fifteen", "step", {"step": 15}),
    ("step 16", "", {}),
    ("raise by two and a half", "step", {"by": 2.5}),
    ("raise by 2.5", "step", {"by": 2.5}),
    ("raise by 2.25", "", {}),
    ("lower by four", "step", {"by": -4}),
    ("write Ann's LONG letter, please", "free", {"text": "Ann's LONG letter please"}),
    ("write", "", {}),
    ("send a kiss to the moon to front gate", "free", {"text": "a kiss to the moon", "name": "Front Gate"}),
    ("this is a lie", "free", {"text": "this"}),
    ("serve large tea", "aside", {"drink": "tea"}),
    ("it is seven o'clock", "clock", {"count": 7}),
    ("what’s new?", "clock", {}),
    ("it's 35%", "clock", {"30..40": 35}),
    ("light up", "fixed", {"kind": "lamp", "area": "Yard"}),
    ("lock front gate", "fixed", {"name": "Front Gate"}),
    ("lock tom's e-reader 5", "", {}),
    ("start lamp", "fixed", {"name": "lamp"}),
    ("where is front gate", "fixed", {"name": "Front Gate", "place": "Yard"}),
    ("where is lamp", "", {}),
    ("", "", {}),
]


def best(tongue: Tongue, text: str, area: str | None = None) -> Match | None:
    return next(iter(tongue.match(tongue.said(even(text), NOW), area=area)), None)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Tongue:
    return tongue_of(tmp_path_factory.mktemp("shop"), ENGLISH, NAMES)


@pytest.mark.parametrize(("text", "intent", "slots"), SAID, ids=str)
def test_a_sentence_of_a_template_is_matched(
    english: Tongue, text: str, intent: str, slots: dict[str, Any]
) -> None:
    found = best(english, text, "Yard" if text == "light up" else None)
    assert (found and found.intent, found and found.slots) == (
        (f"shop.{intent}", slots) if intent else (None, None)
    )


def test_what_needs_the_speakers_place_is_nothing_without_it(english: Tongue) -> None:
    assert best(english, "light up") is None


def test_a_match_tells_its_template_and_line(english: Tongue) -> None:
    found = best(english, "step 5")
    line = 2 + next(at for at, line in enumerate(ENGLISH.splitlines()) if line.startswith("  step:"))
    assert found is not None
    assert found.template.sentence.text == "step {0..20,5:step}"
    assert found.template.where.endswith(f"intents.en.yaml:{line}")
    assert found.cost == 0


def test_readings_are_ranked_and_differ(english: Tongue) -> None:
    found = english.match(english.said("send send word to lamp to front gate", NOW))
    texts = [match.slots for match in found]
    assert texts[0] == {"text": "send word to lamp", "name": "Front Gate"}
    assert len(texts) == len({str(slots) for slots in texts})


CHINESE = """
intents:
  open: {sentences: ["[把]{name}(打开|开[一]下)", "打开[ ]{area}的[TV|电视]"]}
  set: {sentences: ["{area}调到{count}度[C]"]}
lists:
  count: {range: {from: 10, to: 30}}
"""


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("把吊灯打开", {"name": "吊灯"}),
        ("吊 灯 开 下", {"name": "吊灯"}),
        ("打开客厅的TV", {"area": "客厅"}),
        ("打开客厅的tv", {"area": "客厅"}),
        ("打开客厅的", {"area": "客厅"}),
        ("客厅调到二十五度", {"area": "客厅", "count": 25}),
        ("客厅调到25度c", {"area": "客厅", "count": 25}),
        ("客厅调到三十五度", None),
        ("台灯7号打开", {"name": "台灯"}),
        ("台灯七号开一下", {"name": "台灯"}),
    ],
)
def test_mandarin_is_matched_by_characters(tmp_path: Path, text: str, slots: dict[str, Any] | None) -> None:
    names = [Name("吊灯", "吊灯", "name"), Name("客厅", "客厅", "area"), Name("台灯7号", "台灯", "name")]
    language: Language = "zh"
    found = best(tongue_of(tmp_path, CHINESE, names, language), text)
    assert (found and found.slots) == slots


HEBREW = """
intents:
  open: {sentences: ["open [the]{name}[s][ ]door", "say [un]{text}"]}
  in: {sentences: ["go d'{area}", "count d'{1..99:count}", "be in [the ]{area}"]}
  off: {sentences: ["turn {area}'m off[ 'r]", "{area}ে"]}
lists:
  text: {wildcard: true}
"""


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("open theoak door", {"name": "oak"}),
        ("open oakdoor", {"name": "oak"}),
        ("open oaks door", {"name": "oak"}),
        ("open oak door", {"name": "oak"}),
        ("open the oak door", {"name": "oak"}),
        ("go d'entrée", {"area": "entrée"}),
        ("count d'16", {"count": 16}),
        ("be in the entrée", {"area": "entrée"}),
        ("say untie it", {"text": "tie it"}),
        ("turn entrée'm off", {"area": "entrée"}),
        ("turn entrée'm off 'r", {"area": "entrée"}),
        ("entréeে", {"area": "entrée"}),
    ],
)
def test_a_value_may_share_a_word_with_the_sentence(
    tmp_path: Path, text: str, slots: dict[str, Any] | None
) -> None:
    found = best(tongue_of(tmp_path, HEBREW, [Name("oak", "oak", "name"), Name("entrée", "entrée", "area")]), text)
    assert (found and found.slots) == slots
