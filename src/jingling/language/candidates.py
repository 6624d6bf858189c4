"""Which templates can match at all: those whose required words and values occur in what was said."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, TextChunk
from hassil.expression import Sentence as HassilSentence
from hassil.intents import IntentData, SlotList, WildcardSlotList

from jingling.language.templates import Template

Atom = tuple[str, bool]
"""A piece of literal text, or (True) the name of a list."""
Clause = frozenset[Atom]

_PUNCTUATION = frozenset(".,?!;:…¿¡。")


class Candidates:
    """A set of templates, each with the clauses of which an utterance must fulfil all."""

    def __init__(
        self, templates: Sequence[Template], rules: Mapping[str, HassilSentence], lists: Mapping[str, SlotList]
    ) -> None:
        self.templates = templates
        self._clauses: dict[Clause, int] = {}
        self._masks = [self._mask(template, rules, lists) for template in templates]
        self._blocks = [_block(template) for template in templates]

    def _mask(self, template: Template, rules: Mapping[str, HassilSentence], lists: Mapping[str, SlotList]) -> int:
        mask = 0
        for clause in _clauses(template.sentence.expression, rules, lists):
            mask |= 1 << self._clauses.setdefault(clause, len(self._clauses))
        return mask

    def of(self, haystack: str, lists: Collection[str]) -> Iterable[tuple[Template, IntentData]]:
        """Those for which each clause has a text in `haystack` or a list in `lists` (those with a value)."""
        fulfilled = 0
        for clause, bit in self._clauses.items():
            if any(text in lists if is_list else text in haystack for text, is_list in clause):
                fulfilled |= 1 << bit
        for index, mask in enumerate(self._masks):
            if mask & fulfilled == mask:
                yield self.templates[index], self._blocks[index]


def _block(template: Template) -> IntentData:
    return IntentData(
        sentence_texts=[template.sentence.text],
        slots=template.slots,
        requires_context=dict(template.requires),
        excludes_context=dict(template.excludes),
    )


def _clauses(
    expression: Expression, rules: Mapping[str, HassilSentence], lists: Mapping[str, SlotList]
) -> set[Clause]:
    """What any text must have to match: at least one atom of every clause."""
    if isinstance(expression, TextChunk):
        words = expression.text.casefold().split()
        return {frozenset({(word, False)}) for word in words if _PUNCTUATION.isdisjoint(word)}
    if isinstance(expression, ListReference):
        if isinstance(lists.get(expression.list_name), WildcardSlotList):
            return set()
        return {frozenset({(expression.list_name, True)})}
    if isinstance(expression, RuleReference):
        return _clauses(rules[expression.rule_name].expression, rules, lists)
    if isinstance(expression, Alternative):
        return _one_of([_clauses(item, rules, lists) for item in expression.items])
    if isinstance(expression, Group):
        return set().union(*(_clauses(item, rules, lists) for item in expression.items))
    return set()


def _one_of(branches: Sequence[set[Clause]]) -> set[Clause]:
    if not branches or not all(branches):
        return set()
    narrowest = (min(branch, key=lambda clause: (len(clause), sorted(clause))) for branch in branches)
    return {frozenset().union(*narrowest)}
