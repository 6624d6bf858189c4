"""How written text is said aloud: units and signs in words, and each script in its own language. Pure."""

import re
from collections.abc import Callable

from msgspec import Struct

from jingling.core.turn import Language


class Run(Struct, frozen=True):
    """A stretch of text for one voice."""

    text: str
    language: Language


_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_SCRIPT = re.compile(rf"(?P<zh>[{_HAN}])|(?P<en>[A-Za-z\u00c0-\u024f])")
_UNSPOKEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\ue000-\uf8ff"
    "\U0001f000-\U0001faff\U000e0000-\U000e007f*_#`~|<>\\^{}]+"
)
_NUMBER = r"(?P<n>\d[\d,]*(?:\.\d+)?)"
_SIGNED = r"(?P<sign>(?<![A-Za-z\d_.])[-−])?" + _NUMBER
_AFTER = r"(?![A-Za-z\d])"

# sign: (one, many) in English, Chinese
_UNITS: dict[str, tuple[str, str, str]] = {
    "°C": ("degree", "degrees", "度"),
    "℃": ("degree", "degrees", "度"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit", "华氏度"),
    "℉": ("degree Fahrenheit", "degrees Fahrenheit", "华氏度"),
    "°": ("degree", "degrees", "度"),
    "kWh": ("kilowatt hour", "kilowatt hours", "千瓦时"),
    "kW": ("kilowatt", "kilowatts", "千瓦"),
    "W": ("watt", "watts", "瓦"),
    "V": ("volt", "volts", "伏"),
    "lx": ("lux", "lux", "勒克斯"),
    "ppm": ("part per million", "parts per million", "ppm"),
    "hPa": ("hectopascal", "hectopascals", "百帕"),
    "µg/m³": ("microgram per cubic metre", "micrograms per cubic metre", "微克每立方米"),
    "μg/m³": ("microgram per cubic metre", "micrograms per cubic metre", "微克每立方米"),
    "m²": ("square metre", "square metres", "平方米"),
    "km/h": ("kilometre per hour", "kilometres per hour", "公里每小时"),
    "km": ("kilometre", "kilometres", "公里"),
    "cm": ("centimetre", "centimetres", "厘米"),
    "mm": ("millimetre", "millimetres", "毫米"),
    "kg": ("kilogram", "kilograms", "公斤"),
    "ml": ("millilitre", "millilitres", "毫升"),
    "mL": ("millilitre", "millilitres", "毫升"),
    "oz": ("ounce", "ounces", "盎司"),
    "dB": ("decibel", "decibels", "分贝"),
    "min": ("minute", "minutes", "分钟"),
    "ms": ("millisecond", "milliseconds", "毫秒"),
    "h": ("hour", "hours", "小时"),
    "s": ("second", "seconds", "秒"),
    "g": ("gram", "grams", "克"),
    "m": ("metre", "metres", "米"),
}
_MONEY = {"$": ("dollar", "dollars", "美元"), "€": ("euro", "euros", "欧元"), "£": ("pound", "pounds", "英镑")}
_MONEY |= dict.fromkeys("¥￥", ("yuan", "yuan", "元"))

_unit_names = "|".join(re.escape(name) for name in sorted(_UNITS, key=len, reverse=True))
_QUANTITY = re.compile(rf"{_SIGNED}\s?(?P<unit>{_unit_names}){_AFTER}")
_PRICE = re.compile(rf"(?P<unit>[$€£¥￥])\s?{_NUMBER}")
_PERCENT = re.compile(_SIGNED + r"\s?%")
_NEGATIVE = re.compile(r"(?P<sign>(?<![A-Za-z\d_.])[-−])" + _NUMBER)
_CLOCK = re.compile(r"(?<![\d:])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])(?P<half>\s?[ap]m\b)?", re.I)
_YEAR = re.compile(r"(?<!\d)(\d{4})\s?(?=年)")
_DIGITS_ZH = "零一二三四五六七八九"


def runs(text: str, language: Language) -> list[Run]:
    """`text` as it is said, cut where the script changes; digits and signs go with what they stand next to."""
    cut = _cut(_UNSPOKEN.sub(" ", text), language)
    said = [Run(_said(run), run.language) for run in cut]
    return [run for run in said if any(c.isalnum() for c in run.text)]


def _cut(text: str, language: Language) -> list[Run]:
    """A run ends where a letter of the other script begins; Han characters alone decide for Chinese."""
    found: list[Run] = []
    start, current = 0, language
    for match in _SCRIPT.finditer(_shielded(text)):
        script: Language = "zh" if match["zh"] else "en"
        if script != current:
            found.append(Run(text[start : match.start()], current))
            start, current = match.start(), script
    return [*found, Run(text[start:], current)]


def _shielded(text: str) -> str:
    """The letters of units and of am and pm belong to their number: hidden from the cut."""
    for pattern in (_QUANTITY, _CLOCK):
        text = pattern.sub(lambda match: "0" * len(match[0]), text)
    return text


def _said(run: Run) -> str:
    rules = _ENGLISH if run.language == "en" else _CHINESE
    text = run.text
    for pattern, rule in rules:
        text = pattern.sub(rule, text)
    return re.sub(r"\s+", " ", text).strip()


def _quantity_en(match: re.Match[str]) -> str:
    one, many, _ = (_UNITS | _MONEY)[match["unit"]]
    number = match["n"].rstrip(",")
    return f"{_minus(match, 'minus ')}{number} {one if number == '1' else many}"


def _quantity_zh(match: re.Match[str]) -> str:
    unit = (_UNITS | _MONEY)[match["unit"]][2]
    below = "零下" if unit in {"度", "华氏度"} else "负"
    return f"{_minus(match, below)}{_plain(match)}{unit}"


def _minus(match: re.Match[str], word: str) -> str:
    return word if match.groupdict().get("sign") else ""


def _plain(match: re.Match[str]) -> str:
    return match["n"].replace(",", "")


def _clock_zh(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or "").strip().lower()
    before = {"am": "上午", "pm": "下午"}.get(half, "")
    if minute == 0:
        return f"{before}{hour}点"
    return f"{before}{hour}点" + (f"零{minute}分" if minute < 10 else f"{minute}分")


def _clock_en(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = " ".join((match["half"] or "").strip().upper())
    if minute == 0:
        return f"{hour} {half or 'o clock'}" if 0 < hour <= 12 else f"{hour} hundred"
    return f"{hour} {'oh ' if minute < 10 else ''}{minute} {half}".strip()


Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
_ENGLISH: tuple[Rule, ...] = (
    (_CLOCK, _clock_en),
    (_PRICE, _quantity_en),
    (_QUANTITY, _quantity_en),
    (_PERCENT, lambda m: f"{_minus(m, 'minus ')}{m['n']} percent"),
    (_NEGATIVE, lambda m: f"minus {m['n']}"),
)
_CHINESE: tuple[Rule, ...] = (
    (_CLOCK, _clock_zh),
    (_YEAR, lambda m: "".join(_DIGITS_ZH[int(digit)] for digit in m[1])),
    (_PRICE, _quantity_zh),
    (_QUANTITY, _quantity_zh),
    (_PERCENT, lambda m: f"{_minus(m, '负')}百分之{_plain(m)}"),
    (re.compile(r"(?<![A-Za-z\d_.])[-−](?=\d[\d.]*\s?度)"), lambda m: "零下"),
    (_NEGATIVE, lambda m: f"负{_plain(m)}"),
    (re.compile(r"(?<=\d),(?=\d{3})"), lambda m: ""),
)
