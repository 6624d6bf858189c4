"""What is said for ranges of numbers in English."""

from collections.abc import Sequence

from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, any_of
from jingling.language.values.ranges import Bound, number, with_numbers
from jingling.language.values.ranges import ranges as ranges_in
from jingling.language.values.recognized import Recognized
from jingling.language.values.scan import Hit

_more = any_of("more", "greater", "larger", "higher", "bigger", "longer", "older")
_less = any_of("less", "smaller", "lower", "fewer", "shorter", "younger")
_than = Word("than")
_equal = Alt(Seq(lambda *_: "", any_of("equal", "equals", "equaling", "equalling"), Opt(any_of("to", "than"))))
_or = Word("or")


def _comparison(words: Phrase, strictly: Phrase, at_least: Phrase, sign: str, marks: str) -> Phrase:
    """`words` compare, `strictly` and `at_least` are fixed; `marks` are those of the open and the closed end."""
    open_mark, closed_mark = marks[0], marks[1]
    strict = Alt(Seq(lambda *_: "", words, _than), strictly, Word(sign))
    closed = Alt(
        Seq(lambda *_: "", words, _than, _or, _equal),
        Seq(lambda *_: "", Alt(words, strictly), _or, _equal),
        Seq(lambda *_: "", _equal, _or, words, _than),
        Seq(lambda *_: "", at_least, Opt(Seq(lambda *_: "", _or, _equal))),
        Seq(lambda *_: "", Word(sign), Word("=")),
    )
    after = Seq(lambda *_: "", Alt(_or, Word("and")), Alt(words, strictly), Opt(_than))
    the = Opt(Word("the"))
    return Alt(
        Seq(lambda _, __, n: Bound(open_mark, n), strict, the, number),
        Seq(lambda _, __, n: Bound(closed_mark, n), closed, the, number),
        Seq(lambda _, __, n, ___, ____: Bound(closed_mark, n), strict, the, number, _or, _equal),
        Seq(lambda n, _: Bound(closed_mark, n), number, after),
        Seq(lambda _, n, __: Bound(closed_mark, n), _equal, number, after),
    )


_exceeding = any_of(
    "over", "above", "exceed", "exceeds", "exceeded", "exceeding", "surpass", "surpasses", "surpassing"
)
_at_least = any_of("at least", "no less than", "not less than", "no fewer than", "≥")
_at_most = any_of("at most", "no more than", "not more than", "no greater than", "up to", "≤")
_till = any_of("to", "through", "~", "-", "till", "until")


def _both(low: float, high: float) -> Bound | None:
    return Bound("[", low, high) if low < high else None


_the = Opt(Word("the"))
_bounds = Alt(
    _comparison(_more, _exceeding, _at_least, ">", "(["),
    _comparison(_less, any_of("below", "under"), _at_most, "<", ")]"),
    Seq(lambda _, n: Bound("=", n), _equal, number),
    Seq(
        lambda _, __, low, ___, ____, high: _both(low, high),
        Word("between"),
        _the,
        number,
        Word("and"),
        _the,
        number,
    ),
    Seq(
        lambda _, __, low, ___, ____, high: _both(low, high),
        *(Opt(Word("from")), _the, number, _till, _the, number),
    ),
)
_LINKS = frozenset({(), ("and",), ("but",), (",",), (",", "and"), (",", "but")})


def _linked(between: Sequence[str]) -> bool:
    return tuple(between) in _LINKS


def ranges(tokens: Words, numbers: Sequence[Hit], *, closed: bool) -> list[Recognized]:
    """With `closed` both ends of "from 20 to 30" belong to it."""
    return ranges_in(with_numbers(tokens, numbers), _bounds, _linked, closed=closed)
