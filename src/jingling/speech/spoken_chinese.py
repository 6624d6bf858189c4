"""How Mandarin text is read aloud: numbers, dates, money and signs in words. Pure."""

import re
from collections.abc import Callable

from jingling.speech import spoken_patterns as written
from jingling.speech.spoken_numbers import cardinal_zh, digits_zh, number_zh
from jingling.speech.spoken_patterns import DASH, HAN, NUMBER
from jingling.speech.spoken_units import BEFORE_ZH, BELOW_ZERO_ZH, MONEY, UNITS

Match = re.Match[str]
Rule = tuple[re.Pattern[str], Callable[[Match], str]]

_COUNTED = (
    "个|只|条|张|把|件|位|名|口|人|种|样|次|遍|回|趟|场|顿|天|周|晚|夜|秒|刻|小时|钟头|分钟|点|块|元|角|毛|美元|欧元|英镑|港元|港币"
    "|日元|米|公里|千米|里|公斤|斤|克|千克|吨|升|毫|厘米|度|倍|层|间|台|辆|架|艘|部|本|册|首|支|枝|根|颗|粒|片|盒|包|袋|瓶|杯|碗|盘|盆"
    "|桶|箱|双|对|副|套|组|群|队|排|段|节|家|户|扇|门|面|幅|封|份|篇|句|项|道|题|步|声|局|轮|票|股|瓦|伏|平方|立方|岁|星期|礼拜|年"
    "(?!级)|室|厅|卫|车|勺|滴|串|朵|棵|匹|头|座|栋|幢|所|字|笔|件|卷|集|页|季|英|盎司|磅|兆|字节|百|千|万|亿|毫|亩|卡|分(?=钱|之)"
)
_PARTS = ((5, "凌晨"), (13, ""), (18, "下午"), (24, "晚上"))
_SAID_PART = re.compile(
    r"(?:凌晨|清晨|早晨|早上|早|上午|中午|午后|下午|傍晚|晚上|晚|夜里|夜间|深夜|午夜|半夜|今晚|明早|明晚|昨晚)\s?$"
)
_SCALES = {
    "thousand": "千",
    "k": "千",
    "million": "百万",
    "m": "百万",
    "mn": "百万",
    "billion": "十亿",
    "b": "十亿",
    "bn": "十亿",
}
_SCALES |= {"trillion": "万亿", "t": "万亿", "tn": "万亿"}
_VERSUS = re.compile(r"\s?(?:获胜|战胜|击败|领先|落后|取胜|逼平|大胜|险胜|赢|输|战平)")
_CALLED = re.compile(r"(?:电话|手机|手机号|拨打|致电|热线|呼叫|打)[码号是为：:\s]*$")


def chinese(text: str) -> str:
    for pattern, rule in _RULES:
        text = pattern.sub(rule, text)
    return re.sub(r"\s+", " ", text).strip()


def _day(month: int, day: int, year: str | None = None, until: str | None = None) -> str:
    said = f"{digits_zh(year)}年" if year else ""
    said += f"{cardinal_zh(month)}月{cardinal_zh(day)}日"
    return said + (f"到{cardinal_zh(int(until))}日" if until else "")


def _iso(match: Match) -> str:
    month, day = int(match["month"]), int(match["day"])
    return _day(month, day, match["year"]) if written.is_day(month, day) else match[0]


def _year_last(match: Match) -> str:
    month, day = int(match["a"]), int(match["b"])
    if not written.is_day(month, day):
        month, day = day, month
    return _day(month, day, match["year"]) if written.is_day(month, day) else match[0]


def _named_day(match: Match) -> str:
    found = match.groupdict()
    month, day = written.month_number(match["month"]), int(match["day"])
    if not written.is_day(month, day):
        return match[0]
    return _day(month, day, match["year"] or found.get("year2"), match["until"])


def _month_year(match: Match) -> str:
    return f"{digits_zh(match['year'])}年{cardinal_zh(written.month_number(match['month']))}月"


def _clock(match: Match) -> str:
    second = int(match["second"] or 0)
    said = _time(match, int(match["hour"]), int(match["minute"]), second)
    return f"协调世界时{said}" if match["zone"] == "Z" else said


def _hour(match: Match) -> str:
    return _time(match, int(match["hour"]), 0, 0)


