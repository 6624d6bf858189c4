"""A clock time of a day, and from one to another, in free English text: "tomorrow at 7", "friday from 2 to 4pm"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from jingling.language.values.english_date import bare_day, day
from jingling.language.values.english_date import names as day_names
from jingling.language.values.english_ranges import names as range_names
from jingling.language.values.english_rules import meanings, rules, said_before
from jingling.language.values.english_time import Hours, certain, part, point, span
from jingling.language.values.english_time import names as time_names
from jingling.language.values.english_values import (
    Clock,
    Day,
    Length,
    Value,
    clocked,
    combined,
    halved,
    in_week,
    moved,
    on,
    seconds,
    stretch_of,
)
from jingling.language.values.phrases import Phrase

names = {**time_names, **range_names, "length": day_names["length"]}
names["day"] = day
names["bare"] = bare_day
names["certain"] = certain
names["time"] = point
names["span"] = span
names["hours"] = rules({"part": part}, ("{part}", lambda hours: hours if hours.half else None))


@dataclass(frozen=True)
class Moment:
    """A day with a time: `find` gives every reading."""

    find: Callable[[datetime], Sequence[datetime]]
    timex: str = ""

    @property
    def value(self) -> Value:
        return Value("datetime", lambda now: [(at, at) for at in self.find(now)], self.timex)


def at_day(found: Day, at: Clock) -> Moment:
    timex = f"{found.timex}T{at.hour:02d}:{at.minute:02d}" if found.timex else ""
    return Moment(
        lambda now: [datetime.combine(one, when) for one in found.find(now) for when in at.times()], timex
    )


def _day_half(found: tuple[Day, str], at: Clock) -> Moment | None:
    return at_day(found[0], halved(at, found[1]) or at)


def _half_day(at: Clock, found: tuple[Day, str]) -> Moment | None:
    return _day_half(found, at)


def _time_day(at: Clock, found: Day) -> Moment:
    return at_day(found, at)


def _exactly(find: Callable[[datetime], datetime]) -> Moment:
    return Moment(lambda now: [find(now).replace(microsecond=0)])


def _later(far: Length, sign: int) -> Moment | None:
    return _exactly(lambda now: moved(now, far, sign)) if clocked(far) else None


def _day_end(found: Day) -> Moment:
    return Moment(lambda now: [datetime.combine(one, time(23, 59, 59)) for one in found.find(now)])


def _ahead(days: int) -> Day:
    return on(lambda here: here + timedelta(days=days))


def _dated(found: Day, hour: int, minute: int, second: int, year: int) -> Moment | None:
    if not (found.month and found.day) or hour > 23:
        return None
    at = datetime(year, found.month, min(found.day, 28), hour, minute, second)
    return Moment(lambda _: [at.replace(day=found.day or 1)])


names["halfday"] = meanings(
    {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "night", "lunchtime": "noon"}
)
names["day_part"] = rules(
    names,
    ("tonight|tonite", lambda: (_ahead(0), "night")),
    ("this {halfday}", lambda half: (_ahead(0), half)),
    ("next {halfday}", lambda half: (_ahead(1), half)),
    ("last {halfday}", lambda half: (_ahead(-1), half)),
    ("{day} ,? {halfday}", lambda one, half: (one, half)),
    ("{day} ,? in the {halfday}", lambda one, half: (one, half)),
    ("{day} <early_late> {halfday}", lambda one, half: (one, half)),
)
names["link"] = meanings(
    dict.fromkeys(("at", "@", "around", "about", "-", ", at", "on", "at around", "at about"), True)
)
names["loose_link"] = meanings(dict.fromkeys(("for", ",", "("), True))
names["on_day"] = meanings(dict.fromkeys(("on", "of", "on the", "for", "-", "in"), True))
names["on"] = said_before("on")
names["at_before"] = said_before("at")
names["soon"] = meanings(
    dict.fromkeys(
        ("now", "right now", "as soon as possible", "asap", "at the moment", "at present", "at the present time"),
        True,
    )
    | dict.fromkeys(("at this time", "at the minute", "just now"), True)
)
names["later"] = meanings({"ago": -1, "earlier": -1, "later": 1, "from now": 1, "before now": -1, "hence": 1})
names["end_of"] = meanings(
    dict.fromkeys(("end of", "the end of", "at the end of", "end of the", "the end of the", "at end of"), True)
)
names["dotted_time"] = rules(
    names,
    ("at {dotted} {ampm}?", lambda at, half: at if half is None else halved(at, half)),
    ("at {dotted}", lambda at: at),
)
moment: Phrase = rules(
    names,
    ("{day} {time}", at_day),
    ("{day} <link> {time}", at_day),
    ("{day} <loose_link> {certain}", at_day),
    ("{day} {dotted_time}", at_day),
    ("{dotted_time} {day}", _time_day),
    ("<on> {bare} ,|at|@|- {certain}", at_day),
    ("<on> {bare} at {time}", at_day),
    ("{bare} at {certain}", at_day),
    ("{certain} ,? {day}", _time_day),
    ("{certain} , on {day}", _time_day),
    ("{certain} <on_day> {day}", _time_day),
    ("<at_before> {time} <on_day> {day}", _time_day),
    ("<at_before> {time} {day}", _time_day),
    ("{certain} on {bare}", _time_day),
    ("<at_before> {plain} on {bare}", _time_day),
    ("{day} {hour} : {sixty} : {sixty} {any_year}", _dated),
    ("{day_part} {time}", _day_half),
    ("{day_part} <link> {time}", _day_half),
    ("{day_part} <loose_link> {certain}", _day_half),
    ("{certain} ,? on? {day_part}", _half_day),
    ("{plain} , {day_part}", _half_day),
    ("<at_before> {time} {day_part}", _half_day),
    ("{time} <half_of> ,? {day}", lambda at, found: at_day(found, at)),
    ("{day} <link>? {halved}", at_day),
    ("midnight tonight", lambda: at_day(_ahead(0), Clock(0, sure=True))),
    ("<soon>", lambda: _exactly(lambda now: now)),
    ("{length} {later} <no_anchor>", _later),
    ("in {length} <no_anchor>", lambda far: _later(far, 1)),
    ("in less than {length}", lambda far: _later(far, 1)),
    ("<end_of> {day}", _day_end),
    ("<end_of> day", lambda: _day_end(_ahead(0))),
    ("the? eod", lambda: _day_end(_ahead(0))),
)
"""A clock time of a day."""


def _of_day(found: Day, hours: Hours) -> Value:
    def stretches(now: datetime) -> Sequence[tuple[datetime, datetime]]:
        return [combined(one, stretch) for one in found.find(now) for stretch in hours.stretches]

    return Value("datetimerange", stretches, part=hours.part)


def _hours_day(hours: Hours, found: Day) -> Value:
    return _of_day(found, hours)


_HALVES = {"am": (0, 12), "pm": (12, 24), "night": (17, 24), "noon": (10, 15)}


def _in_half(found: tuple[Day, str], hours: Hours) -> Value:
    """The readings that begin in the half of the day that was said, or all when there is none."""
    first, last = _HALVES[found[1]]
    fitting = tuple(one for one in hours.stretches if first <= one[0].hour < last)
    return _of_day(found[0], replace(hours, stretches=fitting or hours.stretches))


def _part_in_half(hours: Hours, found: tuple[Day, str]) -> Value:
    return _in_half(found, hours)


def _between(start: Moment, end: Moment) -> Value:
    def found(now: datetime) -> Sequence[tuple[datetime, datetime]]:
        firsts, lasts = start.find(now), end.find(now)
        pairs = (
            zip(firsts, lasts, strict=False)
            if len(firsts) == len(lasts)
            else ((a, b) for a in firsts for b in lasts)
        )
        return [(first, last) for first, last in pairs if first < last]

    return Value("datetimerange", found)


def _same_day(start: Moment, end: Clock) -> Value:
    """The end is the next such time after the start."""

    def found(now: datetime) -> Sequence[tuple[datetime, datetime]]:
        return [(first, _next(first, end)) for first in start.find(now)]

    return Value("datetimerange", found)


def _next(first: datetime, end: Clock) -> datetime:
    times = [datetime.combine(first.date(), at) for at in end.times()]
    return min(at if at > first else at + timedelta(days=1) for at in times)


def _until_day(start: Clock, end: Moment) -> Value:
    return _between(at_day(_ahead(0), start), end)


def _next_time(far: Length, sign: int) -> Value | None:
    return Value("datetimerange", lambda now: [stretch_of(far, now, sign)]) if clocked(far) else None


def _rest_of_day() -> Value:
    return Value("datetimerange", lambda now: [(now, datetime.combine(now.date(), time(23, 59, 59)))])


def _day_from(far: Length, start: Moment) -> Value:
    return Value(
        "datetimerange", lambda now: [(at, at + timedelta(seconds=seconds(far))) for at in start.find(now)]
    )


def _sided(found: Day, side: str, at: Clock) -> Value:
    def stretches(now: datetime) -> Sequence[tuple[datetime | None, datetime | None]]:
        points = [datetime.combine(one, when) for one in found.find(now) for when in at.times()]
        return [(one, None) if side in ("after", "since") else (None, one) for one in points]

    return Value("datetimerange", stretches)


def _part_of_day(hours: tuple[int, int], found: Day) -> Value:
    first, last = hours

    def stretches(now: datetime) -> Sequence[tuple[datetime, datetime]]:
        starts = [datetime.combine(one, time()) for one in found.find(now)[-1:]]
        return [(one + timedelta(hours=first), one + timedelta(hours=last)) for one in starts]

    return Value("datetimerange", stretches)


names["moment"] = moment
names["of_day"] = meanings(dict.fromkeys(("of", "on", ",", "of the"), True))
names["clock_unit"] = meanings({"hour": "h", "minute": "m", "second": "s"})
names["day_unit"] = meanings({"day": "D", "week": "W"})
names["day_hours"] = rules(
    names,
    ("tonight|tonite", lambda: (_ahead(0), _hours(20, 24))),
    ("this {hours}", lambda hours: (_ahead(0), hours)),
    ("next {hours}", lambda hours: (_ahead(1), hours)),
    ("last {hours}", lambda hours: (_ahead(-1), hours)),
    ("{early_late} this {hours}", lambda part, hours: (_ahead(0), _cut(part, hours))),
    ("{early_late} tonight", lambda part: (_ahead(0), _cut(part, _hours(20, 24)))),
    ("{day} {hours}", lambda one, hours: (one, hours)),
    ("{day} ,|on {hours}", lambda one, hours: (one, hours)),
    ("{hours} <of_day>? {day}", lambda hours, one: (one, hours)),
    ("{day} am", lambda one: (one, _hours(8, 12))),
    ("{day} pm", lambda one: (one, _hours(12, 16))),
    ("{weekday} {hours} {week_ahead}", lambda which, hours, weeks: (in_week(which, weeks), hours)),
)
names["before_time"] = meanings(
    dict.fromkeys(("before", "by", "no later than", "earlier than", "prior to"), "before")
    | dict.fromkeys(("after", "later than"), "after")
    | dict.fromkeys(("since",), "since")
)
names["direction"] = range_names["direction"]
names["of_unit"] = meanings(
    {"early in the day": (0, 12), "mid": (10, 14), "later in": (12, 24), "late in the day": (12, 24)}
)
moments: Phrase = rules(
    names,
    ("{day} <on_day>? {span}", _of_day),
    ("{day} at {span}", _of_day),
    ("{day} , {span}", lambda found, hours: None if hours.loose else _of_day(found, hours)),
    ("{span} <on_day>? {day}", _hours_day),
    ("{span} <on_day>? {day_part}", _part_in_half),
    ("{day_part} {span}", _in_half),
    ("{day_part} , {span}", _in_half),
    ("{hours} <of_day>? {day} {span}", lambda _, found, hours: _of_day(found, hours)),
    ("<on> {bare} {span}", lambda one, hours: None if hours.loose else _of_day(one, hours)),
    ("the {bare} {span}", lambda one, hours: None if hours.loose else _of_day(one, hours)),
    ("{day_hours}", lambda found: _of_day(*found)),
    ("from? {moment} <until> {moment}", _between),
    ("between {moment} and {moment}", _between),
    ("from? {moment} <until> {certain}", _same_day),
    ("from|between {moment} <until> {time}", _same_day),
    ("between {moment} and {time}", _same_day),
    ("from {time} <until> {moment}", _until_day),
    ("between {time} and {moment}", _until_day),
    ("<no_verb_before> {direction} {length} <not_ago>", lambda sign, far: _next_time(far, sign)),
    ("{direction} {clock_unit}", lambda sign, unit: _next_time(((1, unit),), sign)),
    ("{some_count} {direction} {plural}", lambda n, sign, unit: _next_time(((n, unit),), sign)),
    ("{length} in the future", lambda far: _next_time(far, 1)),
    ("within the? next|upcoming|coming? {length}", lambda far: _next_time(far, 1)),
    ("within the? next|upcoming? {day_unit} and {length}", lambda unit, far: _next_time(((1, unit), *far), 1)),
    ("rest|remaining|remainder of? the|this|my|current? day", _rest_of_day),
    ("{length} starting|from {moment}", _day_from),
    ("{day} <on_day>? {before_time} {time}", _sided),
    ("{of_unit} {day}", _part_of_day),
)
"""From a time of a day until another."""


def _hours(first: int, last: int) -> Hours:
    return Hours(((time(first), time(last) if last < 24 else time(23, 59, 59)),))


def _cut(part: str, hours: Hours) -> Hours:
    """The first or last two hours."""
    first, last = hours.stretches[0]
    if part == "start":
        return replace(hours, stretches=((first, time(first.hour + 2)),))
    return replace(hours, stretches=((time(22 if last.minute else last.hour - 2), last),))
