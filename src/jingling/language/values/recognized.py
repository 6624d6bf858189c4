"""A value found in free text."""

from typing import NamedTuple


class Recognized(NamedTuple):
    """`kind`: number, numberrange, ordinal, ordinal.relative ("the last"), percentage, currency, dimension, age,
    temperature, date, time, datetime, daterange, timerange, datetimerange, duration, timezone or set.

    `start` and `end` (exclusive) are characters of the text. Of several `resolutions`, such as a weekday's last and
    next day, the one in the past comes first. Each holds texts: `value` (and `unit`), or `start` and `end` of a
    range; ISO 8601 dates and times, seconds for durations, decimal numbers ("20%" for percentages, "[5,10)" for
    number ranges). A set, which is a repetition, has no such value and holds a `timex` ("XXXX-WXX-1T07") instead.
    """

    kind: str
    start: int
    end: int
    text: str
    resolutions: tuple[dict[str, str], ...]
