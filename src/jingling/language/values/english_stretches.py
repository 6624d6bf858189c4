"""Weeks, months, quarters, years and parts of them in free English text: "next month", "q3 2019", "mid may"."""

from datetime import date

from jingling.language.values.english_date import names as day_names
from jingling.language.values.english_rules import meanings, rules
from jingling.language.values.english_spans import (
    century,
    cut,
    decade,
    from_today,
    in_month,
    in_year,
    month_ahead,
    month_year,
    nth_month,
    nth_units,
    nth_week,
    quarter,
    rest_of,
    unit_ahead,
    unresolved,
    week_of,
)
from jingling.language.values.english_words import digits, full_year
from jingling.language.values.phrases import Alt

_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


names = dict(day_names)
names["side"] = meanings(
    dict.fromkeys(("next", "following", "coming", "upcoming"), 1)
    | dict.fromkeys(("last", "previous", "past"), -1)
    | dict.fromkeys(("this", "current", "same", "that"), 0)
)
names["swift"] = rules(names, ("{side}", int), ("the {side}", int))
names["own"] = meanings(dict.fromkeys(("the", "my"), 0))
names["any_year_no"] = digits(1, 9999, r"\d{3,4}")
names["sep"] = meanings(dict.fromkeys((",", "of", "in", ", of", "-", "/", ".", "."), True))
names["month_year"] = rules(
    names,
    ("{month} <sep>? {any_year}", month_year),
    ("{month} . {any_year}", month_year),
    ("{month} of|,? {year_words}", month_year),
    ("{month} of {two_digits}", lambda month, year: month_year(month, full_year(year))),
    ("{month} {century_year}", month_year),
    ("{any_year} <sep>? {month}", lambda year, month: month_year(month, year)),
    ("{any_year} ~? -|/ ~? {month_number} <tail>", lambda year, month: month_year(month, year)),
    ("{any_year} ~ . ~ {month_number} <tail>", lambda year, month: month_year(month, year)),
    ("{month_number} ~? -|/ ~? {any_year} <tail>", month_year),
    ("{month} of|in|,? {year_ahead}", month_ahead),
    ("{side} {month} <may>", lambda ahead, month: month_ahead(month, ahead)),
)
names["lone_month"] = rules(
    names,
    ("{month} <no_verb> <may>", in_month),
    ("the? month of {month}", in_month),
    ("the? month of {month_year}", lambda found: found),
)
names["lone_year"] = rules(
    names,
    ("<head> {year_digits} <year_tail>", in_year),
    ("{year_words}", in_year),
    ("year {any_year_no}", in_year),
    ("year {cardinal}", lambda year: in_year(year) if year > 99 else None),
    ("year {year_words}", in_year),
    ("calendar_year|cy ~? {any_year}", in_year),
    ("cy ~? {two_digits}", lambda year: in_year(full_year(year))),
)
_UNITS = {"week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "fortnight": "F"}
_UNITS |= {"workweek": "WW", "working week": "WW", "work week": "WW", "calendar year": "Y"}
names["stretch_unit"] = meanings(_UNITS)
names["the_unit"] = meanings({said: unit for said, unit in _UNITS.items() if unit not in ("Q", "DE")})
names["around_now"] = rules(
    names,
    ("{side} {stretch_unit}", unit_ahead),
    ("the {side} decade", lambda ahead: unit_ahead(ahead, "DE")),
    ("{own} {the_unit} <not_told>", unit_ahead),
    ("weekend", lambda: unit_ahead(0, "WE")),
    ("the? {stretch_unit} after the? next", lambda unit: unit_ahead(2, unit)),
    ("the? {stretch_unit} before the? last", lambda unit: unit_ahead(-2, unit)),
)
names["whole"] = Alt(names["month_year"], names["lone_month"], names["lone_year"], names["around_now"])
names["of_year"] = rules(
    names,
    ("of|in? {lone_year}", lambda found: found),
    ("of|in? {swift} year", lambda ahead: unit_ahead(ahead, "Y")),
)
names["any_week"] = digits(1, 53, r"\d{1,2}")
names["nth"] = Alt(names["ordinal"], meanings({"last": -1}))
names["of_whole"] = rules(
    names, ("of|in? {whole}", lambda found: found), ("of|in the year {lone_year}", lambda found: found)
)
names["of_whole"] = Alt(names["of_whole"], names["of_year"])
names["some_count"] = Alt(names["count"], meanings({"few": 3}))
names["nth_part"] = rules(
    names,
    ("the? {nth} week {of_whole}", nth_week),
    ("the? {nth} month {of_whole}", nth_month),
    ("the? first {some_count} {unit} {of_whole}", lambda n, unit, of: nth_units(1, n, unit, of)),
    ("the? last {some_count} {unit} {of_whole}", lambda n, unit, of: nth_units(-1, n, unit, of)),
    ("week {any_week}", lambda n: from_today(lambda here: week_of(here.year, n), "W")),
    ("week {any_week} {of_year}", nth_week),
)
names["n"] = digits(1, 4, r"\d")
names["qn"] = rules(names, ("q ~? {n} <alone>", int))
names["hn"] = rules(names, ("h ~? {n}", lambda n: n if n < 3 else None))
names["quarter"] = rules(
    names,
    ("{qn}", quarter),
    ("{qn} -? {of_year}", quarter),
    ("{qn} - {any_year}", lambda n, year: quarter(n, in_year(year))),
    ("{year_digits} -? {qn}", lambda year, n: quarter(n, in_year(year))),
    ("the {few_nth} -? quarter", quarter),
    ("the? {few_nth} -? quarter {of_year}", quarter),
    ("the? {few_nth} -? quarter of the year", quarter),
    ("{year_digits} the? {few_nth} -? quarter", lambda year, n: quarter(n, in_year(year))),
    ("{swift} year ' s {few_nth} -? quarter", lambda ahead, n: quarter(n, unit_ahead(ahead, "Y"))),
    ("{swift} year ' s {qn}", lambda ahead, n: quarter(n, unit_ahead(ahead, "Y"))),
    ("the? {few_nth} half {of_year}", lambda n, of: quarter(n, of, 6)),
    ("the? {few_nth} half of the year", lambda n: quarter(n, unit_ahead(0, "Y"), 6)),
    ("{hn} -? {of_year}", lambda n, of: quarter(n, of, 6)),
    ("{year_digits} -? {hn}", lambda year, n: quarter(n, in_year(year), 6)),
)
names["season_name"] = meanings(_SEASONS)
names["season"] = rules(
    names,
    ("the? {season_name}", unresolved),
    ("{season_name} of|in? {year}", lambda season, year: unresolved(f"{year}-{season}")),
    ("{side} {season_name}", lambda ahead, season: unresolved(f"Y{ahead:+d}-{season}")),
    ("the {season_name} of {year}", lambda season, year: unresolved(f"{year}-{season}")),
)
names["schooled"] = rules(
    names,
    ("fiscal_year|fy ~? {any_year}", lambda year: unresolved(f"FY{year}")),
    ("school_year|sy ~? {any_year}", lambda year: unresolved(f"SY{year}")),
    ("fy ~ {two_digits}", lambda year: unresolved(f"FY{full_year(year)}")),
    ("sy ~ {two_digits}", lambda year: unresolved(f"SY{full_year(year)}")),
    ("{side} fiscal year", lambda ahead: unresolved(f"FYY{ahead:+d}")),
    ("{side} school year", lambda ahead: unresolved(f"SYY{ahead:+d}")),
    ("fiscal year", lambda: unresolved("FYXXXX")),
    ("school year", lambda: unresolved("SYXXXX")),
)
names["tens_s"] = meanings(
    {"tens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
    | {"eighties": 80, "nineties": 90}
)
names["round_year"] = digits(1500, 2190, r"\d{3}0")
names["round_two"] = digits(10, 90, r"\d0")
names["decade"] = rules(
    names,
    ("the? {round_year} ~? '? ~? s", decade),
    ("the? '? {round_two} '? ~? s", lambda n: decade(n, open_century=True)),
    ("the? {tens_s}", lambda n: decade(n, open_century=True)),
    ("the? {small} -? {tens_s}", lambda n, tens: decade(n * 100 + tens) if 15 <= n <= 20 else None),
    ("the? two thousand and? {tens_s}", lambda tens: decade(2000 + tens)),
    ("the? two thousands", lambda: decade(2000)),
    ("the? noughties", lambda: decade(2000)),
    ("the? {ordinal} century", century),
)
names["base"] = Alt(names["whole"], names["nth_part"], names["quarter"])
names["cut"] = meanings(
    dict.fromkeys(("early", "early in", "beginning of", "start of"), "start")
    | dict.fromkeys(("mid", "mid -", "middle of", "mid of"), "mid")
    | dict.fromkeys(("late", "late in", "end of"), "end")
)
names["clip"] = meanings(
    dict.fromkeys(("earlier", "earlier in"), "start") | dict.fromkeys(("later", "later in"), "end")
)
names["bare_unit"] = rules(
    names,
    ("week", lambda: unit_ahead(0, "W")),
    ("month", lambda: unit_ahead(0, "M")),
    ("year", lambda: unit_ahead(0, "Y")),
)
names["bare_rest"] = meanings({"week": "W", "month": "M", "year": "Y"})
names["parted"] = rules(
    names,
    ("{cut} {base}", cut),
    ("{cut} {month}", lambda part, month: cut(part, in_month(month))),
    ("{cut} {bare_unit}", lambda part, whole: cut(part, whole) if part != "mid" else None),
    ("{clip} {base}", lambda part, whole: cut(part, whole, clipped=True)),
    ("mid {season}", lambda found: found),
    ("eoy", lambda: cut("end", unit_ahead(0, "Y") or in_year(1))),
    ("eom", lambda: cut("end", unit_ahead(0, "M") or in_year(1))),
    ("rest|remaining|remainder of? the|this|my|current? {bare_rest}", rest_of),
    ("ytd", lambda: from_today(lambda here: (date(here.year, 1, 1), here))),
    ("year to date", lambda: from_today(lambda here: (date(here.year, 1, 1), here))),
)
