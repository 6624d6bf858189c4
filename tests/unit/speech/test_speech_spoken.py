import re
from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jingling.core.turn import Language
from jingling.language.values import free_chinese_dates, free_english_dates
from jingling.language.values.find import parse
from jingling.speech.spoken import Run, runs

NOW = datetime(2026, 11, 22, 9, 0)


def english(written: str) -> str:
    (run,) = runs(written, "en")
    assert run.language == "en"
    return run.text


def chinese(written: str) -> str:
    (run,) = runs(written, "zh")
    assert run.language == "zh"
    return run.text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It is 21.5 °C.", "It is twenty-one point five degrees."),
        ("-3°C outside", "minus three degrees outside"),
        ("-3~5°C", "minus three to five degrees"),
        ("20°C–25°C", "twenty degrees to twenty-five degrees"),
        ("1 °C", "one degree"),
        ("70 °F", "seventy degrees Fahrenheit"),
        ("40% humid", "forty percent humid"),
        ("20-30%", "twenty to thirty percent"),
        ("450 ppm", "four hundred fifty parts per million"),
        ("1,250 W", "one thousand two hundred fifty watts"),
        ("60 km/h", "sixty kilometres per hour"),
        ("12 µg/m³", "twelve micrograms per cubic metre"),
        ("50 kWh/day", "fifty kilowatt hours per day"),
        ("1 lb or 3 GB", "one pound or three gigabytes"),
        ("1h 30m", "one hour thirty minutes"),
        ("5 min 30 s", "five minutes thirty seconds"),
        ("6'2\" tall", "six feet two inches tall"),
        ('a 55" TV', "a fifty-five inch T V"),
        ("at 7:05 pm", "at seven oh five P M"),
        ("at 7 p.m. today", "at seven P M today"),
        ("at 07:00", "at seven o'clock"),
        ("at 19:30", "at nineteen thirty"),
        ("0:00", "midnight"),
        ("5:30-6:00 pm", "five thirty to six P M"),
        ("8-9 pm", "eight to nine P M"),
        ("2026-11-22", "November twenty-second, twenty twenty-six"),
        ("2026-11-22T19:05:00Z", "November twenty-second, twenty twenty-six at nineteen oh five U T C"),
        ("11/22/2026", "November twenty-second, twenty twenty-six"),
        ("22/11/2026", "November twenty-second, twenty twenty-six"),
        ("11/22", "November twenty-second"),
        ("22 Nov 2026", "November twenty-second, twenty twenty-six"),
        ("Nov. 3-5", "November third to fifth"),
        ("May 5th", "May fifth"),
        ("Sat, 7 Nov", "Saturday, November seventh"),
        ("Mon-Fri", "Monday to Friday"),
        ("in 1999 we met", "in nineteen ninety-nine we met"),
        ("the year 1905", "the year nineteen oh five"),
        ("the 1990s", "the nineteen nineties"),
        ("2019-2024", "twenty nineteen to twenty twenty-four"),
        ("1999 people", "one thousand nine hundred ninety-nine people"),
        ("$12.50", "twelve dollars and fifty cents"),
        ("$1", "one dollar"),
        ("$0.99", "ninety-nine cents"),
        ("-$5", "minus five dollars"),
        ("$3.5M", "three point five million dollars"),
        ("$3-5", "three to five dollars"),
        ("$5/kg", "five dollars per kilogram"),
        ("£3.50", "three pounds and fifty pence"),
        ("¥12.80", "twelve point eight yuan"),
        ("HK$50", "fifty Hong Kong dollars"),
        ("30 EUR", "thirty euros"),
        ("1/2 cup", "one half cup"),
        ("2 3/4", "two and three quarters"),
        ("1½ hours", "one and a half hours"),
        ("17/45", "seventeen over forty-five"),
        ("1st, 2nd and 22nd", "first, second and twenty-second"),
        ("3-5 days", "three to five days"),
        ("a 3-4 mix", "a three to four mix"),
        ("a 20-minute walk", "a twenty-minute walk"),
        ("5+3=8", "five plus three equals eight"),
        ("10-3=7", "ten minus three equals seven"),
        ("3 x 4 = 12", "three times four equals twelve"),
        ("~5 km", "about five kilometres"),
        ("±2 degrees", "plus or minus two degrees"),
        ("the score is 3:2", "the score is three to two"),
        ("7:56:35 pm", "seven fifty-six P M and thirty-five seconds"),
        ("340pm", "three forty P M"),
        ("12/2015", "December twenty fifteen"),
        ("Sep.1st", "September first"),
        ("2^5", "two to the power of five"),
        ("1.5e-3", "one point five times ten to the power of minus three"),
        ("24/7", "twenty-four seven"),
        ("version 2.10", "version two point one zero"),
        ("v1.2.3", "version one point two point three"),
        ("192.168.1.5", "one nine two dot one six eight dot one dot five"),
        ("4 8 1 5", "four eight one five"),
        ("your code is 4815", "your code is four eight one five"),
        ("12345678", "one two three four, five six seven eight"),
        ("007", "zero zero seven"),
        ("room 204", "room two zero four"),
        ("415-555-2671", "four one five, five five five, two six seven one"),
        ("+86 138 1234 5678", "plus eight six, one three eight, one two three four, five six seven eight"),
        ("Dr. Smith of Main St.", "Doctor Smith of Main Street"),
        ("e.g. Mr. Fox vs. Ms. Hen", "for example Mister Fox versus Miz Hen"),
        ("the LED of the TV", "the L E D of the T V"),
        ("NO, it is ON", "NO, it is ON"),
        ("MP3 and GPT-4", "M P three and G P T four"),
        ("Tom & Jerry", "Tom and Jerry"),
        ("mail a.b@example.com", "mail a dot b at example dot com"),
        ("see https://www.example.com/a?b=1 now", "see example dot com now"),
        ("#3", "number three"),
        ("15 min", "fifteen minutes"),
        ("over 3 miles", "over three miles"),
        ("**bold** OK 👍 :)", "bold okay"),
        ("<b>hi</b> &amp; bye", "hi and bye"),
    ],
)
def test_english_is_said_in_words(written: str, said: str) -> None:
    assert english(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("现在21.5°C", "现在二十一点五度"),
        ("湿度40%", "湿度百分之四十"),
        ("20%-30%", "百分之二十到百分之三十"),
        ("室外-5度", "室外零下五度"),
        ("-3~5°C", "零下三到五度"),
        ("3~5度", "三到五度"),
        ("450 ppm", "百万分之四百五十"),
        ("功率1,250 W", "功率一千二百五十瓦"),
        ("60 km/h", "六十公里每小时"),
        ("2 kg", "两公斤"),
        ("身高168CM", "身高一百六十八厘米"),
        ('55"电视', "五十五英寸电视"),
        ("现在7:30", "现在七点半"),
        ("7:05 开始", "七点零五分 开始"),
        ("19:05", "晚上七点零五分"),
        ("下午14:05", "下午两点零五分"),
        ("7:30 pm", "晚上七点半"),
        ("2 pm", "下午两点"),
        ("00:15", "凌晨零点十五分"),
        ("2:30", "两点半"),
        ("18:33:02", "晚上六点三十三分零二秒"),
        ("9:00-17:00", "九点到下午五点"),
        ("7点5分", "七点零五分"),
        ("2026年11月22日", "二零二六年十一月二十二日"),
        ("2026-11-22", "二零二六年十一月二十二日"),
        ("22 Nov 2026", "二零二六年十一月二十二日"),
        ("11/22", "十一月二十二日"),
        ("5000年历史", "五千年历史"),
        ("95年3月", "九五年三月"),
        ("30年", "三十年"),
        ("一共¥1,280.50", "一共一千二百八十元五角"),
        ("¥12.80", "十二元八角"),
        ("¥12.05", "十二元零五分"),
        ("¥0.50", "五角"),
        ("12元5角", "十二元五角"),
        ("$3.50", "三点五美元"),
        ("HK$50", "五十港元"),
        ("-¥5", "负五元"),
        ("30元/斤", "三十元每斤"),
        ("2个苹果", "两个苹果"),
        ("2点", "两点"),
        ("2月2日", "二月二日"),
        ("2个月", "两个月"),
        ("22个", "二十二个"),
        ("第2个", "第二个"),
        ("2楼", "二楼"),
        ("2层", "两层"),
        ("2小时", "两小时"),
        ("2-3个人", "两到三个人"),
        ("20002", "两万零二"),
        ("1万2千", "一万两千"),
        ("3.5亿", "三点五亿"),
        ("1/2", "二分之一"),
        ("第1名", "第一名"),
        ("3-5天", "三到五天"),
        ("3:2获胜", "三比二获胜"),
        ("3+5=8", "三加五等于八"),
        ("约~5公里", "约五公里"),
        ("1.2.3", "一点二点三"),
        ("2^5", "二的五次方"),
        ("20点～凌晨4点", "二十点到凌晨四点"),
        ("2019-2024年", "二零一九到二零二四年"),
        ("4 8 1 5", "四 八 一 五"),
        ("验证码4815", "验证码四八一五"),
        ("电话13812345678", "电话幺三八，幺二三四，五六七八"),
        ("打110", "打幺幺零"),
        ("和/或", "和 或"),
        ("２．４％", "百分之二点四"),
        ("好的👍", "好的"),
    ],
)
def test_chinese_is_said_in_words(written: str, said: str) -> None:
    assert chinese(written) == said


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("播放 Hello World 吧", "zh", ["zh:播放", "en:Hello World", "zh:吧"]),
        ("turn on 客厅 light", "en", ["en:turn on", "zh:客厅", "en:light"]),
        ("用iPhone 15拍照", "zh", ["zh:用", "en:iPhone", "zh:十五拍照"]),
        ("play 七里香 3 times", "en", ["en:play", "zh:七里香", "en:three times"]),
        ("Alexa，3点了", "zh", ["en:Alexa", "zh:，三点了"]),
        ("MP3播放", "zh", ["en:M P three", "zh:播放"]),
        ("发到a@b.com吧", "zh", ["zh:发到", "en:a at b dot com", "zh:吧"]),
        ("明天 7:30 pm 开会", "zh", ["zh:明天 晚上七点半 开会"]),
        ("It is 5 km to 北京", "en", ["en:It is five kilometres to", "zh:北京"]),
    ],
)
def test_each_script_is_spoken_in_its_own_language(written: str, language: Language, said: list[str]) -> None:
    assert [f"{run.language}:{run.text}" for run in runs(written, language)] == said


