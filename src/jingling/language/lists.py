"""What a list that is written out can be said as, and what a range of numbers holds."""

from itertools import islice

from hassil.intents import RangeFractionType, RangeSlotList, TextSlotValue
from hassil.sample import sample_expression

from jingling.language.templates import Bank

_FORMS_MAX = 64


def in_range(slot_range: RangeSlotList, value: float) -> int | float | None:
    """What the slot gets for the number `value`, or None when it is not in the range."""
    rest = value - int(value)
    allowed = RangeFractionType.get_fractions(slot_range.fraction_type)
    if rest and round(rest, 3) not in allowed:
        return None
    if not slot_range.start <= value <= slot_range.stop or (int(value) - slot_range.start) % slot_range.step:
        return None
    return value if slot_range.multiplier is None else value * slot_range.multiplier


def forms(value: TextSlotValue, bank: Bank) -> list[str] | None:
    """All texts of a list's value; None when they are too many, or hold lists themselves."""
    try:
        texts = list(islice(sample_expression(value.text_in, {}, bank.rules), _FORMS_MAX + 1))
    except Exception as error:  # hassil raises its own MissingListError for a list inside
        if type(error).__name__ != "MissingListError":
            raise
        return None
    return None if len(texts) > _FORMS_MAX else [" ".join(text.split()) for text in texts]
