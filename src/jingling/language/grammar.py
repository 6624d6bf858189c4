"""Sentence templates and names compiled into the recogniser's grammar."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations
from typing import Protocol

from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.expression import Sequence as InOrder
from hassil.intents import RangeSlotList, SlotList, TextSlotList

from jingling.core.grammar import SLOT, Arc, Grammar, Part
from jingling.core.turn import Language
from jingling.language.automaton import LIST, SPACE, Dag, Net, deterministic
from jingling.language.lists import forms, in_range
from jingling.language.templates import Bank, Template
from jingling.language.text import even
from jingling.language.values import find as values
from jingling.language.values.phrases import Alt, Opt, Phrase, Seq, Word
from jingling.language.values.spelling import ways

_PERMUTED_MAX = 5
_POLITE: dict[Language, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (("please", "can you", "could you", "can you please", "could you please"), ("please",)),
    "zh": (("请", "帮我", "请帮我"), ()),
}
_POLITE_SHARE = 0.1
_PIECE = re.compile(r"\s+|1/2|\d+|[^\W\d_]+(?:'[^\W\d_]+)*|'[^\W\d_]+|.")
_SIGNS: dict[Language, dict[str, str]] = {
    "en": {"%": "percent", "°": "degrees", "1/2": "half"},
    "zh": {"%": "", "°": "度", "1/2": "半"},
}


class Classes(Protocol):
    """The classes of names that there are, by their labels."""

    def fitting(self, kind: str, template: Template) -> Sequence[str]:
        """Those of a kind that may stand in `template`."""


def compile_grammar(
    bank: Bank, classes: Classes, templates: Sequence[Template], *, area: bool, polite: bool = True
) -> Grammar:
    """What `templates` let people say, each intent with the same share; classes of names stand in it as labels.

    Templates that need the speaker's area are left out without `area`; so are ways to say one that need a
    wildcard, as a grammar cannot hear any words.
    """
    builder = _Builder(bank, classes)
    shares = _shares(templates)
    for template, share in zip(templates, shares, strict=True):
        if area or not template.needs_area:
            builder.add(template, share)
    builder.close(polite)
    return _expanded(bank.language, deterministic(builder.net), builder.list_dags())


def _shares(templates: Sequence[Template]) -> list[float]:
    counts: dict[str, int] = {}
    for template in templates:
        counts[template.intent] = counts.get(template.intent, 0) + 1
    return [1 / (len(counts) * counts[template.intent]) for template in templates]


class _Builder:
    """Collects sentences into one net; lists become single labels that are filled in afterwards."""

    def __init__(self, bank: Bank, classes: Classes) -> None:
        self.bank = bank
        self.net = Net()
        self._classes = classes
        self._first = self.net.state()
        self._last = self.net.state()
        self._texts: dict[str, tuple[str, ...]] = {}
        self._phrases: dict[str, Phrase] = {}
        self._labels: dict[str, str | None] = {}

    def add(self, template: Template, share: float) -> None:
        start = self.net.state()
        end = self._expression(template.sentence.expression, start, template)
        if end is not None:
            self.net.arc(self._first, "", start, share)
            self.net.arc(end, SPACE, self._last)

    def close(self, polite: bool) -> None:
        """Join the sentences to the start and end, with polite words around them."""
        net, (before, after) = self.net, _POLITE[self.bank.language]
        self._choices(net.start, before if polite else (), self._first)
        self._choices(self._last, after if polite else (), net.end)

    def _choices(self, source: int, texts: Sequence[str], target: int) -> None:
        """Nothing, or now and then one of `texts`."""
        share = _POLITE_SHARE if texts else 0.0
        self.net.arc(source, "", target, 1 - share)
        for text in texts:
            entry = self.net.state()
            self.net.arc(source, "", entry, share / len(texts))
            self.net.arc(self._text(text, entry), SPACE, target)

    def _expression(self, expression: Expression, at: int, template: Template) -> int | None:
        """The state after `expression` is said at `at`; None when it cannot be said."""
        if isinstance(expression, TextChunk):
            return self._text(expression.text, at)
        if isinstance(expression, ListReference):
            return self._any_of(self._labels_of(expression.list_name, template), at)
        if isinstance(expression, RuleReference):
            return self._expression(self.bank.rules[expression.rule_name].expression, at, template)
        if isinstance(expression, Alternative):
            return self._one_of(expression.items, at, template)
        if isinstance(expression, Permutation):
            orders = list(permutations(expression.items[:_PERMUTED_MAX]))
            return self._one_of([InOrder(items=list(order)) for order in orders], at, template)
        if isinstance(expression, Group):
            for item in expression.items:
                following = self._expression(item, at, template)
                if following is None:
                    return None
                at = following
            return at
        return None

    def _one_of(self, items: Iterable[Expression], at: int, template: Template) -> int | None:
        entries = [(entry := self.net.state(), self._expression(item, entry, template)) for item in items]
        alive = [(entry, end) for entry, end in entries if end is not None]
        if not alive:
            return None
        joined = self.net.state()
        for entry, end in alive:
            self.net.arc(at, "", entry, 1 / len(alive))
            self.net.arc(end, "", joined)
        return joined

    def _any_of(self, labels: Sequence[str], at: int) -> int | None:
        if not labels:
            return None
        following = self.net.state()
        for label in labels:
            self.net.arc(at, label, following, 1 / len(labels))
        return following

    def _after(self, at: int, label: str) -> int:
        following = self.net.state()
        self.net.arc(at, label, following)
        return following

    def _text(self, text: str, at: int) -> int:
        for piece in pieces(text, self.bank.language):
            at = self._after(at, piece)
        return at

    def _labels_of(self, name: str, template: Template) -> Sequence[str]:
        """What stands for a list as `template` uses it; none when nothing of it can be said."""
        if name in self.bank.kinds:
            return self._classes.fitting(name, template)
        if name not in self._labels:
            self._labels[name] = self._value_label(name)
        label = self._labels[name]
        return () if label is None else (label,)

    def _value_label(self, name: str) -> str | None:
        label = f"{LIST}{name}"
        if name in values.NAMES:
            self._phrases[label] = values.PHRASES[self.bank.language][name]
            return label
        return self._text_label(label, tuple(_said(self.bank.lists[name], self.bank)))

    def _text_label(self, label: str, texts: tuple[str, ...]) -> str | None:
        if not texts:
            return None
        label = f"{label}:{hashlib.sha1('|'.join(texts).encode()).hexdigest()[:12]}"
        self._texts[label] = texts
        return label

    def list_dags(self) -> Callable[[str], Dag | None]:
        """Gives the automaton of each list that was used."""
        dags: dict[str, Dag] = {}

        def dag(label: str) -> Dag | None:
            if label not in dags and (label in self._texts or label in self._phrases):
                dags[label] = deterministic(self._list_net(label))
            return dags.get(label)

        return dag

    def _list_net(self, label: str) -> Net:
        if label not in self._phrases:
            return _texts(self._texts[label], self.bank.language)
        net = Net()
        net.arc(_phrase(net, self._phrases[label], net.start), SPACE, net.end)
        return net


def compile_part(label: str, texts: Sequence[str], language: Language) -> Part:
    """Any of `texts`; what cannot be said is left out."""
    dag = deterministic(_texts(texts, language))
    final = len(dag.arcs)
    arcs = tuple(_part_arcs(dag, final))
    digest = hashlib.sha256(f"{label}\n{'|'.join(texts)}".encode()).hexdigest()
    return Part(label, arcs, final, final + 1, digest, frozenset(arc.word for arc in arcs))


def _part_arcs(dag: Dag, final: int) -> Iterator[Arc]:
    """A text that others go on from ends by a way of its own: no arc is silent."""
    for state, arcs in enumerate(dag.arcs):
        total = sum(weight for _, weight in arcs.values())
        for word, (target, weight) in arcs.items():
            ends, goes_on = dag.final[target], sum(weight for _, weight in dag.arcs[target].values())
            for following, share in ((final, ends), (target, goes_on)):
                if share:
                    yield _arc(state, following, word, weight / total * share / (ends + goes_on))


def _texts(texts: Sequence[str], language: Language) -> Net:
    net = Net()
    for text in texts:
        at = net.state()
        net.arc(net.start, "", at, 1 / len(texts))
        for piece in pieces(even(text), language):
            following = net.state()
            net.arc(at, piece, following)
            at = following
        net.arc(at, SPACE, net.end)
    return net


def pieces(text: str, language: Language) -> Iterable[str]:
    """`text` as labels: pieces of lower-case words, and a space where a word ends. Numbers are spelled out."""
    for found in _PIECE.finditer(text.lower()):
        piece = found.group()
        if piece.isspace() or not (piece[-1].isalnum() or piece in _SIGNS[language]):
            yield SPACE
        elif piece.isdigit():
            said = ways(int(piece[:9]), language)[0]
            yield from (SPACE, *_spread(said, language), SPACE)
        elif piece in _SIGNS[language]:
            yield from (SPACE, *_spread(_SIGNS[language][piece], language), SPACE)
        else:
            yield from _spread(piece, language) if language == "zh" else (piece,)


def _spread(text: str, language: Language) -> Iterable[str]:
    """Words apart; in Chinese each character is a word."""
    parts = text.split() if language == "en" else re.findall(r"[a-z']+|\S", text)
    for part in parts:
        yield from (part, SPACE) if language == "en" else (SPACE, part, SPACE)


def _said(slot_list: SlotList, bank: Bank) -> Iterable[str]:
    """All ways to say a value of a list; none for a wildcard."""
    if isinstance(slot_list, RangeSlotList):
        halves = slot_list.fraction_type is not None
        for number in range(slot_list.start, slot_list.stop + 1, slot_list.step):
            if in_range(slot_list, number) is not None:
                yield from _number(number, bank.language, halves)
    elif isinstance(slot_list, TextSlotList):
        for value in slot_list.values:
            yield from forms(value, bank) or ()


def _number(number: int, language: Language, halves: bool) -> Iterable[str]:
    for way in ways(number, language):
        yield way
        if halves:
            yield way + (" and a half" if language == "en" else "点五")


def _phrase(net: Net, phrase: Phrase, at: int) -> int:
    """The state after a value's phrase is said at `at`."""
    end = net.state()
    if isinstance(phrase, Word):
        net.arc(net.words(at, phrase.text), "", end)
    elif isinstance(phrase, Seq):
        for part in phrase.parts:
            at = _phrase(net, part, at)
        return at
    elif isinstance(phrase, Opt):
        net.arc(at, "", end, 0.5)
        entry = net.state()
        net.arc(at, "", entry, 0.5)
        net.arc(_phrase(net, phrase.part, entry), "", end)
    elif isinstance(phrase, Alt):
        spoken = [option for option in phrase.options if _spoken(option)]
        for option in spoken:
            entry = net.state()
            net.arc(at, "", entry, 1 / len(spoken))
            net.arc(_phrase(net, option, entry), "", end)
    return end