def _time(match: Match, hour: int, minute: int, second: int) -> str:
    half = (match["half"] or "").lower()
    hour %= 24
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    said = bool(_SAID_PART.search(match.string[: match.start()]))
    plain = not half and 0 < hour < 5 and not match["hour"].startswith("0")
    part = "" if said or plain or hour == minute == second == 0 else _part(hour, half)
    shown = hour - 12 if hour > 12 and (part or said) else hour
    tail = ""
    if minute == 30 and not second:
        tail = "半"
    elif minute or second:
        tail = ("零" if minute < 10 else "") + (f"{cardinal_zh(minute)}分" if minute else "零分")
    if tail.startswith("零零"):
        tail = tail[1:]
    if second:
        tail += ("零" if second < 10 else "") + f"{cardinal_zh(second)}秒"
    return f"{part}{number_zh(str(shown), counted=True)}点{tail}"


def _part(hour: int, half: str) -> str:
    if hour == 12 and half:
        return "中午"
    if 5 <= hour < 12:
        return "上午" if half else ""
    return next(part for until, part in _PARTS if hour < until)


def _hours_zh(match: Match) -> str:
    """7点5分 has its naught said."""
    return f"点零{cardinal_zh(int(match['m']))}分"


def _amount(match: Match, unit: str = "", counted: bool = True) -> str:
    below = "零下" if unit in BELOW_ZERO_ZH else "负"
    sign = {"-": below, "−": below}.get(match["sign"] or "", "")
    to = match["to"]
    single = counted and not (sign and below == "零下")
    return f"{sign}{number_zh(match['n'], single)}" + (f"到{_signed(to, below, counted)}" if to else "")


def _signed(text: str, below: str, counted: bool) -> str:
    return f"{below}{number_zh(text[1:])}" if text.startswith("-") else number_zh(text, counted)


def _quantity(match: Match) -> str:
    unit = UNITS[match["unit"]].zh
    if unit in BEFORE_ZH:
        return unit + _amount(match, counted=False)
    return f"{_amount(match, unit)}{unit}{_per(match['per'])}"


def _per(sign: str | None) -> str:
    return f"每{UNITS[sign].zh if sign in UNITS else sign}" if sign else ""


def _price(match: Match) -> str:
    found = match.groupdict()
    minus = "负" if found.get("sign") in ("-", "−") or found.get("below") else ""
    scale = _SCALES.get((match["scale"] or "").lower(), match["scale"] or "")
    unit = MONEY[match["unit"]].zh
    if unit == "元" and not (scale or match["to"]):
        return minus + _yuan(match["n"])
    to = f"到{number_zh(match['to'], counted=True)}" if match["to"] else ""
    return f"{minus}{number_zh(_short(match['n']), counted=True)}{to}{scale}{unit}"


