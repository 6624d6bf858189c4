"""The names of a home sorted by the sentences they may stand in, so that sentences need not know the names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jingling.core.grammar import SLOT, Part
from jingling.language.base import Name
from jingling.language.grammar import compile_part
from jingling.language.templates import Bank, Template

_Filter = tuple[str, str]


class NameClasses:
    """A class is all names of a kind that fit into the same templates of `bank`.

    Its label depends on these templates only: it stays while names come and go.
    """

    def __init__(self, bank: Bank) -> None:
        templates = [*bank.templates, *(one for group in bank.answers.values() for one in group)]
        self._language = bank.language
        self._filters = {_filter(template): template for template in templates}
        self._bits = {one: 1 << number for number, one in enumerate(self._filters)}
        self._keys = sorted({key for template in templates for key in _compared(template)})
        self._fits: dict[tuple[object, ...], int] = {}
        self._parts: dict[str, tuple[frozenset[str], Part]] = {}
        self._kinds: dict[str, dict[str, int]] = {}

    @property
    def labels(self) -> frozenset[str]:
        """Of all classes that have names."""
        return frozenset(self._parts)

    def take(self, names: Iterable[Name]) -> None:
        """From now on these; only the classes that have changed are compiled."""
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for name in names:
            found[name.kind, self._fit(name.context)].add(name.text)
        self._kinds, parts = defaultdict(dict), {}
        for (kind, fit), texts in sorted(found.items()):
            label = f"{SLOT}{self._language} {kind} {fit:x}"
            self._kinds[kind][label] = fit
            parts[label] = (frozenset(texts), self._part(label, frozenset(texts)))
        self._parts = parts

    def fitting(self, kind: str, template: Template) -> Sequence[str]:
        """The labels of those of a kind that may stand in `template`."""
        bit = self._bits[_filter(template)]
        return [label for label, fit in self._kinds.get(kind, {}).items() if fit & bit]

    def parts(self, labels: Iterable[str]) -> list[Part]:
        return [self._parts[label][1] for label in sorted(labels)]

    def _part(self, label: str, texts: frozenset[str]) -> Part:
        known = self._parts.get(label)
        return known[1] if known and known[0] == texts else compile_part(label, sorted(texts), self._language)

    def _fit(self, context: Mapping[str, str]) -> int:
        """Which templates allow `context`: one bit for each way to ask."""
        compared = tuple(context.get(key) for key in self._keys)
        if compared not in self._fits:
            self._fits[compared] = sum(self._bits[key] for key, one in self._filters.items() if one.allows(context))
        return self._fits[compared]


def _filter(template: Template) -> _Filter:
    return repr(template.requires), repr(template.excludes)


def _compared(template: Template) -> Iterator[str]:
    """The keys whose values `template` compares; where it only fills a slot, any value will do."""
    for key, wanted in (*template.requires.items(), *template.excludes.items()):
        if not isinstance(wanted, Mapping) or wanted.get("value") is not None:
            yield key
