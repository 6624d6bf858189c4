""" "You can say": sentences of each intent, with names of this home in them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, TextChunk
from hassil.intents import RangeSlotList, TextSlotList

from jingling.core.turn import Language
from jingling.language.base import Example, Name
from jingling.language.lists import forms
from jingling.language.templates import CORE, Bank, Examples, Template, references
from jingling.language.values.spelling import spell

_PER_INTENT = 2
_TRIED = 24
_SAID: dict[Language, Mapping[str, str]] = {
    "en": {
        "number": "three",
        "percentage": "forty percent",
        "fraction": "two thirds",
        "money": "twelve dollars fifty",
        "quantity": "two pounds",
        "temperature": "twenty one degrees",
        "color": "blue",
        "duration": "ten minutes",
        "time": "half past seven",
        "datetime": "tomorrow at eight",
        "date": "friday",
        "ordinal": "the second",
    },
    "zh": {
        "number": "三",
        "percentage": "百分之四十",
        "fraction": "三分之二",
        "money": "十二块五",
        "quantity": "两斤",
        "temperature": "二十一度",
        "color": "蓝色",
        "duration": "十分钟",
        "time": "七点半",
        "datetime": "明天早上八点",
        "date": "星期五",
        "ordinal": "第二个",
    },
}
Check = Callable[[str], str | None]
"""The name of the intent that a text is understood as."""


def examples(bank: Bank, names: Sequence[Name], understood: Check) -> list[Example]:
    """For each intent its own examples, or else a few made from its templates that `understood` agrees with."""
    by_intent: dict[str, list[Template]] = {}
    for template in bank.templates:
        if template.skill != CORE:
            by_intent.setdefault(template.intent, []).append(template)
    found: list[Example] = []
    for number, (intent, templates) in enumerate(by_intent.items()):
        sampler = _Sampler(bank, names, number)
        given = bank.examples.get(intent)
        texts = _given(given, intent, sampler, understood) if given else _sampled(templates, sampler, understood)
        skill = given.skill if given else templates[0].skill
        found += [Example(str(text), str(intent), str(skill)) for text in texts]
    return found


def _given(given: Examples, intent: str, sampler: "_Sampler", understood: Check) -> Iterable[str]:
    """A skill's own examples, each with the first names of this home with which it is understood."""
    for sentence in given.sentences:
        template = Template(intent, given.skill, sentence, "")
        tries = _TRIED if any(references(sentence.expression)) else 1
        texts = (sampler.text(template) for _ in range(tries))
        fitting = (text for text in texts if text and (tries == 1 or understood(text) == intent))
        yield from islice(fitting, 1)


def _sampled(templates: Sequence[Template], sampler: "_Sampler", understood: Check) -> Iterable[str]:
    """A sentence with a name and one without, or whatever there is."""
    kept: dict[str, str] = {}
    for template in sorted(templates, key=_naturalness)[:_TRIED]:
        kind = next((kind for kind in ("name", "area") if _mentions(template, kind)), "")
        text = sampler.text(template)
        if text and kind not in kept and understood(text) == template.intent:
            kept[kind] = text
        if len(kept) == _PER_INTENT:
            break
    return dict.fromkeys(kept.values())


def _mentions(template: Template, kind: str) -> bool:
    return f"{{{kind}:" in (template.sentence.text or "")


def _naturalness(template: Template) -> tuple[bool, int]:
    """Sentences about one named thing first; the more values one has, the stranger it sounds."""
    return not _mentions(template, "name"), len(list(references(template.sentence.expression)))


class _Sampler:
    """Says templates the short way; `turn` moves on from name to name so that examples differ."""

    def __init__(self, bank: Bank, names: Sequence[Name], turn: int) -> None:
        self._bank = bank
        self._names = names
        self._turn = turn

    def text(self, template: Template) -> str | None:
        said = self._say(template.sentence.expression, template)
        self._turn += 1
        return " ".join(said.split()) if said else None

    def _say(self, expression: Expression, template: Template) -> str | None:
        if isinstance(expression, TextChunk):
            return str(expression.text)
        if isinstance(expression, ListReference):
            return self._value(expression.list_name, template)
        if isinstance(expression, RuleReference):
            return self._say(self._bank.rules[expression.rule_name].expression, template)
        if isinstance(expression, Alternative):
            return self._choice(expression, template)
        parts = (
            [self._say(item, template) for item in expression.items] if isinstance(expression, Group) else [None]
        )
        said = [part for part in parts if part is not None]
        return "".join(said) if len(said) == len(parts) else None

    def _choice(self, expression: Alternative, template: Template) -> str | None:
        """The first that can be said; what is optional is left out, but for an article."""
        if expression.is_optional and not _is_article(expression.items[0]):
            return ""
        return next((said for item in expression.items if (said := self._say(item, template)) is not None), None)

    def _value(self, name: str, template: Template) -> str | None:
        language = self._bank.language
        if name in self._bank.kinds:
            fitting = [each for each in self._names if each.kind == name and template.allows(each.context)]
            return fitting[self._turn % len(fitting)].text if fitting else None
        if name in _SAID[language]:
            return _SAID[language][name]
        slot_list = self._bank.lists[name]
        if isinstance(slot_list, RangeSlotList):
            return spell(_middle(slot_list.start, slot_list.stop, slot_list.step), language)
        if isinstance(slot_list, TextSlotList):
            said = [form for value in slot_list.values for form in (forms(value, self._bank) or ())[:1]]
            return said[self._turn % len(said)] if said else None
        return None


def _middle(low: int, high: int, step: int) -> int:
    """A round number of a range."""
    steps = (high - low) // step
    middle = low + step * (steps // 3)
    return middle - middle % 10 if middle - middle % 10 >= low and step == 1 else middle


def _is_article(expression: Expression) -> bool:
    while isinstance(expression, Group) and len(expression.items) == 1:
        expression = expression.items[0]
    return isinstance(expression, RuleReference) and expression.rule_name.endswith("/the")
