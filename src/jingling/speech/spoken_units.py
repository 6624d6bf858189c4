"""Signs of units and money, and what they are called in both languages."""

import re
from typing import NamedTuple


class Unit(NamedTuple):
    one: str
    many: str
    zh: str


def _regular(one: str, zh: str) -> Unit:
    return Unit(one, one + "s", zh)


def _same(name: str, zh: str) -> Unit:
    return Unit(name, name, zh)


_SMALLER = {
    "n": ("nano", "纳"),
    "µ": ("micro", "微"),
    "μ": ("micro", "微"),
    "m": ("milli", "毫"),
    "c": ("centi", "厘"),
}
_THOUSANDS = {"k": ("kilo", "千"), "M": ("mega", "兆"), "G": ("giga", "吉"), "T": ("tera", "太")}
_BYTES = {**_THOUSANDS, "K": ("kilo", "千")}

UNITS: dict[str, Unit] = {
    "°C": _regular("degree", "度"),
    "℃": _regular("degree", "度"),
    "°F": Unit("degree Fahrenheit", "degrees Fahrenheit", "华氏度"),
    "℉": Unit("degree Fahrenheit", "degrees Fahrenheit", "华氏度"),
    "°": _regular("degree", "度"),
    "º": _regular("degree", "度"),
    "m": _regular("metre", "米"),
    "km": _regular("kilometre", "公里"),
    "dm": _regular("decimetre", "分米"),
    "ft": Unit("foot", "feet", "英尺"),
    "yd": _regular("yard", "码"),
    "mi": _regular("mile", "英里"),
    "m²": _regular("square metre", "平方米"),
    "m2": _regular("square metre", "平方米"),
    "㎡": _regular("square metre", "平方米"),
    "cm²": _regular("square centimetre", "平方厘米"),
    "km²": _regular("square kilometre", "平方公里"),
    "km2": _regular("square kilometre", "平方公里"),
    "ft²": Unit("square foot", "square feet", "平方英尺"),
    "ha": _regular("hectare", "公顷"),
    "m³": _regular("cubic metre", "立方米"),
    "m3": _regular("cubic metre", "立方米"),
    "cm³": _regular("cubic centimetre", "立方厘米"),
    "L": _regular("litre", "升"),
    "l": _regular("litre", "升"),
    "dL": _regular("decilitre", "分升"),
    "cl": _regular("centilitre", "厘升"),
    "ml": _regular("millilitre", "毫升"),
    "mL": _regular("millilitre", "毫升"),
    "gal": _regular("gallon", "加仑"),
    "qt": _regular("quart", "夸脱"),
    "fl oz": _regular("fluid ounce", "液盎司"),
    "tsp": _regular("teaspoon", "茶匙"),
    "tbsp": _regular("tablespoon", "汤匙"),
    "g": _regular("gram", "克"),
    "kg": _regular("kilogram", "公斤"),
    "mg": _regular("milligram", "毫克"),
    "µg": _regular("microgram", "微克"),
    "μg": _regular("microgram", "微克"),
    "t": _regular("tonne", "吨"),
    "lb": _regular("pound", "磅"),
    "lbs": _regular("pound", "磅"),
    "oz": _regular("ounce", "盎司"),
    "h": _regular("hour", "小时"),
    "hr": _regular("hour", "小时"),
    "hrs": _regular("hour", "小时"),
    "min": _regular("minute", "分钟"),
    "mins": _regular("minute", "分钟"),
    "s": _regular("second", "秒"),
    "sec": _regular("second", "秒"),
    "secs": _regular("second", "秒"),
    "W": _regular("watt", "瓦"),
    "Wh": _regular("watt hour", "瓦时"),
    "V": _regular("volt", "伏"),
    "J": _regular("joule", "焦耳"),
    "cal": _regular("calorie", "卡"),
    "kcal": _regular("kilocalorie", "千卡"),
    "mA": _regular("milliamp", "毫安"),
    "mAh": _regular("milliamp hour", "毫安时"),
    "Ah": _regular("amp hour", "安时"),
    "Ω": _regular("ohm", "欧姆"),
    "kΩ": _regular("kilohm", "千欧"),
    "Hz": _same("hertz", "赫兹"),
    "Pa": _regular("pascal", "帕"),
    "hPa": _regular("hectopascal", "百帕"),
    "bar": _regular("bar", "巴"),
    "mbar": _regular("millibar", "毫巴"),
    "psi": _same("P S I", "磅每平方英寸"),
    "mmHg": Unit("millimetre of mercury", "millimetres of mercury", "毫米汞柱"),
    "lx": _same("lux", "勒克斯"),
    "lux": _same("lux", "勒克斯"),
    "lm": _regular("lumen", "流明"),
    "dB": _regular("decibel", "分贝"),
    "dBA": _regular("decibel", "分贝"),
    "dBm": _same("D B M", "分贝毫瓦"),
    "mph": Unit("mile per hour", "miles per hour", "英里每小时"),
    "kph": Unit("kilometre per hour", "kilometres per hour", "公里每小时"),
    "kn": _regular("knot", "节"),
    "rpm": Unit("revolution per minute", "revolutions per minute", "转每分钟"),
    "fps": Unit("frame per second", "frames per second", "帧每秒"),
    "bpm": Unit("beat per minute", "beats per minute", "次每分钟"),
    "px": _regular("pixel", "像素"),
    "dpi": Unit("dot per inch", "dots per inch", "点每英寸"),
    "B": _regular("byte", "字节"),
    "ppm": Unit("part per million", "parts per million", "百万分之"),
    "ppb": Unit("part per billion", "parts per billion", "十亿分之"),
    "bps": Unit("bit per second", "bits per second", "比特每秒"),
    "Mbps": Unit("megabit per second", "megabits per second", "兆比特每秒"),
    "Gbps": Unit("gigabit per second", "gigabits per second", "吉比特每秒"),
    "kbps": Unit("kilobit per second", "kilobits per second", "千比特每秒"),
}
UNITS |= {f"{sign}m": _regular(f"{en}metre", f"{zh}米") for sign, (en, zh) in _SMALLER.items()}
UNITS |= {
    f"{sign}{b}": _regular(f"{en}byte", f"{zh}字节") for sign, (en, zh) in _BYTES.items() for b in ("B", "iB")
}
UNITS |= {
    sign + base: Unit(en + UNITS[base].one, en + UNITS[base].many, zh + UNITS[base].zh)
    for sign, (en, zh) in _THOUSANDS.items()
    for base in ("W", "Wh", "V", "J", "Hz", "Pa")
}
UNITS |= {
    "mV": _regular("millivolt", "毫伏"),
    "mW": _regular("milliwatt", "毫瓦"),
    "ms": _regular("millisecond", "毫秒"),
}
UNITS |= {sign.upper(): UNITS[sign] for sign in ("cm", "mm", "km", "kg", "ml")}
BEFORE_ZH = frozenset({"百万分之", "十亿分之"})
"""What Mandarin says before the number."""
BELOW_ZERO_ZH = frozenset({"度", "华氏度"})


