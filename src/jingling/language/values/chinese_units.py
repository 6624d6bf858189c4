"""Units of measure in Chinese."""

from collections.abc import Iterator, Mapping

_METRIC = {
    "Meter": "米", "Gram": "克", "Liter": "升", "Watt": "瓦 瓦特", "Hertz": "赫兹 赫", "Volt": "伏特 伏",
    "Pascal": "帕 帕斯卡",
    "Joule": "焦耳 焦", "Calorie": "卡路里 卡", "Ampere": "安培", "Ohm": "欧姆", "Bit": "比特", "Byte": "字节",
}  # fmt: skip
_PREFIXES = {
    "Kilo": "千", "Deci": "分", "Centi": "厘", "Milli": "毫", "Micro": "微", "Nano": "纳", "Pico": "皮",
    "Mega": "兆",
    "Giga": "吉", "Tera": "太",
}  # fmt: skip
_OTHER: Mapping[str, str] = {
    "Kilometer": "公里", "Centimeter": "公分", "Mile": "英里", "Foot": "英尺 呎", "Inch": "英寸 吋", "Yard": "码",
    "Nautical mile": "海里", "Light year": "光年", "Li": "里 华里", "Zhang": "丈", "Chi": "尺 市尺", "Cun": "寸",
    "Mu": "亩", "Hectare": "公顷", "Acre": "英亩", "Square mile": "平方英里", "Square foot": "平方英尺",
    "Square inch": "平方英寸", "Square kilometer": "平方公里", "Cubic foot": "立方英尺",
    "Gallon": "加仑", "Barrel": "桶", "Pint": "品脱", "Liter": "公升", "Fluid ounce": "液盎司",
    "Ton": "吨 公吨", "Kilogram": "公斤", "Jin": "斤 市斤", "Liang": "两", "Qian": "钱", "Pound": "磅",
    "Ounce": "盎司",
    "Carat": "克拉", "Kilometer per hour": "公里每小时 千米每小时 公里/小时 千米/小时 迈",
    "Meter per second": "米每秒 米/秒",
    "Bit": "位", "Kilowatt hour": "度电 千瓦时", "Kilocalorie": "大卡", "Horsepower": "马力", "Decibel": "分贝",
    "Knot": "节",
    "Radian": "弧度",
}  # fmt: skip


def _metric() -> Iterator[tuple[str, str]]:
    for name, words in _METRIC.items():
        for word in words.split():
            yield word, name
            for prefix, char in _PREFIXES.items():
                yield char + word, prefix + name.lower()
    for prefix, char in {"": "", "Kilo": "千", "Deci": "分", "Centi": "厘", "Milli": "毫"}.items():
        length = f"{prefix}meter".lower()
        yield f"平方{char}米", f"Square {length}"
        yield f"{char}平米" if not char else f"平方{char}米", f"Square {length}"
        yield f"立方{char}米", f"Cubic {length}"


UNITS: Mapping[str, str] = dict(_metric()) | {
    word: name for name, words in _OTHER.items() for word in words.split()
}
