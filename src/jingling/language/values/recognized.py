"""A value found in free text."""

from typing import NamedTuple


class Recognized(NamedTuple):
    """`kind`: number, ordinal, percentage, currency, dimension, age, temperature, date, time, datetime, daterange,
    timerange, datetimerange, duration or set (a repetition).

    `start` and `end` (exclusive) are characters of the text. Of several `resolutions`, such as a weekday's last and
    next day, the one in the past comes first. Each holds texts: `value` (and `unit`), or `start` and `end` of a
    range; ISO 8601 dates and times, seconds for durations, decimal numbers.
    """

    kind: str
    start: int
    end: int
    text: str
    resolutions: tuple[dict[str, str], ...]
