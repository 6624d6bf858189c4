"""Lengths of time in free English text: "an hour and a half", "2 years 1 month 21 days", "all week"."""

from jingling.language.values.english_rules import meanings, nothing_after, rules
from jingling.language.values.english_values import Length, Value, seconds
from jingling.language.values.english_words import names as words
from jingling.language.values.phrases import Alt, Phrase, Written

names = dict(words)
names["written"] = Written(r"\d{1,9}", lambda found: int(found.group()))
names["below"] = Written(r"\d{1,6}", lambda found: float(f"0.{found.group()}"))
names["number"] = Alt(
    rules(
        names,
        ("{written}", float),
        ("{written} ~ . ~ {below}", lambda whole, below: whole + below),
        ("{cardinal}", float),
        ("½", lambda: 0.5),
    )
)
names["one"] = meanings({"a": 1, "an": 1, "another": 1})
names["some"] = meanings(
    {"few": 3, "a few": 3, "several": 3, "some": 3, "couple": 2, "couple of": 2, "a couple": 2, "a couple of": 2}
)
names["part"] = meanings({"half": 0.5, "a half": 0.5, "a quarter": 0.25, "quarter": 0.25, "three quarters": 0.75})
names["fraction"] = rules(names, ("and {part}", float))
names["short"] = meanings({"h": "h", "d": "D", "w": "W", "y": "Y", "ys": "Y"})
names["noun_free"] = nothing_after("round", "time", "chance", "floor", "opinion", "wave", "look", "prize", "place")


def _one(n: float, unit: str) -> Length | None:
    return ((n, unit),)


def _and_part(n: float, part: float, unit: str) -> Length | None:
    return ((n + part, unit),)


names["single"] = rules(
    names,
    ("{number} -? {unit}", _one),
    ("{number} ~? {short}", _one),
    ("{written} ~ m", lambda n: _one(n, "m") if n < 1000 else None),
    ("{written} ~ s", lambda n: _one(n, "s") if n < 1000 else None),
    ("{one} {unit} <noun_free>", _one),
    ("{some} {unit}", _one),
    ("{number} more|full|whole {unit}", _one),
    ("{number} {fraction} {unit}", _and_part),
    ("{one} {fraction} {unit}", _and_part),
    ("{number} {unit} {fraction}", lambda n, unit, part: _and_part(n, part, unit)),
    ("{one} {unit} {fraction}", lambda n, unit, part: _and_part(n, part, unit)),
    ("{part} a|an|of? {unit}", _one),
    ("{part} of a|an {unit}", _one),
    ("half a|an business day|days", lambda: _one(0.5, "BD")),
)
names["join"] = meanings({",": True, "and": True, ", and": True})
names["pair"] = rules(names, ("{single} <join>? {single}", lambda a, b: a + b if a[0][1] != b[0][1] else None))
names["lengths"] = rules(
    names,
    ("{single}", tuple),
    ("{pair}", tuple),
    ("{pair} <join>? {single}", lambda a, b: a + b),
    ("{pair} <join>? {pair}", lambda a, b: a + b),
)
length: Phrase = names["lengths"]
_whole = rules(names, ("all|full|whole|entire -? {unit}", lambda unit: _one(1, unit) if unit in "DWMY" else None))
names["whole"] = _whole
names["more"] = meanings({"more than": True, "less than": True})


def as_value(found: Length) -> Value:
    total = round(seconds(found), 6)
    return Value("duration", lambda _: [(total, total)])


duration: Phrase = rules(
    names,
    ("{lengths}", as_value),
    ("{whole}", as_value),
    ("<more> {lengths}", as_value),
    ("<more> {whole}", as_value),
)
