"""Templates as one loose automaton (a net), whose steps go by whole words or whole lists."""

from collections.abc import Callable, Iterable
from itertools import permutations

from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.expression import Sequence as InOrder

from jingling.language.matching.words import in_letters, pieces, words_of

SPACE = " "
GLUED = "+"
"""First character of the end of a word whose beginning is a list's value."""
PREFIX = "<"
"""First character of the beginning of a word whose end is a list's value."""
Label = str | int
"""A word, or the number of a list reference."""
Reference = tuple[str, str, bool]
"""A list, the slot that its value goes to, and whether that is only kept aside (`{list:@slot}`)."""
_PERMUTED_MAX = 6

Rule = Callable[[str], Expression]


class Net:
    """States are numbers; an arc carries a piece of a word, " ", the number of a list, or "" (nothing)."""

    def __init__(self, rule: Rule, characters: bool) -> None:
        self.arcs: list[list[tuple[Label, int]]] = []
        self.references: dict[Reference, int] = {}
        self._behind_list: set[int] = set()
        self._rule = rule
        self._characters = characters
        self._steps: dict[int, tuple[list[tuple[Label, int]], frozenset[int]]] = {}
        self._ends: set[int] = set()
        self._rest: dict[tuple[tuple[str, ...], int], int] = {}

    def state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def add(self, expression: Expression) -> tuple[int, int]:
        """The first and the last state of all that `expression` can be."""
        start, end = self.state(), self.state()
        self.arcs[self._expression(expression, start)].append((SPACE, end))
        self._ends.add(end)
        return start, end

    def _expression(self, expression: Expression, at: int) -> int:
        if isinstance(expression, TextChunk):
            return self._text(expression.text, at)
        if isinstance(expression, RuleReference):
            return self._expression(self._rule(expression.rule_name), at)
        if isinstance(expression, Alternative):
            return self._one_of(expression.items, at)
        if isinstance(expression, ListReference):
            return self._list(expression, at)
        if isinstance(expression, Permutation):
            orders = permutations(expression.items[:_PERMUTED_MAX])
            return self._one_of([_spaced(order) for order in orders], at)
        assert isinstance(expression, Group)
        for item in expression.items:
            at = self._expression(item, at)
        return at

    def _text(self, text: str, at: int) -> int:
        arcs = self.arcs
        for piece in pieces(text, self._characters):
            arcs.append([])
            following = len(arcs) - 1
            arcs[at].append((piece, following))
            at = following
        return at

    def _list(self, expression: ListReference, at: int) -> int:
        reference = (expression.list_name, expression.slot_name, bool(expression.is_capture))
        following = self.state()
        self.arcs[at].append((self.references.setdefault(reference, len(self.references)), following))
        self._behind_list.add(following)
        return following

    def _one_of(self, items: Iterable[Expression], at: int) -> int:
        joined = self.state()
        for end in {self._expression(item, at) for item in items}:
            if end != joined:
                self.arcs[end].append(("", joined))
        return joined

    def steps(self, state: int) -> tuple[list[tuple[Label, int]], frozenset[int]]:
        """The steps from `state` by one whole word or list, and the ends that are reached by nothing more."""
        known = self._steps.get(state)
        if known is None:
            known = self._steps[state] = self._walk(state)
        return known

    def _walk(self, state: int) -> tuple[list[tuple[Label, int]], frozenset[int]]:
        steps: dict[tuple[Label, int], None] = {}
        ends: set[int] = set()
        stack = [(state, "", state in self._behind_list)]
        seen = set(stack)
        while stack:
            at, word, glued = stack.pop()
            if at in self._ends and not word:
                ends.add(at)
            for label, target in self.arcs[at]:
                if isinstance(label, int):
                    steps.update(self._before_list(word, at, glued) if word else {(label, target): None})
                    continue
                if label == SPACE and word:
                    steps.update(self._before_space(word, target, glued))
                    continue
                following = (target, word if label == SPACE else word + label, glued and label != SPACE)
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
        return list(steps), frozenset(ends)

    def _before_list(self, word: str, target: int, glued: bool) -> dict[tuple[Label, int], None]:
        """`word` right before a list's value: it is a word of its own (l'entrée), or in one with it."""
        found = self._word(word, target, glued)
        if not self._characters and not glued and in_letters(word):
            found[PREFIX + word, target] = None
        return found

    def _before_space(self, word: str, target: int, glued: bool) -> dict[tuple[Label, int], None]:
        """An apostrophe at the end of `word` counts only where the next word is written without a space."""
        found = self._word(word, target, glued)
        if word[-1] == "'" and len(word) > 1:
            found.update(self._word(word[:-1], target, glued))
        return found

    def _word(self, word: str, target: int, glued: bool) -> dict[tuple[Label, int], None]:
        """The steps by the one or more words that `word` is cut into."""
        words = words_of(word, self._characters)
        if words[:1] == ("'",) and not glued:
            words = words[1:]
        if not words:
            return {}
        target = self._chain(words[1:], target)
        found: dict[tuple[Label, int], None] = {(words[0], target): None}
        if glued and (in_letters(words[0]) or words[0] == "'"):
            found[GLUED + words[0], target] = None
        return found

    def _chain(self, words: tuple[str, ...], target: int) -> int:
        """A state from which `words` lead to `target`."""
        if not words:
            return target
        known = self._rest.get((words, target))
        if known is None:
            known = self._rest[words, target] = self.state()
            self._steps[known] = ([(words[0], self._chain(words[1:], target))], frozenset())
        return known


def _spaced(items: Iterable[Expression]) -> Expression:
    """`items` in this order, as words of their own."""
    parts = [part for item in items for part in (TextChunk(SPACE), item, TextChunk(SPACE))]
    return InOrder(items=parts)
