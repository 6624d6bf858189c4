"""Days with a name in free English text."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from jingling.language.values.english_rules import meanings, rules
from jingling.language.values.english_values import Day, around
from jingling.language.values.english_words import names as words
from jingling.language.values.phrases import Phrase

In = Callable[[int], date | None]
"""The day in a year."""
_ISLAMIC_EPOCH = date(622, 7, 18).toordinal()


def _fixed(month: int, day: int) -> In:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, ahead: int = 0) -> In:
    """The nth such weekday of a month, -1 being the last, and so many days later."""

    def find(year: int) -> date:
        if nth < 0:
            last = date(year, month + 1, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + ahead)

    return find


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus."""
    golden, century = year % 19, year // 100
    skipped = century - century // 4
    moon = (skipped - (13 + 8 * century) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - skipped) % 7
    march = moon - weekday
    return date(year, 3, 28) + timedelta(days=march)


def _easter(ahead: int) -> In:
    return lambda year: easter(year) + timedelta(days=ahead)


def _islamic(month: int, day: int, year: int) -> date | None:
    """The evening on which the day of the tabular Islamic calendar begins; the last one of two in a year."""
    lunar = int((year - 622) * 33 / 32) + 2
    for candidate in (lunar, lunar - 1, lunar - 2):
        days = day + (29 * (month - 1) + month // 2) + (candidate - 1) * 354 + (3 + 11 * candidate) // 30
        found = date.fromordinal(_ISLAMIC_EPOCH + days - 1)
        if found.year == year:
            return found
    return None


_TABLE: dict[str, In] = {
    "christmas, christmas day, xmas, xmas day, x-mas, christmas holiday": _fixed(12, 25),
    "christmas eve, xmas eve": _fixed(12, 24),
    "boxing day, st stephen's day, saint stephen's day": _fixed(12, 26),
    "new year, new years, new year's, new year day, new years day, new year's day, yuandan": _fixed(1, 1),
    "new year eve, new years eve, new year's eve": _fixed(12, 31),
    "valentine day, valentines day, valentine's day, saint valentine day, saint valentine's day": _fixed(2, 14),
    "groundhog day, groundhogs day": _fixed(2, 2),
    "women's day, womens day, international women's day, female day": _fixed(3, 8),
    "saint patrick day, saint patrick's day, st patrick day, st patrick's day, saint patrick, st. patrick's day, "
    "st. patrick, st. patricks day, st patricks day, saint patricks day": _fixed(3, 17),
    "april fools, april fools day, april fool's day, april fool day, all fools day, all fool's day": _fixed(4, 1),
    "earth day": _fixed(4, 22),
    "saint george day, st george day, st george's day, saint george's day": _fixed(4, 23),
    "anzac day": _fixed(4, 25),
    "may day, mayday, workers day, workers' day, worker's day, international workers' day, "
    "international workers day, international worker's day, int'l workers day, int'l workers' day, "
    "international labour day": _fixed(5, 1),
    "cinco de mayo": _fixed(5, 5),
    "star wars day": _fixed(5, 4),
    "children's day, childrens day": _fixed(6, 1),
    "flag day": _fixed(6, 14),
    "juneteenth, freedom day, jubilee day": _fixed(6, 19),
    "canada day": _fixed(7, 1),
    "independence day, usa independence day, us independence day, american independence day": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "teacher's day, teachers day, teachers' day": _fixed(9, 10),
    "halloween, halloween day, all hallows eve, all hallow's eve, all hallow eve": _fixed(10, 31),
    "all saints day, all saint's day, all saints' day, all hallows day": _fixed(11, 1),
    "all souls day, all soul's day, all souls' day, day of the dead": _fixed(11, 2),
    "guy fawkes day, guy fawkes night, bonfire night": _fixed(11, 5),
    "veterans day, veteran's day, veterans' day, singles day, singles' day, single's day, remembrance day": _fixed(
        11, 11
    ),
    "inauguration day": _fixed(1, 20),
    "australia day": _fixed(1, 26),
    "martin luther king day, martin luther king jr day, mlk day": _nth(1, 0, 3),
    "presidents day, president's day, presidents' day, washington's birthday, washingtons birthday": _nth(2, 0, 3),
    "mother's day, mothers day, mother day, mothers' day": _nth(5, 6, 2),
    "memorial day": _nth(5, 0, -1),
    "father's day, fathers day, father day, fathers' day": _nth(6, 6, 3),
    "labor day, labour day": _nth(9, 0, 1),
    "columbus day": _nth(10, 0, 2),
    "thanksgiving, thanksgiving day, thanks giving day, thanks giving": _nth(11, 3, 4),
    "black friday": _nth(11, 3, 4, 1),
    "cyber monday": _nth(11, 3, 4, 4),
    "easter, easter sunday, easter day": _easter(0),
    "easter monday": _easter(1),
    "easter saturday": _easter(-1),
    "good friday": _easter(-2),
    "maundy thursday": _easter(-3),
    "palm sunday": _easter(-7),
    "ash wednesday": _easter(-46),
    "mardi gras, fat tuesday, shrove tuesday": _easter(-47),
    "clean monday": _easter(-48),
    "ascension day, ascension of christ": _easter(39),
    "whitsunday, white sunday, pentecost, pentecost day": _easter(49),
    "whit monday, white monday": _easter(50),
    "trinity sunday": _easter(56),
    "corpus christi": _easter(60),
    "ramadan, ramazan, ramzan, ramadhan, ramathan": partial(_islamic, 9, 1),
    "eid al-fitr, eid al fitr, festival of breaking the fast, lesser eid": partial(_islamic, 10, 1),
    "eid al-adha, eid al adha, eid al-azha, eidul azha, feast of the sacrifice": partial(_islamic, 12, 10),
    "islamic new year, hijri new year, arabic new year": partial(_islamic, 1, 1),
}


def _find(named: In, year: int) -> date | None:
    try:
        return named(year)
    except ValueError:
        return None


def _in_year(named: In, year: int) -> Day:
    found = _find(named, year)
    return Day(lambda _: (found,) if found else (), year=year)


def _any_year(named: In) -> Day:
    return Day(lambda now: around(lambda year: _find(named, year), now.year, now, reach=2))


def _of_year(named: In, ahead: int) -> Day:
    def found(now: datetime) -> list[date]:
        day = _find(named, now.year + ahead)
        return [day] if day else []

    return Day(found)


def _side(side: int, named: In) -> Day:
    """The last, this year's or the next such day."""
    if not side:
        return _of_year(named, 0)
    return Day(lambda now: around(lambda year: _find(named, year), now.year, now, reach=2)[max(side, 0) :][:1])


def of_year(day: Day, year: int) -> Day:
    """The same holiday in that year."""
    return Day(lambda _: day.find(datetime(year, 1, 1))[-1:])


names = dict(words)
names["named"] = meanings({said.strip(): named for row, named in _TABLE.items() for said in row.split(",")})
names["side"] = meanings({"this": 0, "next": 1, "following": 1, "last": -1, "previous": -1, "coming": 1})
names["year_ahead"] = meanings(
    {"this year": 0, "next year": 1, "last year": -1, "the year": 0, "previous year": -1}
)
holiday: Phrase = rules(
    names,
    ("{named}", _any_year),
    ("{named} ,? of|in? {any_year}", _in_year),
    ("{named} of|in? {year_words}", _in_year),
    ("{named} of|in? {year_ahead}", _of_year),
    ("{side} {named}", _side),
)
"""Christmas, thanksgiving of next year, easter 2018."""
