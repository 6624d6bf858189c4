"""What else an utterance may have been, as whole texts, the likeliest first."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from jingling.language.ear.vocabulary import is_chinese
from jingling.language.lattice import Edge
from jingling.language.text import Token

_STEPS_MAX = 4_000


def variants(
    text: str, words: Sequence[Token], edges: Sequence[Edge], cost_max: float
) -> Iterator[tuple[float, str]]:
    """Every text that `edges` make of the even `text`, each once, by rising cost; not the text itself."""
    by_start: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.name is None:
            by_start[edge.start].append(edge)
    order = count()
    heap: list[tuple[float, int, int, str, bool]] = [(0.0, next(order), 0, "", True)]
    seen = {text}
    for _ in range(_STEPS_MAX):
        if not heap:
            return
        cost, _, at, said, untouched = heapq.heappop(heap)
        if at == len(words):
            if said not in seen:
                seen.add(said)
                yield cost, said
            continue
        gap = text[words[at - 1].end : words[at].start] if at and untouched else _gap(said, words[at].text)
        own = said + gap + text[words[at].start : words[at].end]
        heapq.heappush(heap, (cost, next(order), at + 1, own, True))
        for edge in by_start[at]:
            if cost + edge.cost <= cost_max:
                heapq.heappush(heap, (cost + edge.cost, next(order), edge.end, _put(said, edge.words), False))


def _put(said: str, words: Sequence[str]) -> str:
    for word in words:
        said += _gap(said, word) + word
    return said


def _gap(said: str, word: str) -> str:
    return "" if not said or (is_chinese((said[-1],)) and is_chinese((word[0],))) else " "