def _short(number: str) -> str:
    """Without the naughts that end a price."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def _yuan(text: str) -> str:
    """12.80 is 十二元八角, 12.05 十二元零五分."""
    whole, _, part = text.replace(",", "").partition(".")
    if len(part) > 2:
        return f"{number_zh(text)}元"
    jiao, fen = (int(digit) for digit in part.ljust(2, "0"))
    said = f"{number_zh(whole, counted=True)}元" if int(whole) or not (jiao or fen) else ""
    if jiao:
        said += f"{number_zh(str(jiao), counted=True)}角"
    elif fen and said:
        said += "零"
    return said + (f"{number_zh(str(fen), counted=not said)}分" if fen else "")


def _duration(match: Match) -> str:
    names = (("h", "小时"), ("m", "分钟"), ("s", "秒"))
    parts = [(match.groupdict().get(key), name) for key, name in names]
    said = "".join(f"{number_zh(n, counted=True)}{name}" for n, name in parts if n is not None)
    return said.replace("分钟", "分") if said.endswith("秒") else said


def _feet(match: Match) -> str:
    inches = f"{number_zh(match['inch'], counted=True)}英寸" if match["inch"] else ""
    return f"{number_zh(match['ft'], counted=True)}英尺{inches}"


def _fraction(match: Match) -> str:
    over, under = int(match["num"]), int(match["den"])
    below = match.string[: match.start()].endswith(("-", "−"))
    if not (match["whole"] or below) and not 0 < over < under <= 10 and written.is_day(over, under):
        return _day(over, under)
    whole = f"{number_zh(match['whole'])}又" if match["whole"] else ""
    return f"{whole}{number_zh(match['den'])}分之{number_zh(match['num'])}"


def _phone(match: Match) -> str:
    groups = re.findall(r"\d+", match[0])
    if match[0].startswith("+") and sum(map(len, groups)) < 9:
        return match[0]
    if len(groups) == 1 and len(groups[0]) == 11:
        groups = [groups[0][:3], groups[0][3:7], groups[0][7:]]
    return ("加" if match[0].startswith("+") else "") + "，".join(digits_zh(group, "幺") for group in groups)


def _version(match: Match) -> str:
    digits = match["one"] or match[0]
    parts = digits.split(".")
    said = "点".join(digits_zh(part) if len(parts) == 4 else number_zh(part) for part in parts)
    named = match.string[match.end() :].lstrip().startswith("版")
    return f"版本{said}" if match["v"] and not named else said


def _year(match: Match) -> str:
    return digits_zh(match["n"])


def _code(match: Match) -> str:
    return number_zh(match[0]) if match[0][0] != "0" and match[0].endswith("000") else digits_zh(match[0])


def _range(match: Match) -> str:
    counted = bool(_BEFORE_COUNTED.match(match.string, match.end()))
    said = f"{'负' if match['sign'] else ''}{number_zh(match['n'], counted)}"
    if match.string[match.end() :].lstrip().startswith("="):
        return f"{said}减{number_zh(match['to'])}"
    word = "比" if _VERSUS.match(match.string, match.end()) else "到"
    return said + word + _signed(match["to"], "负", counted)


def _bare(match: Match) -> str:
    before = match.string[: match.start()]
    if match["n"].isdigit() and len(match["n"]) >= 3 and _CALLED.search(before):
        return digits_zh(match["n"], "幺")
    ordinal = before.rstrip().endswith(("第", "星期", "周", "礼拜", "初", "之"))
    counted = not ordinal and not match["sign"] and bool(_BEFORE_COUNTED.match(match.string, match.end()))
    sign = {"-": "负", "−": "负", "+": "正"}.get(match["sign"] or "", "")
    return sign + number_zh(match["n"], counted)


def _pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(text, flags)


_BEFORE_COUNTED = re.compile(rf"\s?(?:多|来)?(?:{_COUNTED})")
_CODE_NAMES = "验证码|校验码|激活码|配对码|取件码|密码|口令|编号|单号|订单号?|卡号|账号|帐号|邮编|尾号|房号|房间号?|门牌号?|航班号?|车次|学号|工号|代码|数字|号码"  # noqa: E501
_RULES: tuple[Rule, ...] = (
    (_pattern(rf"(?:(?<=\d%)|(?<=[°℃℉度元])|(?<=°[CF])|(?<=:\d\d))\s?{DASH}\s?(?=\d)"), lambda m: "到"),
    (_pattern(rf"(?<=[点时分日号月年天])\s?{DASH}\s?(?=\d|[凌早上中下晚次]|第二)"), lambda m: "到"),
    (_pattern(r"(?<=周[一二三四五六日天])\s?[-–—~～]\s?(?=周?[一二三四五六日天])"), lambda m: "到"),
    (written.ABOUT, lambda m: "约"),
    (_pattern(r"(?<![\d/])24/7(?![\d/])"), lambda m: "二十四小时"),
    (written.DATES, lambda m: "到"),
    (written.ISO_DATE, _iso),
    (written.MONTH_OF_YEAR, lambda m: f"{digits_zh(m['year'])}年{cardinal_zh(int(m['month']))}月"),
    (written.ISO_MONTH, lambda m: f"{digits_zh(m['year'])}年{cardinal_zh(int(m['month']))}月"),
    (written.YEARS, lambda m: f"{digits_zh(m['a'])}到{digits_zh(m['b'])}"),
    (written.YEAR_LAST, _year_last),
    (written.YEAR_NAMED, _named_day),
    (written.DAY_MONTH, _named_day),
    (written.MONTH_DAY, _named_day),
    (written.MONTH_YEAR, _month_year),
    (written.PHONE, _phone),
    (written.CLOCK, _clock),
    (written.HOUR, _hour),
    (_pattern(r"(?<=\d)[点时]0?(?P<m>[1-9])分(?!钟)"), _hours_zh),
    (
        _pattern(
            r"(?<!\d)(?P<n>19\d\d|20(?!00\s?年(?:前|的?历史|多|以[上来]|来|之久))\d\d|(?:1[0-8]\d[1-9]|1[1-8]\d\d|21\d\d)(?!\s?年(?:前|的?历史|多|以[上来]|来|之久)))\s?(?=年(?!级))"
        ),
        _year,
    ),
    (_pattern(r"(?<=[年自从于至到])(?P<n>19\d\d|20[0-4]\d)(?![\d.,%])(?!\s?[个元人只块米])"), _year),
    (_pattern(r"(?<!\d)(?P<n>0\d|[5-9]\d)(?=年(?:\d|级|[春夏秋冬初底末]))"), _year),
    (
        _pattern(r"(?<!\d)(?P<n>\d{2,4})(?=届|级(?!以|别|的|台))"),
        lambda m: digits_zh(m["n"]) if len(m["n"]) == 4 else m["n"],
    ),
    (written.PRICE, _price),
    (written.PRICE_AFTER, _price),
    (
        _pattern(rf"(?<![\d.])(?P<n>{NUMBER})\s?元"),
        lambda m: _yuan(m["n"]) if re.search(r"\.\d\d?$", m["n"]) else f"{number_zh(m['n'], counted=True)}元",
    ),
    (written.HOURS_MINUTES, _duration),
    (written.MINUTES_SECONDS, _duration),
    (_pattern(rf"{written.AMOUNT}\s?(?P<unit>华氏度|摄氏度|度)"), lambda m: _amount(m, "度") + m["unit"]),
    (written.QUANTITY, _quantity),
    (written.FEET_INCHES, _feet),
    (written.INCHES, lambda m: f"{number_zh(m['n'], counted=True)}英寸"),
    (written.PERCENT, lambda m: _percent(m, "百")),
    (written.PERMILLE, lambda m: _percent(m, "千")),
    (written.VERSION, _version),
    (written.FRACTION, _fraction),
    (written.RATIO, lambda m: f"{number_zh(m['a'])}比{number_zh(m['b'])}"),
    (written.ORDINAL, lambda m: f"第{number_zh(m['n'])}"),
    (
        _pattern(rf"(?P<name>(?:{_CODE_NAMES})(?:是|为|：|:|\s|#)*)(?P<code>\d{{3,}})(?!\d|[.,]\d|\s?[{HAN}]?度)"),
        lambda m: m["name"] + digits_zh(m["code"]),
    ),
    (
        _pattern(r"(?<!\d)(?P<n>\d{3,4})(?=\s?(?:室|房|号房|号楼|号线|路公交|次列车|航班))"),
        lambda m: digits_zh(m["n"], "幺"),
    ),
    (written.CODE, _code),
    (written.SIZE, lambda m: "乘"),
    (written.FACTOR, lambda m: f"{number_zh(m['n'], counted=True)}倍"),
    (
        _pattern(rf"＾(?P<sign>[-−])?\+?(?P<n>{NUMBER})"),
        lambda m: f"的{'负' * bool(m['sign'])}{number_zh(m['n'])}次方",
    ),
    (written.CHAIN, lambda m: "，".join(digits_zh(group) for group in m[0].split("-"))),
    (written.RANGE, _range),
    (_pattern(r"[#№]\s?(?P<n>\d+)"), lambda m: f"{number_zh(m['n'])}号"),
    (written.SIGNED, _bare),
    (_pattern(rf"(?<=[{HAN}])\s?(?:-|−)\s?(?==)"), lambda m: "减"),
    (_pattern(r"\+"), lambda m: "加"),
    (_pattern(r"="), lambda m: "等于"),
    (_pattern(r"&"), lambda m: "和"),
    (_pattern(r"@"), lambda m: " at "),
    (_pattern(r"×"), lambda m: "乘"),
    (_pattern(r"÷"), lambda m: "除以"),
    (_pattern(r"±"), lambda m: "正负"),
    (_pattern(r"≤"), lambda m: "不超过"),
    (_pattern(r"≥"), lambda m: "至少"),
    (_pattern(r"＜"), lambda m: "小于"),
    (_pattern(r"＞"), lambda m: "大于"),
    (_pattern(r"≠"), lambda m: "不等于"),
    (_pattern(r"%"), lambda m: "百分比"),
    (_pattern(r"°C?|℃"), lambda m: "度"),
    (_pattern(rf"(?<=[元度米克升斤瓦])/(?=[{HAN}])"), lambda m: "每"),
    (_pattern(rf"(?<=[{HAN}])(?<![和与或])/(?=[{HAN}])(?!或)"), lambda m: "或"),
    (_pattern(r"[/№～]"), lambda m: " "),
)


def _percent(match: Match, of: str) -> str:
    sign = {"-": "负", "−": "负"}.get(match["sign"] or "", "")
    to = f"到{of}分之{number_zh(match['to'])}" if match["to"] else ""
    return f"{sign}{of}分之{number_zh(match['n'])}{to}"
