"""What templates can say is read back; what nobody says does no harm."""

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.intents import RangeSlotList, TextSlotList
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.bakery import AREAS, NOW, THINGS
from jingling.core.turn import Language
from jingling.language.base import Name
from jingling.language.matching.names import NameIndex
from jingling.language.matching.spoken import Spoken
from jingling.language.matching.tongue import Match, Tongue
from jingling.language.templates import Template, packaged_bank
from jingling.language.text import even
from jingling.language.values.find import PHRASES

SEED = 5
SAMPLES = 700
FREE = "xyzzy plugh"
SAID = {
    "en": {"color": ("blue", "blue"), "temperature": ("twenty one degrees", 21)},
    "zh": {"color": ("蓝色", "blue"), "temperature": ("二十一度", 21)},
}


def home(language: Language) -> list[Name]:
    things = [Name(text, text, "name", {"domain": domain}) for text, domain, _ in THINGS[language]]
    return [*things, *(Name(text, text, kind) for text in AREAS[language] for kind in ("area", "floor"))]


@pytest.fixture(scope="module", params=["en", "zh"])
def spoken(request: pytest.FixtureRequest) -> Spoken:
    bank = packaged_bank(request.param)
    return Spoken(request.param, bank.templates, bank.rules, bank.lists, {}, PHRASES[bank.language])


@pytest.fixture(scope="module")
def tongue(spoken: Spoken) -> Tongue:
    index = NameIndex()
    language: Language = "zh" if spoken.code == "zh" else "en"
    index.replace(language, home(language))
    return Tongue(spoken, index)


class Sampler:
    """Says one template in a way chosen by chance; `slots` are what it then holds."""

    def __init__(self, spoken: Spoken, names: list[Name], rng: random.Random) -> None:
        self.spoken = spoken
        self.names = names
        self.rng = rng
        self.slots: dict[str, Any] = {}

    def say(self, expression: Expression, template: Template) -> str | None:
        """None: it has no value for one of its lists."""
        if isinstance(expression, TextChunk):
            return str(expression.text)
        if isinstance(expression, RuleReference):
            return self.say(self.spoken.rules[expression.rule_name].expression, template)
        if isinstance(expression, ListReference):
            return self.value(expression, template)
        assert isinstance(expression, Group)
        if isinstance(expression, Alternative):
            return self.say(self.rng.choice(expression.items), template)
        items = list(expression.items)
        if isinstance(expression, Permutation):
            self.rng.shuffle(items)
        parts = [self.say(item, template) for item in items]
        if None in parts:
            return None
        return (" " if isinstance(expression, Permutation) else "").join(part for part in parts if part is not None)

    def value(self, reference: ListReference, template: Template) -> str | None:
        name, slot = reference.list_name, reference.slot_name
        known = self.spoken.lists.get(name)
        if name in SAID[self.spoken.code]:
            said, self.slots[slot] = SAID[self.spoken.code][name]
            return str(said)
        if isinstance(known, RangeSlotList):
            number = self.rng.randrange(known.start, known.stop + 1, known.step)
            self.slots[slot] = number * (known.multiplier or 1)
            return str(number)
        if isinstance(known, TextSlotList):
            value = self.rng.choice(known.values)
            text = self.say(value.text_in, template)
            self.slots[slot] = text if value.value_out is None else value.value_out
            return text
        if known is not None:
            self.slots[slot] = FREE
            return FREE
        fitting = [one for one in self.names if one.kind == name and template.allows(one.context)]
        if not fitting:
            return None
        chosen = self.rng.choice(fitting)
        self.slots[slot] = chosen.value
        return chosen.text


def sampled(spoken: Spoken, names: list[Name]) -> Iterator[tuple[Template, str, dict[str, Any]]]:
    rng = random.Random(SEED)
    for template in rng.choices(spoken.templates, k=SAMPLES):
        sampler = Sampler(spoken, names, rng)
        text = sampler.say(template.sentence.expression, template)
        if text is not None:
            here = {"area": "Attic"} if template.needs_area else {}
            yield template, " ".join(text.split()), {**template.slots, **here, **sampler.slots}


def test_what_templates_say_is_read_back(spoken: Spoken, tongue: Tongue) -> None:
    """Among all readings is the one meant; another may be as good or better ("open the door" of two templates)."""
    names = home("zh" if spoken.code == "zh" else "en")
    count, lost = 0, []
    for template, text, slots in sampled(spoken, names):
        count += 1
        found = tongue.match(tongue.said(even(text), NOW), area="Attic")
        if not any(_is(match, template, slots) for match in found):
            lost.append((text, template.sentence.text, slots, [(match.intent, match.slots) for match in found]))
    assert count > SAMPLES * 0.7
    assert len(lost) <= count * 0.005, lost


def _is(match: Match, template: Template, slots: dict[str, Any]) -> bool:
    return match.intent == template.intent and _plain(match.slots) == _plain(slots)


def _plain(slots: dict[str, Any]) -> dict[str, str]:
    return {slot: "".join(str(value).casefold().split()) for slot, value in slots.items()}


WORDS = {
    "en": "the on light in to turn for set one 5 half twenty minutes kitchen list name album called lamp's % -",
    "zh": "灯 打开 一 百 十 把 的 在 到 分钟 厨房 列表 吊灯 半 5 % TV",
}
OVERLAPPING = {
    "en": ["the", "the the", "light", "light light", "on", "in the", "one", "5", "list"],
    "zh": ["灯", "灯灯", "灯灯灯", "一", "把", "打开", "的"],
}


@pytest.fixture(scope="module")
def crowded(spoken: Spoken) -> Tongue:
    """A home of many things whose names are words of the sentences."""
    index = NameIndex()
    kinds = ("name", "area", "floor")
    names = [
        Name(text, f"{text} {domain}", kind, {"domain": domain})
        for text in OVERLAPPING[spoken.code]
        for kind in kinds
        for domain in ("light", "switch", "cover", "lock", "sensor", "fan")
    ]
    index.replace("zh" if spoken.code == "zh" else "en", names)
    return Tongue(spoken, index)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_run_of_words_takes_long(crowded: Tongue, data: st.DataObject) -> None:
    words = st.sampled_from(WORDS[crowded.language.code].split())
    run = data.draw(st.lists(words, min_size=1, max_size=6)) * data.draw(st.integers(1, 150))
    tail = data.draw(st.lists(words, max_size=12))
    assert quickest(crowded, " ".join([*run, *tail])[:600]) < 0.05


NASTY = [
    "the " * 150,
    "1 " * 300,
    "灯" * 600,
    "a" * 600,
    "'" * 600,
    "'s" * 300,
    "1/2" * 200,
    "-" * 600,
    "12:30 " * 100,
]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: text[:6])
def test_no_nonsense_takes_long(crowded: Tongue, text: str) -> None:
    assert quickest(crowded, text) < 0.05


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.binary(max_size=80).map(lambda raw: raw.decode("utf-8", "replace"))))
def test_any_text_is_taken(crowded: Tongue, text: str) -> None:
    assert quickest(crowded, text) < 0.05


def quickest(tongue: Tongue, text: str) -> float:
    """Seconds of this thread, of two tries: in one of them all memory may have been searched for garbage."""
    return min(_seconds(tongue, text) for _ in range(2))


def _seconds(tongue: Tongue, text: str) -> float:
    before = time.thread_time()
    tongue.match(tongue.said(even(text), NOW), area="Attic")
    return time.thread_time() - before