@pytest.mark.parametrize("text", ["", "   ", "👍", "…!?", "\0\x07", "---"])
def test_nothing_to_say_is_no_run(text: str) -> None:
    assert runs(text, "en") == []


@settings(max_examples=60)
@given(st.text(max_size=60), st.sampled_from(["en", "zh"]))
def test_any_text_can_be_said(text: str, language: Language) -> None:
    for run in runs(text, language):
        assert run.text.strip()
        assert "\0" not in run.text


@given(st.text("0123456789 .,:;/-+~%$¥°CkmghpaNov年月日点分个第元至", max_size=40), st.sampled_from(["en", "zh"]))
@example("1/1/1/1-1-1", "en")
@example("7:30-", "zh")
def test_no_digit_is_left_to_the_engine(text: str, language: Language) -> None:
    assert not [run for run in runs(text, language) if re.search(r"[0-9]", run.text)]


@given(st.integers(0, 10**9))
def test_a_number_is_heard_as_it_was_written(number: int) -> None:
    written = f"{number:,}"
    assert parse("number", english(written), "en", NOW) == number
    assert parse("number", chinese(written), "zh", NOW) == number


@given(st.integers(0, 99_999), st.integers(0, 99))
def test_a_decimal_is_heard_as_it_was_written(whole: int, part: int) -> None:
    written = f"{whole}.{part:02}"
    assert parse("number", english(written), "en", NOW) == pytest.approx(float(written))
    assert parse("number", chinese(written), "zh", NOW) == pytest.approx(float(written))


