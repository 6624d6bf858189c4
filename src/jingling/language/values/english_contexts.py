"""What must stand before or after a word for it to be about time: "may" the month, "at 7", "the sun"."""

from jingling.language.values.english_rules import Here, glued, number_ends
from jingling.language.values.english_words import names
from jingling.language.values.phrases import Words


def _set(said: str) -> frozenset[str]:
    return frozenset(said.split())


_AFTER_MAY = _set(
    "to and until till til through for in on at with please of is was the from by before after between next this"
    " last or st nd rd th holidays morning afternoon evening night two nineteen twenty first"
)
_POINTING = _set(
    "in this next last of since after before until till by during early mid late from to through end the – and or"
    " between beginning start middle that same around coming past previous for following"
)
_BEFORE_SUN = _set("on this next last every each of from to until till by before after for and or am pm night")
_AUXILIARIES = _set("to will would can could should shall may might must not t does did")
_GOES_ON = _set(
    "on of at in from for and or to till til until through with please works work by before after between is today"
    " tomorrow tonight yesterday this next last the pt et pst est pdt edt mst cst gmt utc i we you he she they"
    " morning afternoon evening night sharp"
)
_COUNTED = _set("floor times time st nd rd th : /")
FUNCTION_WORDS = _set(
    "a an the of in on at to from and for or by with my this that same all any each every no not as up than more"
    " less long some few one once around about after before since until till through between next last past ago"
    " . , : ; ( ) – ' / < > = + @ s t p m h i o d w y n"
)
"""Words of time expressions that are none by themselves."""
_MEETINGS = _set("appointment meeting call conference")


def _no_verb(words: Words, at: int) -> bool:
    """ "May" is a month where no verb follows it."""
    if words[at - 1].text != "may" or at >= len(words):
        return True
    return not words[at].text[0].isalpha() or words[at].text in _AFTER_MAY


def _named_month(words: Words, at: int) -> bool:
    """Names of months that are other words too need something that points at a time."""
    said, before = words[at - 1].text, words[at - 2].text if at > 1 else ""
    if before in ("$", "#", "@"):
        return False
    if said in ("mar", "may"):
        return before in _POINTING or (
            not before and at < len(words) and words[at].text in ("to", "through", "until")
        )
    return said != "march" or before not in ("to", "we", "they", "us") or at >= len(words)


def _sunny(words: Words, at: int) -> bool:
    """Not "the sun", not "sat" of someone sitting."""
    short = at < len(words) and words[at].text in ("sun", "sat", "wed")
    return not short or at == 0 or words[at - 1].text in _BEFORE_SUN or not words[at - 1].text[0].isalpha()


def _no_auxiliary(words: Words, at: int) -> bool:
    """What lasts two hours is not the last two hours."""
    return at == 0 or words[at].text != "last" or words[at - 1].text not in _AUXILIARIES


def _no_noun(words: Words, at: int) -> bool:
    """Whether no word follows that would be counted by the number before."""
    if not number_ends(words, at):
        return False
    if at >= len(words) or not words[at].text[0].isalpha():
        return at >= len(words) or words[at].text != "–" or at + 1 < len(words)
    word = words[at].text
    return word in _GOES_ON or word in names["weekday"].first or word in names["month"].first


def _no_sign_before(words: Words, at: int) -> bool:
    """Whether the number here is no part of a longer one, a price or a phone number."""
    if at == 0:
        return True
    sign = words[at - 1].text
    if sign == "–" and at > 1 and len(words[at - 2].text) == 4:
        return True
    beside = glued(words, at) and glued(words, at - 1) and not words[at - 2].text[0].isalpha()
    return sign not in "$£€#" and not (sign in "/.,:+–" and beside)


def _not_told(words: Words, at: int) -> bool:
    """ "The week 31", "the year of 2008" and "the year to date" say which one later."""
    rest = [word.text for word in words[at : at + 2]]
    told = rest[:1] == ["of"] and rest[-1][0].isdigit()
    return not rest or not (told or rest[0][0].isdigit() or rest == ["to", "date"])


def _ends(words: Words, at: int) -> bool:
    return at >= len(words) or not words[at].text[0].isalnum()


def _meeting_to(words: Words, at: int) -> bool:
    return at > 1 and words[at - 1].text == "to" and words[at - 2].text in _MEETINGS


def _no_dash(words: Words, at: int) -> bool:
    """Whether the number ends here, and no dash joins it to another."""
    joined = at + 1 < len(words) and glued(words, at) and words[at].text == "–" and words[at + 1].text[0].isdigit()
    return number_ends(words, at) and not joined


def _year_ends(words: Words, at: int) -> bool:
    """As `_no_dash`, but for a range of years."""
    if _no_dash(words, at) or not number_ends(words, at):
        return number_ends(words, at)
    return len(words[at + 1].text) == 4 and _no_dash(words, at + 2)


contexts = {
    "may": Here(_no_verb),
    "no_verb": Here(_named_month),
    "sunny": Here(_sunny),
    "no_verb_before": Here(_no_auxiliary),
    "no_noun": Here(_no_noun),
    "head": Here(_no_sign_before),
    "tail": Here(_no_dash),
    "year_tail": Here(_year_ends),
    "alone": Here(number_ends),
    "not_told": Here(_not_told),
    "word_ends": Here(_ends),
    "sentence_ends": Here(lambda words, at: at >= len(words) or words[at].text in ".,!?;"),
    "free": Here(lambda words, at: number_ends(words, at) and (at >= len(words) or words[at].text not in _COUNTED)),
    "meeting_to": Here(_meeting_to),
    "not_good": Here(lambda words, at: at == 0 or words[at - 1].text not in ("good", "every", "each")),
}