def _spoken(phrase: Phrase) -> bool:
    """Whether `phrase` can be said without anything that is only typed."""
    if isinstance(phrase, Seq):
        return all(_spoken(part) for part in phrase.parts)
    if isinstance(phrase, Alt):
        return any(_spoken(option) for option in phrase.options)
    return isinstance(phrase, Word | Opt)


def _expanded(language: Language, dag: Dag, list_dag: Callable[[str], Dag | None]) -> Grammar:
    """The grammar of `dag` with its lists filled in; one copy of a list for each state that follows it."""
    return _Expansion(language, dag, list_dag).grammar()


class _Expansion:
    def __init__(self, language: Language, dag: Dag, list_dag: Callable[[str], Dag | None]) -> None:
        self._language = language
        self._dag = dag
        self._list_dag = list_dag
        self._arcs: list[Arc] = []
        self._states = len(dag.arcs) + 1
        self._copies: dict[tuple[str, int], int] = {}

    def grammar(self) -> Grammar:
        final = len(self._dag.arcs)
        for state, arcs in enumerate(self._dag.arcs):
            ends = self._dag.final[state]
            total = ends + sum(weight for _, weight in arcs.values()) or 1.0
            for word, (target, weight) in arcs.items():
                copy = self._copy(word, target) if word[0] == LIST else None
                self._arc(state, *((target, word) if copy is None else (copy, "")), weight / total)
            if ends:
                self._arc(state, final, "", ends / total)
        return self._finished(final)

    def _copy(self, label: str, target: int) -> int | None:
        """The first state of a copy of the list that leads to `target`; None for a class of names."""
        known = self._copies.get((label, target))
        dag = self._list_dag(label)
        if known is not None or dag is None:
            return known
        base = self._states
        self._states += len(dag.arcs)
        self._copies[label, target] = base
        for state, arcs in enumerate(dag.arcs):
            total = dag.final[state] + sum(weight for _, weight in arcs.values()) or 1.0
            for word, (following, weight) in arcs.items():
                last = not dag.arcs[following]
                self._arc(base + state, target if last else base + following, word, weight / total)
            if dag.final[state] and arcs:
                self._arc(base + state, target, "", dag.final[state] / total)
        return base

    def _arc(self, source: int, target: int, word: str, weight: float) -> None:
        self._arcs.append(_arc(source, target, word, weight))

    def _finished(self, final: int) -> Grammar:
        content = repr([(arc.source, arc.target, arc.word, f"{arc.weight:.6g}") for arc in self._arcs])
        digest = hashlib.sha256(f"{self._language}\n{content}".encode()).hexdigest()
        words = frozenset(arc.word for arc in self._arcs if arc.word and arc.word[0] != SLOT)
        return Grammar(self._language, tuple(self._arcs), 0, final, self._states, digest, words)


def _arc(source: int, target: int, word: str, weight: float) -> Arc:
    return Arc(source, target, word, max(round(weight, 9), 1e-9))
