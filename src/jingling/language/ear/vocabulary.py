"""The words that a language's templates are made of, and those of its values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hassil.expression import Expression, Group, ListReference, RuleReference, TextChunk
from hassil.intents import TextSlotList

from jingling.core.turn import Language
from jingling.language.lists import forms
from jingling.language.templates import Bank
from jingling.language.text import even, tokens
from jingling.language.values.spelling import spell

_SCALES: dict[Language, str] = {"en": "hundred thousand half quarter percent degrees", "zh": "百 千 万 半 两 点"}
_TIMES: dict[Language, str] = {
    "en": "second seconds minute minutes hour hours day days week weeks o'clock morning afternoon evening night "
    "noon midnight today tomorrow monday tuesday wednesday thursday friday saturday sunday weekday weekend daily",
    "zh": "秒钟 分钟 小时 钟头 一刻 今天 明天 后天 早上 上午 中午 下午 晚上 星期 礼拜 "
    "每天 工作日 周末 百分之 点钟 点半",
}
_NUMBERS_TO = 20


class Vocabulary(NamedTuple):
    """Each is a run of words; in Chinese one of characters. `names` are values of lists that a person may mean."""

    words: frozenset[tuple[str, ...]]
    names: frozenset[tuple[str, ...]]
    numbers: frozenset[tuple[str, ...]]


def of(bank: Bank) -> Vocabulary:
    language = bank.language
    said: set[str] = set()
    lists: set[str] = set()
    seen: set[str] = set()
    for template in [*bank.templates, *(one for group in bank.answers.values() for one in group)]:
        _walk(template.sentence.expression, bank, said, lists, seen)
    values = (text for name in lists for text in _values(name, bank))
    numbers = [*(spell(number, language) for number in range(_NUMBERS_TO)), *_SCALES[language].split()]
    if language == "en":
        numbers += (spell(number, language) for number in range(_NUMBERS_TO, 100))
    else:
        numbers = [number for number in numbers if len(number) == 1]
    words = [*said, *_TIMES[language].split()]
    return Vocabulary(*(frozenset(_runs(texts)) for texts in (words, values, numbers)))


def _walk(expression: Expression, bank: Bank, said: set[str], lists: set[str], seen: set[str]) -> None:
    if isinstance(expression, TextChunk):
        said.add(expression.text)
    elif isinstance(expression, ListReference):
        lists.add(expression.list_name)
    elif isinstance(expression, RuleReference):
        if expression.rule_name not in seen:
            seen.add(expression.rule_name)
            _walk(bank.rules[expression.rule_name].expression, bank, said, lists, seen)
    elif isinstance(expression, Group):
        for item in expression.items:
            _walk(item, bank, said, lists, seen)


def _values(name: str, bank: Bank) -> Iterator[str]:
    slot_list = bank.lists.get(name)
    if isinstance(slot_list, TextSlotList):
        for value in slot_list.values:
            yield from forms(value, bank) or ()


def _runs(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for text in texts:
        if run := run_of(text):
            yield run


def run_of(text: str) -> tuple[str, ...]:
    """The words (or Chinese characters) of `text`, lower-case."""
    return tuple(token.text for token in tokens(even(text)))


def is_chinese(run: Sequence[str]) -> bool:
    return bool(run) and all("一" <= word <= "鿿" for word in run)
