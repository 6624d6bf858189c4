"""What is said for ranges of numbers in Chinese."""

from collections.abc import Iterator, Sequence

from jingling.language.text import Token
from jingling.language.values.chinese_cardinals import VAGUE
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word, Words, any_of, text
from jingling.language.values.ranges import Bound, number, with_numbers
from jingling.language.values.ranges import ranges as ranges_in
from jingling.language.values.recognized import Recognized
from jingling.language.values.scan import Hit

_said = Alt(Seq(lambda _, __, n: n, Opt(Word("第")), Opt(text("百分之", chinese=True)), number))


def _any(*options: str) -> Alt:
    return any_of(*options, chinese=True)


_or = Opt(_any("或", "或者"))
_or_equal = Seq(lambda *_: "", _or, text("等于", chinese=True))
_after_or = _any("或", "或者")


def _comparison(words: Phrase, at_least: Phrase, than: Phrase, behind: Phrase, *, more: str, sign: str) -> Phrase:
    """`words` compare strictly, `at_least` not; `than` closes 比…大, `behind` follows the number."""
    open_mark, closed_mark = "([" if sign == ">" else ")]"
    closed = Alt(
        Seq(lambda *_: "", words, _or_equal),
        Seq(lambda *_: "", at_least, Opt(_any("是", "有", "为", "要"))),
        Seq(lambda *_: "", Word(sign), Word("=")),
    )
    return Alt(
        Seq(lambda _, __, n: Bound(open_mark, n), Alt(words, Word(sign)), Opt(_any("了", "过")), _said),
        Seq(lambda _, n: Bound(closed_mark, n), closed, _said),
        Seq(lambda _, n, __: Bound(open_mark, n), Word("比"), _said, than),
        Seq(lambda n, _: Bound(open_mark, n), _said, behind),
        Seq(lambda n, *_: Bound(closed_mark, n), _said, _after_or, Alt(behind, text(more, chinese=True))),
    )


_till = _any("到", "至", "~")
_with = Alt(_any("和", "与", "跟"), _till)


def _both(low: float, high: float) -> Bound | None:
    return Bound("[", low, high) if low < high else None


_between = Seq(
    lambda _, low, __, high, ___: _both(low, high),
    *(Opt(_any("位于", "介于", "处于", "在", "从")), _said, _with, _said, _any("之间", "间", "中间")),
)
_bounds = Alt(
    _comparison(
        _any("大于", "高于", "多于", "超过", "超出", "过"),
        _any("不小于", "不少于", "不低于", "至少", "最少", "起码", "≥"),
        _any("大", "高", "多", "长", "贵"),
        _any("以上", "之上", "多", "余", "几"),
        more="更多",
        sign=">",
    ),
    _comparison(
        _any("小于", "低于", "少于", "不到", "不足"),
        _any("不大于", "不多于", "不高于", "不超过", "最多", "至多", "顶多", "≤"),
        _any("小", "低", "少", "矮", "短", "便宜"),
        _any("以下", "之下", "以内"),
        more="更少",
        sign="<",
    ),
    Seq(lambda _, n: Bound("=", n), text("等于", chinese=True), _said),
    _between,
    Seq(lambda _, low, __, high: _both(low, high), Opt(Word("从")), _said, _till, _said),
)
_LINKS = frozenset({"", "的同时", "同时", "并且", "而且", "且", "并", "但", "但是", "，", ",", "、"})


def _linked(between: Sequence[str]) -> bool:
    return "".join(between) in _LINKS


def ranges(words: Words, numbers: Sequence[Hit], *, closed: bool) -> list[Recognized]:
    """With `closed` both ends of 二十到三十 belong to it."""
    return ranges_in(Words(_with_vague(words, numbers)), _bounds, _linked, closed=closed)


def _with_vague(words: Words, numbers: Sequence[Hit]) -> Iterator[Token]:
    """The 几 of 十几万 comes behind the number, as that of 五百多 does."""
    vague = {hit.stop for hit in numbers if any(word.text in VAGUE for word in words[hit.first : hit.end])}
    for token in with_numbers(words, numbers):
        yield token
        if token.end in vague:
            yield Token("几", token.end, token.end)
