"""The words that a language's templates are made of, and those of its values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hassil.expression import Expression, Group, ListReference, RuleReference, TextChunk
from hassil.intents import TextSlotList

from jingling.core.turn import Language
from jingling.language.lists import forms
from jingling.language.templates import Bank
from jingling.language.text import even, tokens
from jingling.language.values.find import PHRASES
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word
from jingling.language.values.spelling import spell

_SCALES: dict[Language, str] = {"en": "hundred thousand half quarter percent degrees", "zh": "百 千 万 半 两 点"}
_TIMES: dict[Language, str] = {
    "en": "second seconds minute minutes hour hours day days week weeks o'clock morning afternoon evening night "
    "noon midnight today tomorrow monday tuesday wednesday thursday friday saturday sunday weekday weekend daily",
    "zh": "秒钟 分钟 小时 钟头 一刻 今天 明天 后天 早上 上午 中午 下午 晚上 星期 礼拜 "
    "每天 工作日 周末 百分之 点钟 点半",
}
_NUMBERS_TO = 20
_COMMON: dict[Language, str] = {
    "en": "kitchen bedroom bathroom lounge hall hallway corridor garage cellar basement attic loft garden yard "
    "patio porch balcony terrace study office library nursery pantry laundry toilet closet dining living "
    "guest kids playroom gym sauna pool shed lobby landing stairs upstairs downstairs lamp light fan "
    "heater heating oven stove fridge kettle toaster radio speaker television curtain blind shutter "
    "window door gate lock plug socket camera sprinkler projector printer computer monitor washer dryer "
    "dishwasher vacuum humidifier thermostat boiler fireplace ceiling wall floor desk table bed left "
    "right front back north south east west upper lower",
    "zh": "客厅 厨房 卧室 主卧 次卧 客房 书房 餐厅 浴室 厕所 卫生间 洗手间 阳台 走廊 玄关 门厅 车库 地下室 阁楼 "
    "花园 院子 露台 储藏室 衣帽间 儿童房 老人房 办公室 健身房 洗衣房 楼上 楼下 楼梯 天台 茶室 空调 电视 冰箱 "
    "洗衣机 烤箱 风扇 窗帘 窗户 大门 门锁 插座 音箱 音响 热水器 加湿器 净化器 投影 电脑 打印机 摄像头 油烟机 "
    "洗碗机 扫地机 暖气 地暖 台灯 吊灯 壁灯 射灯 落地灯 床头灯 夜灯 灯带 吸顶灯 筒灯",
}
COMMON = {language: frozenset(words.split()) for language, words in _COMMON.items()}
"""What homes have: who says one of these has not been misheard for another, even where it is not there."""


Run = tuple[str, ...]
"""Words that follow each other, lower-case; in Chinese characters."""


class Vocabulary(NamedTuple):
    """`names` are values of lists that a person may mean.

    `known` are all single words that can be part of a sentence, those of dates and colours among them.
    """

    words: frozenset[Run]
    names: frozenset[Run]
    numbers: frozenset[Run]
    known: frozenset[str]


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
    found = [frozenset(_runs(texts)) for texts in (words, values, numbers)]
    known = {word for runs in found for run in runs for word in run}
    known.update(_phrase_words(PHRASES[language].values()))
    return Vocabulary(found[0], found[1], found[2], frozenset(known))


def _phrase_words(phrases: Iterable[Phrase]) -> Iterator[str]:
    """All words of values."""
    stack, seen = list(phrases), set[int]()
    while stack:
        phrase = stack.pop()
        if id(phrase) in seen:
            continue
        seen.add(id(phrase))
        if isinstance(phrase, Word):
            yield phrase.text
        elif isinstance(phrase, Alt):
            stack += phrase.options
        elif isinstance(phrase, Seq):
            stack += phrase.parts
        elif isinstance(phrase, Opt | Typed):
            stack.append(phrase.part)


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


def _runs(texts: Iterable[str]) -> Iterator[Run]:
    for text in texts:
        if run := run_of(text):
            yield run


def run_of(text: str) -> Run:
    """The words (or Chinese characters) of `text`, lower-case."""
    return tuple(token.text for token in tokens(even(text)))


def is_chinese(run: Sequence[str]) -> bool:
    return bool(run) and all("一" <= word <= "鿿" for word in run)
