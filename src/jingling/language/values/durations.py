"""Lengths of time in both languages; every value is in seconds."""

from jingling.language.values import chinese_numbers as zh
from jingling.language.values import english_numbers as en
from jingling.language.values.english_numbers import DIGITS, Number, tidy
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, any_of, table, text

_SECOND, _MINUTE, _HOUR, _DAY, _WEEK = 1, 60, 3600, 86_400, 604_800
SECONDS_MAX = 366 * _DAY


def _seconds(*values: Number | None) -> Number | None:
    total = tidy(sum(value or 0 for value in values))
    return total if 0 < total <= SECONDS_MAX else None


def _unit(names: str, seconds: int) -> Phrase:
    return table(dict.fromkeys(names.split(), seconds))


_SPOKEN_UNITS = {
    _SECOND: _unit("second seconds", _SECOND),
    _MINUTE: _unit("minute minutes", _MINUTE),
    _HOUR: _unit("hour hours", _HOUR),
    _DAY: _unit("day days", _DAY),
    _WEEK: _unit("week weeks", _WEEK),
}
_SHORT_UNITS = {
    _SECOND: _unit("sec secs s", _SECOND),
    _MINUTE: _unit("min mins m", _MINUTE),
    _HOUR: _unit("hr hrs h", _HOUR),
    _DAY: _unit("d", _DAY),
    _WEEK: _unit("wk wks", _WEEK),
}
_a = Alt(Word("a", 1), Word("an", 1))
_few = Typed(table({"a couple of": 2, "a couple": 2, "couple of": 2, "a few": 3}))
_half = Alt(
    Seq(lambda *_: 0.5, Word("and"), Word("a"), Word("half")),
    Typed(table({"and a quarter": 0.25, "and three quarters": 0.75})),
)


def _english_part(unit: int) -> Phrase:
    """So many of one unit, with its halves: "an hour and a half", "two and a half hours", "half an hour"."""
    name = Alt(_SPOKEN_UNITS[unit], Typed(_SHORT_UNITS[unit]))
    counted = Alt(en.positive, Typed(en.count), _a, _few)
    options: list[Phrase] = [
        Seq(lambda n, seconds: n * seconds, counted, name),
        Seq(lambda n, half, seconds: (n + half) * seconds, en.positive, _half, name),
        Seq(lambda n, seconds, half: (n + half) * seconds, Alt(en.positive, DIGITS, _a), name, _half),
        Seq(lambda _, __, seconds: seconds / 2, Word("half"), Opt(_a), name),
    ]
    if unit == _HOUR:
        quarters = table({"a quarter": 0.25, "three quarters": 0.75, "quarter": 0.25})
        options.append(Seq(lambda q, *_: q * _HOUR, quarters, Word("of"), Alt(Word("an"), Word("a")), Word("hour")))
    return Alt(*options)


_and = Opt(Word("and"))
_hours, _minutes, _seconds_part = (_english_part(unit) for unit in (_HOUR, _MINUTE, _SECOND))
_days, _weeks = _english_part(_DAY), _english_part(_WEEK)


def _pair(first: Phrase, second: Phrase) -> Phrase:
    return Seq(lambda a, _, b: _seconds(a, b), first, _and, second)


english: Phrase = Alt(
    *(Seq(_seconds, part) for part in (_hours, _minutes, _seconds_part, _days, _weeks)),
    _pair(_hours, _minutes),
    _pair(_minutes, _seconds_part),
    Typed(_pair(_hours, _seconds_part)),
    Typed(_pair(_days, _hours)),
    Typed(Seq(lambda h, _, m, __, s: _seconds(h, m, s), _hours, _and, _minutes, _and, _seconds_part)),
)


def _characters(*names: str) -> Phrase:
    return any_of(*names, chinese=True)


_counted_hour = Alt(
    _characters("个小时", "个钟头", "个钟"), Typed(_characters("小时", "钟头")), _characters("小时")
)
_zh_count = Alt(zh.positive, Typed(zh.count), Typed(zh.point))
_zh_half = Opt(Word("半", 0.5), 0)
_zh_hours = Alt(
    Seq(lambda n, _: n * _HOUR, _zh_count, _counted_hour),
    Seq(
        lambda n, _: (n + 0.5) * _HOUR,
        Alt(zh.positive, DIGITS),
        _characters("个半小时", "个半钟头", "小时半", "个半钟"),
    ),
    Seq(lambda *_: _HOUR / 2, Word("半"), _characters("小时", "个小时", "个钟头", "个钟")),
)
_zh_minutes = Alt(
    Seq(lambda n, _, half, __: (n + half) * _MINUTE, _zh_count, Word("分"), _zh_half, Opt(Word("钟"))),
    Seq(lambda n, _: n * 15 * _MINUTE, zh.one_to_nine, text("刻钟", chinese=True)),
    Seq(lambda *_: _MINUTE / 2, Word("半"), text("分钟", chinese=True)),
)
_zh_seconds = Seq(lambda n, _, half, __: n + half, _zh_count, Word("秒"), _zh_half, Opt(Word("钟")))
_zh_days = Alt(
    Seq(lambda n, _, half: (n + half) * _DAY, _zh_count, Word("天"), _zh_half),
    Typed(Seq(lambda *_: _DAY / 2, Word("半"), Word("天"))),
)
_zh_weeks = Seq(
    lambda n, _: n * _WEEK, _zh_count, Alt(_characters("周", "星期", "礼拜"), _characters("个星期", "个礼拜"))
)
_link = Opt(Alt(Word("零"), Word("又"), Word("和")))


def _zh_pair(first: Phrase, second: Phrase) -> Phrase:
    return Seq(lambda a, _, b: _seconds(a, b), first, _link, second)


chinese: Phrase = Alt(
    *(Seq(_seconds, part) for part in (_zh_hours, _zh_minutes, _zh_seconds, _zh_days, _zh_weeks)),
    _zh_pair(_zh_hours, _zh_minutes),
    _zh_pair(_zh_minutes, _zh_seconds),
    Typed(_zh_pair(_zh_hours, _zh_seconds)),
    Typed(_zh_pair(_zh_days, _zh_hours)),
    Typed(Seq(lambda h, _, m, __, s: _seconds(h, m, s), _zh_hours, _link, _zh_minutes, _link, _zh_seconds)),
)
