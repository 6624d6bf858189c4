"""Names of time zones in free English text."""

from jingling.language.values.english_rules import meanings, rules
from jingling.language.values.english_values import Value
from jingling.language.values.phrases import Phrase


def _zone(minutes: int) -> Value:
    return Value("timezone", lambda _: [(minutes, minutes)])


zone: Phrase = rules({"zone": meanings({"utc": 0, "gmt": 0})}, ("{zone}", _zone))
