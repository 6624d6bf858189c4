"""The words that English dates and times are made of: numbers, years, months, weekdays, units."""

import re

from jingling.language.values.english_rules import Names, meanings, rules
from jingling.language.values.phrases import Alt, Phrase, Written

_ONES = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FIRSTS = "first second third fourth fifth sixth seventh eighth ninth"
_TENTHS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
_MONTHS = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)
_WEEKDAYS = (
    "monday mon",
    "tuesday tues tue",
    "wednesday wedn weds wed",
    "thursday thurs thur thu",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
_UNITS = {
    "s": "second seconds sec secs",
    "m": "minute minutes min mins",
    "h": "hour hours hr hrs h",
    "D": "day days d night nights",
    "BD": "business_day business_days working_day working_days",
    "W": "week weeks w wk wks",
    "F": "fortnight fortnights",
    "WE": "weekend weekends",
    "M": "month months",
    "Q": "quarter quarters",
    "Y": "year years y ys yr yrs",
    "DE": "decade decades",
}


def _many(rows: tuple[str, ...], first: int) -> Phrase:
    """Several words for one number, apart by spaces; the rows are numbered from `first`."""
    return meanings({word: n for n, words in enumerate(rows, first) for word in words.split()})


def digits(low: int, high: int, form: str = r"\d{1,9}") -> Phrase:
    """A whole number from `low` to `high`, written in the form of the regular expression."""

    def read(found: re.Match[str]) -> int | None:
        value = int(found.group())
        return value if low <= value <= high else None

    return Written(form, read)


names: Names = {}
"""What the patterns of other files are made of."""
names["ones"] = meanings({word: n for n, word in enumerate(_ONES.split(), 1)})
names["teens"] = meanings({word: n for n, word in enumerate(_TEENS.split(), 10)})
names["tens"] = meanings({word: n * 10 for n, word in enumerate(_TENS.split(), 2)})
names["small"] = rules(
    names,
    ("{ones}", int),
    ("{teens}", int),
    ("{tens}", int),
    ("{tens} -? {ones}", lambda tens, one: tens + one),
)
names["two_digits"] = digits(0, 99, r"\d{1,2}")
names["cardinal"] = rules(
    names,
    ("{small}", int),
    ("{tens} and {ones}", lambda tens, one: tens + one),
    ("{small} hundred", lambda n: n * 100),
    ("{small} hundred and? {small}", lambda n, rest: n * 100 + rest),
    ("a hundred", lambda: 100),
)
names["ordinal_word"] = rules(
    {
        **names,
        "firsts": meanings({word: n for n, word in enumerate(_FIRSTS.split(), 1)}),
        "tenths": meanings({word: n for n, word in enumerate(_TENTHS.split(), 10)}),
        "tieths": meanings({word[:-1] + "ieth": n * 10 for n, word in enumerate(_TENS.split(), 2)}),
    },
    ("{firsts}", int),
    ("{tenths}", int),
    ("{tieths}", int),
    ("{tens} -? {firsts}", lambda tens, one: tens + one),
)
names["nth_digits"] = rules(names, ("{two_digits} ~ st|nd|rd|th", int))
names["ordinal"] = Alt(names["ordinal_word"], names["nth_digits"])
names["few_nth"] = rules({**names, "few": names["ordinal"]}, ("{few}", lambda n: n if 1 <= n <= 5 else None))


def _day(n: int) -> int | None:
    return n if 1 <= n <= 31 else None


names["day_digits"] = digits(1, 31, r"\d{1,2}")
names["day_nth"] = rules(names, ("{ordinal}", _day))
names["day_word"] = rules(names, ("{small}", _day))
names["day_number"] = Alt(names["day_nth"], names["day_digits"], names["day_word"])
names["month_number"] = digits(1, 12, r"\d{1,2}")


def _whole_year(found: re.Match[str]) -> int:
    return int(found.group())


def _in_words(century: int, rest: int) -> int | None:
    return century * 100 + rest if 15 <= century <= 21 and rest >= 10 else None


def full_year(short: int) -> int:
    """Of two digits: from 1940 to 2039."""
    return short + (2000 if short < 40 else 1900)


names["year_digits"] = Written(r"1[5-9]\d\d|20\d\d|21\d\d", _whole_year)
names["any_year"] = Written(r"[1-9]\d{3}", _whole_year)
names["year_words"] = rules(
    names,
    ("{small} -? {small}", _in_words),
    ("{small} oh|zero|o {ones}", lambda century, one: century * 100 + one if 15 <= century <= 21 else None),
    ("{small} hundred and? {small}?", lambda n, rest: n * 100 + (rest or 0) if 15 <= n <= 21 and n != 20 else None),
    ("two thousand", lambda: 2000),
    ("two thousand and? {small}", lambda n: 2000 + n),
    ("one|a thousand {ones} hundred and? {small}?", lambda n, rest: 1000 + n * 100 + (rest or 0)),
)
names["year"] = Alt(names["year_digits"], names["year_words"])
names["month"] = _many(_MONTHS, 1)
names["weekday"] = _many(_WEEKDAYS, 0)
names["weekdays"] = meanings({words.split()[0] + "s": n for n, words in enumerate(_WEEKDAYS)})
names["unit"] = meanings({word.replace("_", " "): unit for unit, words in _UNITS.items() for word in words.split()})