@given(st.integers(1, 99))
def test_an_ordinal_is_heard_as_it_was_written(number: int) -> None:
    assert parse("ordinal", english(f"{number}th"), "en", NOW) == number
    assert parse("ordinal", chinese(f"第{number}"), "zh", NOW) == number


@given(st.integers(0, 100))
def test_a_share_is_heard_as_it_was_written(number: int) -> None:
    assert parse("percentage", english(f"{number}%"), "en", NOW) == number
    assert parse("percentage", chinese(f"{number}%"), "zh", NOW) == number


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_is_heard_as_it_was_written(hour: int, minute: int) -> None:
    assert parse("time", chinese(f"{hour:02}:{minute:02}"), "zh", NOW) == f"{hour:02}:{minute:02}"
    half = f"{hour % 12 or 12}:{minute:02} {'pm' if hour >= 12 else 'am'}"
    assert parse("time", english(half), "en", NOW) == f"{hour:02}:{minute:02}"


@given(st.dates(date(2026, 11, 23), date(2027, 11, 21)), st.sampled_from(["%B %d", "%d %b", "%m/%d"]))
def test_a_day_is_heard_as_it_was_written(day: date, form: str) -> None:
    written = f"{day:{form}}"
    if "/" not in written or day.month >= 10 or day.day > 12:  # 1/4 is a quarter
        assert parse("date", english(written), "en", NOW) == f"{day:%Y-%m-%d}"


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_date_is_heard_as_it_was_written(day: date) -> None:
    written = f"{day:%Y-%m-%d}"
    (found,) = free_english_dates.recognize(english(written), NOW)
    (also,) = free_chinese_dates.recognize(chinese(written), NOW)
    assert found.resolutions == also.resolutions == ({"value": written},)


def test_a_long_text_of_digits_takes_no_longer_than_it_should() -> None:
    for text in (
        "1" * 4_000,
        "1-" * 2_000,
        "1/" * 2_000,
        "1,111" * 800,
        "+1 1" * 1_000,
        "a." * 2_000,
        "<a" * 2_000,
    ):
        assert runs(text, "en") is not None
        assert runs(text, "zh") is not None


def test_a_run_is_what_engines_take() -> None:
    assert runs("ok", "en") == [Run("okay", "en")]
