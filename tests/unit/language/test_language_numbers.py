"""Numbers and what is counted, in any text and in templates."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.turn import Language
from jingling.language.text import even
from jingling.language.values.find import find, parse, recognize
from jingling.language.values.spelling import spell

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

FREE: list[tuple[Language, str, str, list[tuple[str, str]]]] = [
    ("en", "NumberModel", "we sold twenty-one of 1,500", [("twenty-one", "21"), ("1,500", "1500")]),
    ("en", "NumberModel", "two and three quarters", [("two and three quarters", "2.75")]),
    ("en", "NumberModel", "4 million and a half people", [("4 million and a half", "4500000")]),
    ("en", "NumberModel", "two crore and fifty", [("two crore and fifty", "20000050")]),
    ("en", "NumberModel", "minus 3/4 or -2.5", [("minus 3/4", "-0.75"), ("-2.5", "-2.5")]),
    ("en", "NumberModel", "one hundred twenty fifths", [("one hundred twenty fifths", "4")]),
    ("en", "NumberModel", "2.5k then 3^2", [("2.5k", "2500"), ("3^2", "9")]),
    ("en", "NumberModel", "this one is 7cm", []),
    ("en", "NumberModel", "seven out of eight", [("seven out of eight", "0.875")]),
    ("en", "PercentModel", "up by minus two point five per cent", [("minus two point five per cent", "-2.5%")]),
    ("en", "OrdinalModel", "the 3rd and the last", [("3rd", "3"), ("last", "end+0")]),
    (
        "en",
        "NumberRangeModel",
        "more than 10 but less than twenty",
        [("more than 10 but less than twenty", "(10,20)")],
    ),
    (
        "en",
        "NumberRangeModel",
        "less than 10 and more than 20",
        [("less than 10", "(,10)"), ("more than 20", "(20,)")],
    ),
    ("en", "NumberRangeModel", "3 or fewer, at least 9", [("3 or fewer", "(,3]"), ("at least 9", "[9,)")]),
    ("en", "CurrencyModel", "it is $3 million or 4 euros 20", [("$3 million", "3000000"), ("4 euros 20", "4.2")]),
    ("en", "CurrencyModel", "he paid 20 dollars 3 times", [("20 dollars", "20")]),
    ("en", "DimensionModel", "a 5-mile run at 80 km/h", [("5-mile", "5"), ("80 km/h", "80")]),
    ("en", "DimensionModel", "I'll be there at 8 pm", []),
    ("en", "AgeModel", "she is 8 years old", [("8 years old", "8")]),
    ("en", "TemperatureModel", "heat it to 180°C", [("180°C", "180")]),
    ("zh", "NumberModel", "一共三千零五十个", [("三千零五十", "3050")]),
    ("zh", "NumberModel", "两万五和八分之三", [("两万五", "25000"), ("八分之三", "0.375")]),
    ("zh", "NumberModel", "五千三百万亿", [("五千三百万亿", "5300000000000000")]),
    ("zh", "NumberModel", "我们一起去四川", []),
    ("zh", "PercentModel", "打八五折，百分之三点五", [("八五折", "85%"), ("百分之三点五", "3.5%")]),
    ("zh", "OrdinalModel", "第十二名", [("第十二", "12")]),
    ("zh", "NumberRangeModel", "不少于三十小于五十", [("不少于三十小于五十", "[30,50)")]),
    ("zh", "CurrencyModel", "一共三十块零五毛", [("三十块零五毛", "30.5")]),
    ("zh", "CurrencyModel", "吃了三块蛋糕", []),
    ("zh", "DimensionModel", "走了三公里半", [("三公里半", "3.5")]),
    ("zh", "AgeModel", "他六岁了", [("六岁", "6")]),
    ("zh", "TemperatureModel", "今天零下十二度", [("零下十二度", "-12")]),
]


@pytest.mark.parametrize(("language", "kind", "text", "expected"), FREE)
def test_values_are_found_in_free_text(
    language: Language, kind: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = recognize(text, language, NOW, kind)
    assert [(one.text, one.resolutions[0]["value"]) for one in found] == expected


def test_without_a_kind_the_longest_reading_counts() -> None:
    found = recognize("five dollars for 2 kg and 10 percent off the third", "en", NOW)
    assert [(one.kind, one.text) for one in found] == [
        ("currency", "five dollars"),
        ("dimension", "2 kg"),
        ("percentage", "10 percent"),
        ("ordinal", "third"),
    ]


SAID: list[tuple[Language, str, str, object]] = [
    ("en", "money", "twelve fifty", {"amount_minor": 1250, "currency": ""}),
    ("en", "money", "five dollars and ten cents", {"amount_minor": 510, "currency": "USD"}),
    ("en", "money", "ninety nine pence", {"amount_minor": 99, "currency": "GBP"}),
    ("en", "money", "two thousand yen", {"amount_minor": 2000, "currency": "JPY"}),
    ("en", "money", "half a euro", {"amount_minor": 50, "currency": "EUR"}),
    ("en", "money", "1.2345 dollars", None),
    ("zh", "money", "三块二", {"amount_minor": 320, "currency": "CNY"}),
    ("zh", "money", "一百二十八块五", {"amount_minor": 12850, "currency": "CNY"}),
    ("zh", "money", "十块零五分", {"amount_minor": 1005, "currency": "CNY"}),
    ("zh", "money", "五百日元", {"amount_minor": 500, "currency": "JPY"}),
    ("en", "quantity", "a pound and a half", {"value": 1.5, "unit": "pound"}),
    ("zh", "quantity", "两斤半", {"value": 2.5, "unit": "jin"}),
    ("en", "fraction", "three fifths", 0.6),
    ("zh", "fraction", "四分之三", 0.75),
    ("en", "number", "one point five million", 1_500_000),
    ("en", "number", "half a million", 500_000),
    ("zh", "number", "3.5万", 35_000),
    ("zh", "number", "两兆", 2 * 10**12),
]


@pytest.mark.parametrize(("language", "name", "said", "value"), SAID)
def test_what_is_said_becomes_the_value(language: Language, name: str, said: str, value: object) -> None:
    assert parse(name, even(said), language, NOW) == value


@given(st.integers(-999_999_999_999, 999_999_999_999), st.sampled_from(["en", "zh"]))
def test_a_spelled_number_is_found_whole(number: int, language: Language) -> None:
    found = recognize(spell(number, language), language, NOW, "NumberModel")
    single = language == "zh" and number in (-10, 10) and len(spell(number, language)) == 1
    assert single or [one.resolutions[0]["value"] for one in found] == [str(number)]


@given(st.integers(1, 99_999_999), st.integers(0, 99))
def test_spelled_dollars_and_cents_are_read_back(dollars: int, cents: int) -> None:
    said = f"{spell(dollars, 'en')} dollars" + (f" and {spell(cents, 'en')} cents" if cents else "")
    assert parse("money", said, "en", NOW) == {"amount_minor": dollars * 100 + cents, "currency": "USD"}
    short = f"{spell(dollars, 'en')} dollars {spell(cents, 'en')}"
    assert not cents or parse("money", short, "en", NOW) == {
        "amount_minor": dollars * 100 + cents,
        "currency": "USD",
    }


@given(st.integers(1, 99_999_999), st.integers(0, 9), st.integers(0, 9))
def test_spelled_yuan_jiao_and_fen_are_read_back(yuan: int, jiao: int, fen: int) -> None:
    said = f"{spell(yuan, 'zh')}元"
    said += f"{spell(jiao, 'zh')}角" if jiao else "零" if fen else ""
    said += f"{spell(fen, 'zh')}分" if fen else ""
    assert parse("money", said, "zh", NOW) == {"amount_minor": yuan * 100 + jiao * 10 + fen, "currency": "CNY"}


PIECES = (
    *("one", "two", "hundred", "and", "a", "half", "point", "million", "dollars", "$", "-", "/", "5", "1,000", "."),
    *("%", "of", "to", "more", "than", "½", "1/2", "10^9", "²", "🙂", "第", "十", "百", "万", "亿"),
    *"零点分之块毛元半个几多一二三又大于和",
)
WORDS = st.sampled_from(PIECES)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS).map("".join)))
def test_no_text_is_too_much(text: str) -> None:
    for language in ("en", "zh"):
        recognize(text, language, NOW)
        find(even(text)[:600], language, NOW)


@pytest.mark.parametrize("text", ["one hundred and " * 37, "三百" * 300, "1/2 " * 150, "a " * 300])
def test_texts_made_of_numbers_take_no_time(text: str) -> None:
    for language in ("en", "zh"):
        recognize(text, language, NOW)
        took = []
        for _ in range(3):
            begun = time.process_time()
            recognize(text, language, NOW)
            took.append(time.process_time() - begun)
        assert min(took) < 0.05
