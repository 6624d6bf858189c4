"""Days of the calendar as they are written in English: "oct. 2", "the 4th of july 1995", "2016-11-07"."""

from jingling.language.values.english_contexts import contexts
from jingling.language.values.english_rules import nothing_after, rules
from jingling.language.values.english_values import Day, calendar_day
from jingling.language.values.english_words import digits, full_year
from jingling.language.values.english_words import names as words
from jingling.language.values.phrases import Written

names = {**words, **contexts}
names["dow"] = rules(names, ("{weekday} .? ,? -?", int))
names["century_year"] = rules(names, ("{two_digits}", lambda n: full_year(n) if n > 31 else None))
names["in_year"] = rules(
    names,
    (",? {any_year}", int),
    ("of|in {any_year}", int),
    ("- {any_year}", int),
    (", of|in? {year_words}", int),
    ("of|in? {year_words}", int),
    ("of|, {two_digits}", full_year),
    ("{century_year}", int),
)


def _of(month: int, day: int, year: int | None = None) -> Day | None:
    return calendar_day(month, day, year)


def _day_first(day: int, month: int, year: int | None = None) -> Day | None:
    return calendar_day(month, day, year)


names["month_"] = rules(names, ("{month} .?", int), ("{month} ,", int), ("{month} .? -|/", int))
names["spelled"] = rules(
    names,
    ("{month_} the? {day_number} {in_year}?", _of),
    ("{month_} the? {day_number} ~? / {any_year}", _of),
    ("{day_nth} -|/|.|,? day? of? {month} <may> .? {in_year}?", _day_first),
    ("{day_digits} -|/|.|,? day? of? {month} <may> .? {in_year}?", _day_first),
    ("{day_word} of? {month} <may> .? {in_year}?", _day_first),
    ("the {day_number} day? of? {month} <may> .? {in_year}?", _day_first),
    ("{day_digits} -|/ {month} -|/ {any_year}", _day_first),
    ("{day_digits} -|/ {month} -|/ {two_digits}", lambda d, m, y: calendar_day(m, d, full_year(y))),
    ("{any_year} -|/ {month} -|/ {day_digits}", lambda y, m, d: calendar_day(m, d, y)),
    ("{any_year} -|/ {day_digits} -|/ {month}", lambda y, d, m: calendar_day(m, d, y)),
    ("{month} -|/ {any_year} -|/ {day_digits}", lambda m, y, d: calendar_day(m, d, y)),
    ("{day_digits} -|/ {any_year} -|/ {month}", lambda d, y, m: calendar_day(m, d, y)),
)


def _written(first: int, second: int, year: int | None = None) -> Day | None:
    """American order unless only the other is possible."""
    return calendar_day(first, second, year) or calendar_day(second, first, year)


def _compact(found: str) -> Day | None:
    return calendar_day(int(found[4:6]), int(found[6:]), int(found[:4]))


def _short_written(first: int, second: int, year: int) -> Day | None:
    """Of a year in the thirties nobody knows the century."""
    found = _written(first, second, full_year(year))
    if found is None or not 30 <= year < 40:
        return found
    past = _written(first, second, 1900 + year)
    return Day(lambda now: [*(past.find(now) if past else ()), *found.find(now)])


names["part"] = digits(1, 31, r"\d{1,2}")
names["two"] = digits(0, 99, r"\d{2}")
names["run_on"] = Written(r"(?:19|20)\d{6}", lambda found: _compact(found.group()))
names["not_more"] = nothing_after("%", "/", "–", ".", "percent", "st", "nd", "rd", "th")
_numbers = [(f"{{part}} ~ {sep} ~ {{part}} ~ {sep} ~ {{any_year}}", _written) for sep in "/-."] + [
    (f"{{part}} ~ {sep} ~ {{part}} ~ {sep} ~ {{two}}", _short_written) for sep in "/-."
]
names["numeric"] = rules(
    names,
    *_numbers,
    ("{part} ~ / ~ {part} ,|in|of {any_year}", _written),
    ("{part} ~ / ~ {part} ~ , ~ {two} <alone>", _short_written),
    *(
        (f"{{any_year}} ~ {sep} ~ {{part}} ~ {sep} ~ {{part}}", lambda y, m, d: calendar_day(m, d, y))
        for sep in "/-."
    ),
    ("{any_year} {part} {part}", lambda y, m, d: calendar_day(m, d, y)),
    ("{run_on}", lambda day: day),
    ("{part} ~ / ~ {part} <alone>", _written),
)
names["loose"] = rules(names, ("{part} ~ .|- ~ {part} <tail>", _written))
"""Two numbers that are a day only where "on" or a weekday says so."""
