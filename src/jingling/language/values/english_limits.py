"""Open ranges in free English text: "before friday", "since 8pm", "2012 or later"."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jingling.language.values.english_date import lone_day
from jingling.language.values.english_moments import at_day, moment
from jingling.language.values.english_moments import names as moment_names
from jingling.language.values.english_ranges import days
from jingling.language.values.english_rules import Here, glued, meanings, rules
from jingling.language.values.english_time import part, point, stretch
from jingling.language.values.english_values import Value, month_day, on
from jingling.language.values.phrases import Phrase, Words

_BEFORE = (
    *(
        "before",
        "by",
        "no later than",
        "not later than",
        "earlier than",
        "sooner than",
        "prior to",
        "in advance of",
    ),
    *(
        "until",
        "till",
        "til",
        "ending with",
        "ending on",
        "ending",
        "ahead of",
        "as late as",
    ),
)
_AFTER = ("after", "later than", "greater than", "year greater than")
_SINCE = (
    *(
        "since",
        "starting",
        "starting from",
        "starting on",
        "starting with",
        "beginning",
        "beginning on",
        "as early as",
    ),
    *(
        "after or equal to",
        "any time from",
        "no earlier than",
        "not earlier than",
        "any time since",
    ),
    *("anytime from", "beginning with"),
)
_RANGES = {"date": "daterange", "time": "timerange", "datetime": "datetimerange"}


def _limit(side: str, found: Value | None) -> Value | None:
    if found is None or found.kind not in (*_RANGES, *_RANGES.values()):
        return None

    def stretches(now: datetime) -> Sequence[tuple[Any, Any]]:
        return [_open(side, found.part, *one) for one in found.find(now)]

    return Value(_RANGES.get(found.kind, found.kind), stretches, found.timex, found.part)


def _open(side: str, part: str, start: Any, end: Any) -> tuple[Any, Any]:
    if side == "before":
        return None, end if part == "end" else start
    if side == "after":
        return start if part == "start" else end, None
    return (start, None) if side == "since" else (None, end)


def _after_all(found: Value | None, side: str) -> Value | None:
    return _limit(side, found)


def _inclusive() -> dict[str, str]:
    """ "On or before", "later than or in"."""
    sides = {"until": ("before", "earlier than", "sooner than"), "since": ("after", "later than", "greater than")}
    return {
        form.format(said, small): side
        for side, choices in sides.items()
        for said in choices
        for small in ("on", "at", "in")
        for form in ("{1} or {0}", "{0} or {1}", "{0} or equal to")
    }


def _closed(words: Words, at: int) -> bool:
    """Whether no further limit follows "or later"."""
    return at >= len(words) or not words[at].text[0].isalnum() or words[at].text == "on"


_TODAY = on(lambda here: here)
names = dict(moment_names)
names["lone_day"] = lone_day
names["not_up"] = Here(
    lambda words, at: at == 0 or words[at - 1].text not in ("up", "–", "year", "equals", "equal")
)
names["limit"] = meanings(
    dict.fromkeys(_BEFORE, "before")
    | dict.fromkeys(_AFTER, "after")
    | dict.fromkeys(_SINCE, "since")
    | _inclusive()
)
names["or_later"] = meanings(
    dict.fromkeys(
        ("or later", "or after", "and later", "and after", "and greater", "or greater", "or above"), "since"
    )
    | dict.fromkeys(("or earlier", "or before", "and before", "and earlier"), "until")
)
names["sign"] = meanings({"<": "before", ">": "after"})
names["equal_sign"] = meanings({">=": "since", "<=": "until"})
names["apart"] = Here(lambda words, at: not glued(words, at))
names["days"] = days
names["closed"] = Here(_closed)
names["its"] = rules(
    names
    | {
        "lone_day": lone_day,
        "moment": moment,
        "point": point,
        "hours": part,
    },
    ("around|about? {moment}", lambda found: found.value),
    ("{lone_day}", lambda found: found.value),
    ("the {day_nth}", lambda n: month_day(n).value),
    ("{days}", lambda found: found),
    ("the {lone_year}", lambda found: found.value),
    ("around|about? {point}", lambda found: found.value),
    ("{hours}", lambda found: found.value),
    ("the {parted}", lambda found: found.value),
    ("{meal} ~? time?", lambda hours: stretch(hours).value),
    ("{holiday}", lambda found: found.value),
)
limited: Phrase = rules(
    names,
    ("{limit} {its}", _limit),
    ("<apart> {equal_sign} {its}", _limit),
    ("<apart> {sign} {its}", _limit),
    ("{limit} on {lone_day}", lambda side, found: _limit(side, found.value)),
    ("{its} {or_later} <closed>", _after_all),
    ("{certain} {or_later} on {day}", lambda at, side, found: _limit(side, at_day(found, at).value)),
    ("till date <closed>", lambda: _limit("before", _TODAY.value)),
    ("<not_up> to date <closed>", lambda: _limit("before", _TODAY.value)),
)
"""A range with one end."""