class Currency(NamedTuple):
    one: str
    many: str
    zh: str
    cent: tuple[str, str] | None = None


_CENT = ("cent", "cents")
MONEY: dict[str, Currency] = {
    "$": Currency("dollar", "dollars", "美元", _CENT),
    "US$": Currency("U S dollar", "U S dollars", "美元", _CENT),
    "HK$": Currency("Hong Kong dollar", "Hong Kong dollars", "港元", _CENT),
    "NT$": Currency("Taiwan dollar", "Taiwan dollars", "新台币", _CENT),
    "A$": Currency("Australian dollar", "Australian dollars", "澳元", _CENT),
    "C$": Currency("Canadian dollar", "Canadian dollars", "加元", _CENT),
    "S$": Currency("Singapore dollar", "Singapore dollars", "新加坡元", _CENT),
    "€": Currency("euro", "euros", "欧元", _CENT),
    "£": Currency("pound", "pounds", "英镑", ("penny", "pence")),
    "¥": Currency("yuan", "yuan", "元"),
    "￥": Currency("yuan", "yuan", "元"),
    "₩": Currency("won", "won", "韩元"),
    "₹": Currency("rupee", "rupees", "卢比"),
    "₽": Currency("rouble", "roubles", "卢布"),
    "฿": Currency("baht", "baht", "泰铢"),
    "JPY": Currency("yen", "yen", "日元"),
    "CHF": Currency("Swiss franc", "Swiss francs", "瑞士法郎"),
}
MONEY |= {
    code: MONEY[sign]
    for code, sign in {
        "USD": "$", "CNY": "¥", "RMB": "¥", "HKD": "HK$", "TWD": "NT$", "AUD": "A$", "CAD": "C$", "SGD": "S$",
        "EUR": "€", "GBP": "£", "KRW": "₩", "INR": "₹", "RUB": "₽", "THB": "฿",
    }.items()
}  # fmt: skip


def either(signs: "dict[str, Unit] | dict[str, Currency] | list[str]") -> str:
    """A pattern for one of the signs, the longest first."""
    return "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
