"""Repetitions in free English text: "every monday at 4pm", "weekly", "each two days"."""

from jingling.language.values.english_length import names as length_names
from jingling.language.values.english_moments import names as moment_names
from jingling.language.values.english_rules import meanings, rules
from jingling.language.values.english_values import Clock, Day, Length, Value, halved, never
from jingling.language.values.phrases import Phrase

_ADVERBS = {
    "daily": "P1D",
    "everyday": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "bi-weekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "bimonthly": "P2M",
    "bi-monthly": "P2M",
    "quarterly": "P3M",
    "semiannual": "P0.5Y",
    "semi-annual": "P0.5Y",
    "semiannually": "P0.5Y",
    "semi-annually": "P0.5Y",
    "yearly": "P1Y",
    "annual": "P1Y",
    "annually": "P1Y",
    "hourly": "PT1H",
}
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
_HALF = {"TMO": "am", "TAF": "pm", "TEV": "pm", "TNI": "night"}


def _set(timex: str | None) -> Value | None:
    return Value("set", never, timex) if timex else None


def _length_timex(far: Length) -> str:
    days = "".join(_unit_timex(n, unit) for n, unit in far if unit not in "smh")
    clock = "".join(f"{n:g}{unit.upper()}" for n, unit in far if unit in "smh")
    return f"P{days}{'T' if clock else ''}{clock}"


def _unit_timex(n: float, unit: str) -> str:
    times, named = {"F": (2, "W"), "Q": (3, "M"), "DE": (10, "Y"), "BD": (1, "BD")}.get(unit, (1, unit))
    return f"{n * times:g}{named}"


def _clock_timex(at: Clock) -> str:
    text = f"T{at.hour:02d}"
    if at.second:
        return f"{text}:{at.minute:02d}:{at.second:02d}"
    return f"{text}:{at.minute:02d}" if at.minute else text


def _weekday_timex(which: int) -> str:
    return f"XXXX-WXX-{which + 1}"


def _day_timex(day: Day) -> str | None:
    if day.weekday is not None and not day.month:
        return _weekday_timex(day.weekday)
    return day.timex or None


def _part_at(part: str, at: Clock) -> str | None:
    clock = halved(at, _HALF[part])
    return _clock_timex(clock) if clock else None


names = {**length_names, **moment_names}
names["length"] = length_names["lengths"]
names["adverb"] = meanings(_ADVERBS)
names["part_one"] = meanings(_PARTS)
names["part_many"] = meanings({f"{said}s": timex for said, timex in _PARTS.items()})
names["every"] = meanings(
    dict.fromkeys(("every", "each", "any", "once a", "one a", "once every", "all", "once an"), True)
)
names["each_unit"] = rules(
    names,
    ("every|each|any {unit}", lambda unit: _length_timex(((1, unit),))),
    ("once|one a|an|every|per {unit}", lambda unit: _length_timex(((1, unit),))),
    ("every|each {length}", _length_timex),
    ("every|each other {unit}", lambda unit: _length_timex(((2, unit),))),
    ("every|each weekday", lambda: "P1WD"),
    ("all? weekends", lambda: "P1WE"),
    ("{adverb}", str),
)
names["each_day"] = rules(
    names,
    ("every|each other|second? {weekday}", _weekday_timex),
    ("on? {weekdays}", _weekday_timex),
    ("every|each {known}", _day_timex),
)
names["each_part"] = rules(names, ("every|each {part_one}", str), ("on? {part_many}", str))
names["daily"] = rules(
    names, ("every|each day", lambda: "P1D"), ("everyday", lambda: "P1D"), ("daily", lambda: "P1D")
)
repetition: Phrase = rules(
    names,
    ("{each_part}", _set),
    ("{each_unit}", _set),
    ("{each_day}", _set),
    ("<daily> at? {time}", lambda at: _set(_clock_timex(at))),
    ("{certain} <daily>", lambda at: _set(_clock_timex(at))),
    ("{each_day} ,|at? {time}", lambda day, at: _set(day + _clock_timex(at))),
    ("{each_day} {dotted_time}", lambda day, at: _set(day + _clock_timex(at))),
    ("{certain} {each_day}", lambda at, day: _set(day + _clock_timex(at))),
    ("{each_part} at? {time}", lambda part, at: _set(_part_at(part, at))),
    ("{weekday} {part_many}", lambda which, part: _set(_weekday_timex(which) + part)),
    ("the? {day_nth} of every|each month", lambda n: _set(f"XXXX-XX-{n:02d}")),
)
"""How often."""
