"""Units of measure in English: what each is called and how it is written."""

from collections.abc import Iterator, Mapping

_PREFIXED = {
    "Meter": ("meter metre", "m"),
    "Gram": ("gram gramme", "g"),
    "Liter": ("liter litre", "l"),
    "Watt": ("watt", "W"),
    "Watt hour": ("watt_hour", "Wh"),
    "Hertz": ("hertz", "Hz"),
    "Volt": ("volt", "V"),
    "Pascal": ("pascal", "Pa"),
    "Joule": ("joule", "J"),
    "Calorie": ("calorie", "cal"),
    "Ampere": ("ampere amp", ""),
    "Ohm": ("ohm", "Ω"),
    "Lumen": ("lumen", "lm"),
}
_PREFIXES = {
    "Kilo": "k",
    "Hecto": "h",
    "Deca": "da",
    "Deci": "d",
    "Centi": "c",
    "Milli": "m",
    "Micro": "μ",
    "Nano": "n",
    "Pico": "p",
    "Mega": "M",
    "Giga": "G",
    "Tera": "T",
}
_SMALL_ONLY = frozenset({"Mega", "Giga", "Tera"})
_RARE = {"Meter": _SMALL_ONLY, "Gram": _SMALL_ONLY, "Liter": _SMALL_ONLY}
_OTHER: Mapping[str, str] = {
    "Mile": "mile miles mi", "Yard": "yard yards yd yds", "Foot": "foot feet ft ′", "Inch": "inch inches",
    "Light year": "light_year light_years lightyear lightyears", "Nautical mile": "nautical_mile nautical_miles",
    "Acre": "acre acres", "Hectare": "hectare hectares ha",
    "Gallon": "gallon gallons gal", "Quart": "quart quarts qt", "Pint": "pint pints", "Cup": "cup cups",
    "Barrel": "barrel barrels bbl", "Teaspoon": "teaspoon teaspoons tsp",
    "Tablespoon": "tablespoon tablespoons tbsp",
    "Fluid ounce": "fluid_ounce fluid_ounces fl_oz", "Cubic foot": "cubic_foot cubic_feet cu_ft",
    "Cubic inch": "cubic_inch cubic_inches", "Cubic yard": "cubic_yard cubic_yards",
    "Cubic mile": "cubic_mile cubic_miles",
    "Square mile": "square_mile square_miles sq_mi", "Square foot": "square_foot square_feet sq_ft sqft ft2",
    "Square inch": "square_inch square_inches sq_in in2", "Square yard": "square_yard square_yards",
    "Milligram": "milligram milligrams mg", "Microgram": "mcg μg µg",
    "Metric ton": "metric_ton metric_tons metric_tonne metric_tonnes", "Ton": "ton tons tonne tonnes t",
    "Pound": "pound pounds lb lbs", "Ounce": "ounce ounces oz", "Stone": "stone stones", "Grain": "grain grains",
    "Dram": "dram drams drachma drachmas", "Pennyweight": "pennyweight pennyweights", "Carat": "carat carats",
    "Kilometer per hour": "kph kmph kmh km/h km/hr", "Mile per hour": "mph", "Knot": "knot knots kn",
    "Meter per second": "m/s", "Micron": "micron microns",
    "Bit": "bit bits", "Byte": "byte bytes", "Horsepower": "horsepower hp", "Decibel": "decibel decibels db dB",
    "Radian": "radian radians rad", "Turn": "turn turns revolution revolutions",
    "Revolution per minute": "rpm", "Lux": "lux", "Bar": "bar bars", "Atmosphere": "atm", "Psi": "psi",
}  # fmt: skip
_DATA = {"Kilo": "K", "Mega": "M", "Giga": "G", "Tera": "T", "Peta": "P"}


def _plural(words: str) -> Iterator[str]:
    for word in words.split():
        yield word
        yield word if word in ("hertz",) else f"{word}s"


def _prefixed() -> Iterator[tuple[str, str]]:
    for unit, (words, sign) in _PREFIXED.items():
        for word in _plural(words):
            yield word, unit
        if sign and sign not in ("V", "J"):
            yield sign, unit
        for prefix, short in _PREFIXES.items():
            name = prefix + unit.lower()
            for word in _plural(words):
                yield prefix.lower() + word, name
            if sign and prefix not in _RARE.get(unit, ()):
                yield short + sign, name


def _lengths() -> Iterator[tuple[str, str]]:
    for prefix, short in {"": "", "Kilo": "k", "Deci": "d", "Centi": "c", "Milli": "m"}.items():
        length = (prefix + "meter").capitalize()
        for power, name, marks in ((2, "Square", "²2"), (3, "Cubic", "³3")):
            for word in _plural("meter metre"):
                yield f"{name.lower()}_{prefix.lower()}{word}", f"{name} {length.lower()}"
            for mark in marks:
                yield f"{short}m{mark}", f"{name} {length.lower()}"
            if power == 2:
                yield f"sq_{short}m", f"{name} {length.lower()}"
    yield "cc", "Cubic centimeter"


def _data() -> Iterator[tuple[str, str]]:
    for prefix, short in _DATA.items():
        for word in ("bit", "bits", "byte", "bytes"):
            yield prefix.lower() + word, prefix + word.removesuffix("s")
        yield f"{short.lower()}b", f"{prefix}bit"
        yield f"{short}b", f"{prefix}bit"
        yield f"{short}B", f"{prefix}byte"


def _all() -> Iterator[tuple[str, str]]:
    yield from _prefixed()
    yield from _lengths()
    yield from _data()
    for name, words in _OTHER.items():
        for word in words.split():
            yield word, name


UNITS: Mapping[str, str] = {word.replace("_", " "): name for word, name in _all()}
"""Words as they are written: `km` and `KM` are one,
`Mb` and `MB` are not; a lower-case word stands for any case."""
SPELLED_OUT = frozenset(
    word
    for word, name in UNITS.items()
    if word.startswith(("kilog", "kilom", "millig", "millil", "millim", "centim", "microg", "metric", "gram"))
) | {"mcg"}
"""These are units even where no number stands before them."""
DISTANCES: Mapping[str, str] = {
    word: name
    for word, name in UNITS.items()
    if (name.lower().endswith("meter") and " " not in name) or name in ("Mile", "Foot", "Yard")
}
TIMES: Mapping[str, str] = {
    "second": "second", "sec": "second", "s": "second", "minute": "minute", "min": "minute", "hour": "hour",
    "hr": "hour",
    "h": "hour", "day": "day", "millisecond": "millisecond", "ms": "millisecond",
}  # fmt: skip
