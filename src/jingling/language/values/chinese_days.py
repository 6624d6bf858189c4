"""Days as they are said to a speaker: 大后天, 下下周三, 月底, 农历八月十五, 中秋节."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from jingling.language.values import chinese_holiday as holidays
from jingling.language.values import chinese_numbers as zh
from jingling.language.values.chinese_calendar import day_of, months_on, nth_weekday
from jingling.language.values.english_times import WHOLE_DIGITS, WRITTEN_DATE
from jingling.language.values.moments import Day, resolve_day
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Typed, Word, any_of, numbers_to, table, text

_near = Alt(
    table({"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}, chinese=True),
    Typed(table({"今儿": 0, "明儿": 1, "后日": 2, "大大后天": 4}, chinese=True)),
)
_week_word = any_of("周", "星期", "礼拜", chinese=True)
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
weekday_name = table(WEEKDAYS)
weekday = Seq(lambda _, n: n, _week_word, weekday_name)
_which_week = table({"这": 0, "这个": 0, "本": 0, "下": 1, "下个": 1, "下下": 2, "下下个": 2}, chinese=True)
month_number = Seq(
    lambda n, *_: n if 1 <= n <= 12 else None,
    *(Alt(numbers_to(1, 12, "zh"), WHOLE_DIGITS), Word("月"), Opt(Typed(Word("份")))),
)
month_day = Seq(
    lambda n, _: n if 1 <= n <= 31 else None,
    Alt(numbers_to(1, 31, "zh"), WHOLE_DIGITS),
    any_of("号", "日", chinese=True),
)
_year = Typed(Opt(Seq(lambda n, _: n if n >= 2000 else None, WHOLE_DIGITS, Word("年"))))
_years_ahead = table({"今年": 0, "明年": 1, "后年": 2}, chinese=True)
_of = Opt(Typed(Word("的")))
_which_month = Alt(
    table({"这个月": 0, "本月": 0, "下个月": 1, "下月": 1}, chinese=True),
    Typed(table({"下下个月": 2, "下下月": 2}, chinese=True)),
)
_later = Alt(text("以后", chinese=True), text("之后", chinese=True), Word("后"))
_count = Alt(zh.two_digits, WHOLE_DIGITS)


def _in_year(ahead: int, month: int, day: int) -> Day:
    return Day(named=lambda here: day_of(here.year + ahead, month, day))


def _in_month(ahead: int, day: int) -> Day:
    def named(here: date) -> date | None:
        start = months_on(here.replace(day=1), ahead)
        return day_of(start.year, start.month, day)

    return Day(named=named)


def _month_end(ahead: int) -> Day:
    return Day(named=lambda here: months_on(here.replace(day=1), ahead + 1) - timedelta(days=1))


def day_after(day: Day) -> Day:
    def named(here: date) -> date | None:
        found = resolve_day(day, datetime.combine(here, time()), today=True)
        return found + timedelta(days=1) if found else None

    return Day(named=named)


def _nth_weekday(month: int, nth: int, on: int) -> Day:
    return Day(named=lambda here: _next(here, lambda year: nth_weekday(year, month, nth, on)))


def _months_later(months: int) -> Day:
    return Day(named=lambda here: months_on(here, months))


_ordinal_week = Alt(
    Seq(lambda _, n, __: n, Word("第"), table({"一": 1, "二": 2, "三": 3, "四": 4}), Opt(Word("个"))),
    text("最后一个", -1, chinese=True),
)
_dated: Phrase = Alt(
    Seq(lambda n: Day(ahead=n), _near),
    Seq(lambda n: Day(weekday=n), weekday),
    Seq(lambda weeks, n: Day(weekday=n, weeks=weeks), _which_week, weekday),
    Seq(lambda year, month, n: Day(month=month, day=n, year=year), _year, month_number, month_day),
    Seq(lambda n: Day(day=n), month_day),
    Seq(lambda ahead, _, n: _in_month(ahead, n), _which_month, _of, month_day),
    Typed(Seq(lambda ahead, _, month, n: _in_year(ahead, month, n), _years_ahead, _of, month_number, month_day)),
    Typed(Seq(lambda month, _, nth, on: _nth_weekday(month, nth, on), month_number, _of, _ordinal_week, weekday)),
    table({"月底": _month_end(0), "月末": _month_end(0)}, chinese=True),
    Typed(
        table(
            {
                **dict.fromkeys(("这个月底", "本月底", "这个月末", "本月末"), _month_end(0)),
                **dict.fromkeys(("下个月底", "下月底", "下个月末", "下月末"), _month_end(1)),
                **dict.fromkeys(("年底", "今年年底", "年末", "今年年末"), Day(month=12, day=31)),
                "明年年初": _in_year(1, 1, 1),
            },
            chinese=True,
        )
    ),
    Typed(
        table(
            {
                **dict.fromkeys(("周末", "这周末", "这个周末", "本周末"), Day(weekday=5)),
                **dict.fromkeys(("下周末", "下个周末"), Day(weekday=5, weeks=1)),
                **dict.fromkeys(("下周", "下个星期", "下星期", "下个礼拜", "下礼拜"), Day(ahead=7)),
                **dict.fromkeys(("下个月", "下月"), _months_later(1)),
            },
            chinese=True,
        )
    ),
    WRITTEN_DATE,
)
_counted = Alt(
    Seq(lambda n, _, __: Day(ahead=n), _count, Word("天"), _later),
    Typed(
        Seq(
            lambda n, _, __: Day(ahead=7 * n),
            *(_count, any_of("周", "个星期", "个礼拜", "星期", "礼拜", chinese=True), _later),
        )
    ),
    Typed(Seq(lambda n, _, __: _months_later(n), _count, text("个月", chinese=True), _later)),
    Typed(Seq(lambda n, _, __: _months_later(12 * n), _count, Word("年"), _later)),
)


def _next(here: date, on: Callable[[int], date | None], years: Iterable[int] = range(-1, 9)) -> date | None:
    """The first day from `here` on, where `on` gives that of a year."""
    days = (on(here.year + ahead) for ahead in years)
    return next((day for day in days if day and day >= here), None)


def _lunar(month: int, number: int) -> Day:
    return Day(named=lambda here: _next(here, lambda year: holidays.lunar_day(year, month, number)))


def _lunar_number(number: int) -> Day:
    return Day(named=lambda here: holidays.next_lunar_number(here, number))


def _holiday(name: str, ahead: int | None = None) -> Day:
    if ahead is not None:
        return Day(named=lambda here: holidays.lived(name, here.year + ahead))
    return Day(named=lambda here: _next(here, lambda year: holidays.lived(name, year)))


_NUMBERS = "一二三四五六七八九十"
_first_ten = table({f"初{name}": n for n, name in enumerate(_NUMBERS, 1)}, chinese=True)
_lunar_day = Alt(_first_ten, numbers_to(11, 30, "zh"), Typed(WHOLE_DIGITS))
_lunar_month = table({"正月": 1, "冬月": 11, "腊月": 12}, chinese=True)
_lunar_dated = Alt(
    Seq(_lunar, _lunar_month, _lunar_day),
    Seq(_lunar, month_number, _first_ten),
    Seq(
        lambda _, month, number, __: _lunar(month, number),
        *(
            any_of("农历", "阴历", chinese=True),
            Alt(_lunar_month, month_number),
            _lunar_day,
            Opt(Typed(Word("日"))),
        ),
    ),
    Seq(_lunar_number, _first_ten),
    Typed(Seq(lambda _, number: _lunar_number(number), any_of("农历", "阴历", chinese=True), _lunar_day)),
)
_holidays = any_of(
    *(*holidays.FIXED, *holidays.LUNAR, *holidays.NTH, *holidays.EVE, *holidays.QINGMING, "大年初一"), chinese=True
)
_USUAL = (
    "元旦",
    "情人节",
    "儿童节",
    "国庆节",
    "圣诞节",
    "平安夜",
    "春节",
    "除夕",
    "元宵节",
    "清明节",
    "端午节",
    "中秋节",
)
_named = Alt(
    Seq(_holiday, any_of(*_USUAL, chinese=True)),
    Typed(Seq(_holiday, _holidays)),
    Typed(Seq(lambda ahead, _, name: _holiday(name, ahead), _years_ahead, _of, _holidays)),
)
day: Phrase = Alt(_dated, _counted, _lunar_dated, _named)
