"""Where sentences are cut and put together, as text: nothing here knows what they mean."""

import re
from collections.abc import Iterable, Iterator, Sequence

from jingling.core.turn import Language, Slots
from jingling.language.text import even, tokens

_JOINTS_MAX = 4
_BLENDS_MAX = 80
_BLENDED_WORDS_MAX = 30
_LAST_WORDS = 3
_JOINTS = {
    "en": re.compile(
        r"\s*[,;.!]?\s+(?:and then|and also|and after that|and|then|also|plus|after that)\s+|\s*[,;.!]\s+",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"[,，。；;！!、\s]*(?:然后再|然后|接着再|接着|之后再|之后|并且|并|同时|还有|以及|另外|顺便|再|和|跟)[,，\s]*"
        r"|[,，。；;！!、]+\s*"
    ),
}


def joints_of(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where `text` may be cut: the places of the words and signs that join requests."""
    found = [(m.start(), m.end()) for m in _JOINTS[language].finditer(text)]
    inside = [(start, end) for start, end in found if start > 0 and end < len(text)]
    yield from inside[:_JOINTS_MAX]


def cut(text: str, joints: Sequence[tuple[int, int]]) -> Iterable[str]:
    """The parts of `text` between the joints."""
    start = 0
    for joint, end in joints:
        yield text[start:joint]
        start = end
    yield text[start:]


def tails(text: str) -> Iterable[tuple[str, str]]:
    """What stands before the last words, and these: one word, two, …"""
    starts = [token.start for token in tokens(text)][:0:-1]
    return ((text[:start], text[start:]) for start in starts[:_LAST_WORDS])


def heads(text: str) -> Iterable[tuple[str, str]]:
    """The first words, and what comes after them."""
    ends = [token.end for token in tokens(text)][:-1]
    return ((text[:end], text[end:]) for end in ends[:_LAST_WORDS])


def blends(sentence: str, fragment: str, language: Language) -> Iterator[str]:
    """`fragment` in the place of each run of words of `sentence`; those of its own length and at the end first."""
    text = even(sentence)
    words, size = tokens(text), len(tokens(even(fragment)))
    if len(words) > _BLENDED_WORDS_MAX:
        return
    places = [(i, j) for i in range(len(words) + 1) for j in range(i, len(words) + 1) if len(words) - (j - i) > 0]
    places.sort(key=lambda place: (abs(place[1] - place[0] - size), -place[1]))
    space = "" if language == "zh" else " "
    for i, j in places[:_BLENDS_MAX]:
        before = text[: words[i - 1].end] if i else ""
        after = text[words[j].start :] if j < len(words) else ""
        yield space.join(part for part in (before.strip(), fragment, after.strip()) if part)


def fragments(fragment: str, text: str, said: Slots) -> Iterable[str]:
    """What was said without the words of the hint, or what may be that: the last words."""
    if fragment:
        return (fragment,)
    named = [value for value in said.values() if isinstance(value, str) and value.casefold() in text.casefold()]
    even_text = even(text)
    last = [even_text[token.start :] for token in tokens(even_text)[: -_LAST_WORDS - 1 : -1]]
    return named or last
