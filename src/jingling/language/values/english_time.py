"""Clock times and stretches of a day in free English text: "half past seven", "from 5 to 6pm", "late morning"."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal

from jingling.language.values.english_contexts import contexts
from jingling.language.values.english_length import length
from jingling.language.values.english_rules import meanings, rules, said_before
from jingling.language.values.english_values import Clock, Length, Value, clock, clocked, halved, moved, spans
from jingling.language.values.english_words import digits
from jingling.language.values.english_words import names as words
from jingling.language.values.phrases import Alt, Phrase, Written

names = {**words, **contexts}
names["length"] = length
_AM = ("a m", "am", "a. m.", "a. m", "a.m.", "a.m", "a m.")
names["ampm"] = meanings(
    dict.fromkeys(_AM, "am") | {f"p{sign[1:]}": "pm" for sign in _AM} | {"ampm": "both", "am pm": "both"}
)
names["half"] = meanings(
    {"morning": "am", "afternoon": "pm", "evening": "pm", "midnight": "night"}
    | dict.fromkeys(("lunchtime", "lunch time", "noon"), "noon")
)
names["noon"] = meanings({"noon": "noon", "lunchtime": "noon", "midnight": "night"})
names["early_late"] = meanings({"early": "start", "late": "end", "earlier": "start", "later": "end"})
names["half_of"] = rules(
    names,
    ("in|at|on? the? {half}", str),
    ("in|at the? night", lambda: "night"),
    ("in? the? <early_late> -? {half}", str),
    ("<early_late> in the? {half}", str),
)
names["hour_digits"] = digits(0, 24, r"\d{1,2}")
names["hour_word"] = rules(names, ("{small}", lambda n: n if n <= 24 else None))
names["hour_12"] = rules(names, ("{small}", lambda n: n if n <= 12 else None))
names["hour"] = Alt(names["hour_digits"], names["hour_word"])
names["sixty"] = digits(0, 59, r"\d{2}")
names["any_sixty"] = digits(0, 59, r"\d{1,2}")
names["minute_word"] = rules(
    names, ("{small}", lambda n: n if 10 <= n < 60 else None), ("oh|o {ones}", int), ("{ones} minutes|mins", int)
)
names["run_on"] = Written(r"(?:0?[1-9]|1[0-2])[0-5]\d", lambda found: divmod(int(found.group()), 100))
names["military"] = Written(r"(?:[01]\d|2[0-3])[0-5]\d", lambda found: divmod(int(found.group()), 100))


def _with_half(at: Clock | None, half: str | None) -> Clock | None:
    if at is None or half is None:
        return at
    return replace(at, plain=False) if half == "both" else halved(at, half)


names["colon"] = rules(
    names,
    ("{hour_digits} ~ : ~ {sixty} <alone>", clock),
    ("t ~ {hour_digits} ~ : ~ {sixty} <alone>", clock),
    ("{hour_digits} ~ : ~ {sixty} ~ : ~ {sixty}", clock),
    ("t ~ {hour_digits} ~ : ~ {sixty} ~ : ~ {sixty}", clock),
    ("t ~ {hour_digits} ~ : ~ {sixty} ~ : ~ {sixty} ~ z", clock),
    ("{hour_digits} ~? h ~? {sixty}", clock),
)
names["o_clock"] = meanings({"o'clock": True, "oclock": True, "o clock": True})
names["in_words"] = rules(
    names,
    ("{hour_12} -? {minute_word} minutes|minute?", clock),
    ("{hour_word} -? {minute_word}", lambda hour, minute: clock(hour, minute) if 12 < hour < 20 else None),
    ("{hour_12} {ones}", lambda hour, minute: clock(hour, minute) if hour in (10, 11) else None),
)
names["hours"] = rules(
    names,
    ("{hour} <o_clock>", clock),
    ("{colon}", lambda at: at),
    ("{in_words}", lambda at: at),
)
names["minutes"] = rules(
    names,
    ("{small} -? minutes|minute|mins|min?", lambda n: n if n < 60 else None),
    ("{any_sixty} -? minutes|minute|mins|min?", int),
    ("a? quarter", lambda: 15),
    ("half", lambda: 30),
    ("three quarters", lambda: 45),
)
names["named_minutes"] = rules(
    names,
    ("{small} -? minutes|minute|mins|min", lambda n: n if n < 60 else None),
    ("{any_sixty} -? minutes|minute|mins|min", int),
    ("a? quarter", lambda: 15),
)
names["plain"] = rules(names, ("{hour} <alone>", lambda hour: clock(hour, plain=True)))
names["dotted"] = rules(names, ("{hour_digits} ~ . ~ {sixty}", clock))
names["sharp"] = rules(
    names,
    ("{hours} {ampm}?", _with_half),
    ("{dotted} {ampm}", _with_half),
    ("{hour} .? {ampm}", lambda hour, half: _with_half(clock(hour), half)),
    ("{run_on} {ampm}", lambda at, half: _with_half(clock(*at), half)),
    ("{hour_digits} ~ p <word_ends>", lambda hour: _with_half(clock(hour), "pm")),
    ("{hour_digits} ~ p", lambda hour: _with_half(clock(hour), "pm")),
    ("{hour_digits} ~ a <word_ends>", lambda hour: _with_half(clock(hour), "am")),
    ("{colon} ~ a <word_ends>", lambda at: _with_half(at, "am")),
    ("{colon} ~ p <word_ends>", lambda at: _with_half(at, "pm")),
)
names["base"] = Alt(names["sharp"], names["plain"])


def _past(minutes: int, at: Clock) -> Clock | None:
    return replace(at, minute=at.minute + minutes, plain=False) if at.minute + minutes < 60 else None


def _to(minutes: int, at: Clock) -> Clock | None:
    total = (at.hour * 60 + at.minute - minutes) % (24 * 60)
    if not at.sure and total < 60:
        total += 12 * 60
    return replace(at, hour=total // 60, minute=total % 60, plain=False)


_NAMED = {
    "noon": 12,
    "noonish": 12,
    "noontime": 12,
    "noon ish": 12,
    "12 noon": 12,
    "12 o'clock noon": 12,
    "mid day": 12,
    "mid-day": 12,
    "midday": 12,
    "midnight": 0,
    "mid night": 0,
    "mid-night": 0,
    "mid morning": 10,
    "midmorning": 10,
    "mid-morning": 10,
    "mid afternoon": 14,
    "midafternoon": 14,
    "mid-afternoon": 14,
}
names["exact"] = rules(
    {**names, "named": meanings({said: Clock(hour, sure=True) for said, hour in _NAMED.items()})},
    ("{sharp}", lambda at: at),
    ("{minutes} past|after {base} <o_clock>?", _past),
    ("{minutes} past|after {named}", _past),
    ("{named_minutes} to|before {named}", _to),
    ("{named_minutes} to|till|before|of {base} <o_clock>?", _to),
    ("{hour} -? ish", lambda hour: Clock(hour, sure=True)),
    ("{hour_digits} ~ ish", lambda hour: Clock(hour, sure=True)),
    ("{named}", lambda at: at),
)
names["whole"] = Alt(names["exact"], names["plain"])
names["halved"] = rules(
    names,
    ("{exact} ,? {half_of}", _with_half),
    ("{plain} ,? in|at the? {half}", _with_half),
    ("{plain} ,? in|at the? night", lambda at: _with_half(at, "night")),
    ("{plain} {noon}", _with_half),
    ("{half_of} ,? at|around|about|by? {whole} <alone>", lambda half, at: _with_half(at, half)),
)
names["certain"] = Alt(names["exact"], names["halved"])
certain: Phrase = names["certain"]
"""A time wherever it is said."""
names["counted"] = rules(names, ("{plain} <no_noun>", lambda at: at))
point: Phrase = Alt(certain, names["counted"])
"""A time, or a bare number that is one beside a day or another time."""
names["point"] = point
names["at"] = said_before("at")
lone: Phrase = rules(
    names,
    ("at {dotted} {ampm}", _with_half),
    ("at {dotted} <alone>", lambda at: at),
    ("{certain}", lambda at: at),
    ("around|circa {certain}", lambda at: at),
    ("<at> {plain}", lambda at: at),
    ("<meeting_to> {plain} <word_ends>", lambda at: at),
)
"""A time by itself."""


@dataclass(frozen=True)
class Hours:
    """From one clock time until another; `loose` when nothing but bare numbers was said."""

    stretches: tuple[tuple[time, time], ...]
    loose: bool = False
    part: Literal["", "start", "mid", "end"] = ""
    half: str = ""

    @property
    def value(self) -> Value:
        return Value("timerange", lambda _: self.stretches, part=self.part)


def _hours(start: Clock, end: Clock) -> Hours:
    return Hours(tuple(spans(start, end)), loose=start.plain and end.plain)


def _lasting(start: Clock, far: Length) -> Hours | None:
    if not clocked(far):
        return None

    def ended(at: time) -> time:
        return moved(datetime.combine(datetime(2000, 1, 1), at), far, 1).time()

    return Hours(tuple((at, ended(at)) for at in start.times()[:1]))


names["any_point"] = Alt(point, names["dotted"])
names["until"] = meanings(dict.fromkeys(("to", "till", "til", "until", "thru", "through", "-"), True))
names["military_time"] = rules(
    names, ("{military}", lambda at: replace(c, plain=False) if (c := clock(*at)) else None)
)
span: Phrase = rules(
    names,
    ("from? {point} <until> {point}", _hours),
    ("between {point} and {point}", _hours),
    ("between {point} <until> {point}", _hours),
    ("between|from {dotted} <until> {any_point}", _hours),
    ("between|from {any_point} <until> {dotted}", _hours),
    ("between {dotted} and {any_point}", _hours),
    ("between {any_point} and {dotted}", _hours),
    ("between|from {military_time} <until> {military_time}", _hours),
    ("between {military_time} and {military_time}", _hours),
    ("from {point} for {length}", _lasting),
    ("for {length} from {point}", lambda far, at: _lasting(at, far)),
)
_LAST = time(23, 59, 59)
_PARTS: dict[str, tuple[int, int]] = {
    "morning": (8, 12),
    "afternoon": (12, 16),
    "evening": (16, 20),
    "night": (20, 24),
    "daytime": (8, 18),
    "day time": (8, 18),
    "night time": (0, 8),
    "nighttime": (0, 8),
    "night-time": (0, 8),
    "business hours": (8, 18),
    "business hour": (8, 18),
    "lunchtime": (11, 13),
    "lunch time": (11, 13),
    "dinnertime": (16, 20),
    "dinner time": (16, 20),
    "breakfast time": (8, 12),
}
_MEALS = {"breakfast": (8, 12), "lunch": (11, 13), "dinner": (16, 20), "brunch": (8, 12), "supper": (16, 20)}


def _time(hour: int) -> time:
    return _LAST if hour == 24 else time(hour)


def stretch(hours: tuple[int, int], part: Literal["", "start", "end"] = "") -> Hours:
    first, last = hours
    if part == "start":
        last = first + 2
    elif part == "end":
        first = last - 2
    half = "" if hours in _UNTIMED else "day"
    return Hours(((_time(first), _time(last)),), part=part, half=half)


_UNTIMED = ((11, 13), (8, 18))
"""Meals and business hours are a stretch of their own beside a day."""
names["part_name"] = meanings(
    _PARTS | {f"{said}s": _PARTS[said] for said in ("morning", "afternoon", "evening", "night")}
)
names["meal"] = meanings(_MEALS)
names["part"] = rules(
    names,
    ("{part_name}", stretch),
    ("{early_late} -? {part_name}", lambda part, hours: stretch(hours, part)),
    ("{early_late} in the? {part_name}", lambda part, hours: stretch(hours, part)),
)
part: Phrase = rules(
    names,
    ("<not_good> {part}", lambda found: found),
    ("in|at the {part}", lambda found: found),
    ("in|at {part_name}", stretch),
    ("{early_late} in the {part_name}", lambda part, hours: stretch(hours, part)),
    ("at|during|around|about {meal} ~? time?", stretch),
    ("{part_name} hours", stretch),
)
"""A named stretch of any day."""
lone_span: Phrase = rules(
    {**names, "span": span, "part": part},
    ("{span}", lambda found: None if found.loose else found),
    ("{part}", lambda found: found),
)
