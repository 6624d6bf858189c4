"""Names of the home, of music, of goods: found in a text word by word, changed at any time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from jingling.core.turn import Language
from jingling.language.base import Name
from jingling.language.matching.words import cut
from jingling.language.text import even
from jingling.language.values.spelling import spelled

Node = dict[str, Any]
_HERE = ""
"""The key under which a node keeps the names that end there; no word is empty."""
_VARIANTS_MAX = 64
"""Of so many things of one name, no more are told apart at once."""


class Found(NamedTuple):
    """A name that reaches up to word `end`; `language` is the one it was given in."""

    end: int
    name: Name
    language: str


class NameTrie:
    """Names by their words; changing one takes microseconds, however many there are."""

    def __init__(self, characters: bool = False) -> None:
        self._root: Node = {}
        self._characters = characters

    def add(self, name: Name, language: str = "") -> None:
        for words in forms(name, language, self._characters):
            node = self._root
            for word in words:
                node = node.setdefault(word, {})
            node.setdefault(_HERE, []).append((name, language))

    def remove(self, name: Name, language: str = "") -> None:
        """Take out a name that was added before; any other is left as it is."""
        for words in forms(name, language, self._characters):
            self._remove(words, (name, language))

    def _remove(self, words: Sequence[str], entry: tuple[Name, str]) -> None:
        path = [self._root]
        for word in words:
            if word not in path[-1]:
                return
            path.append(path[-1][word])
        entries = path[-1].get(_HERE, [])
        if entry in entries:
            entries.remove(entry)
        if not entries:
            path[-1].pop(_HERE, None)
        for parent, word in zip(reversed(path[:-1]), reversed(words), strict=True):
            if not parent[word]:
                del parent[word]

    def find(self, words: Sequence[str], at: int) -> list[Found]:
        """Every name that begins with the word at `at`."""
        found: list[Found] = []
        node: Node | None = self._root
        for end in range(at, len(words)):
            node = node.get(words[end]) if node is not None else None
            if node is None:
                break
            entries = node.get(_HERE)
            if entries:
                found += [Found(end + 1, name, language) for name, language in entries[:_VARIANTS_MAX]]
        return found


class NameIndex:
    """The names of all languages in one trie, kept in step with what each language has."""

    def __init__(self, characters: bool = False) -> None:
        self.trie = NameTrie(characters)
        self._names: dict[str, Sequence[Name]] = {}

    def names(self, language: Language) -> Sequence[Name]:
        return self._names.get(language, ())

    def replace(self, language: Language, names: Sequence[Name]) -> int:
        """Make `names` the names of `language`; only what differs is touched. Returns how many did."""
        before, names = self._names.get(language, ()), list(names)
        gone, new = difference(before, names)
        for name in gone:
            self.trie.remove(name, language)
        for name in new:
            self.trie.add(name, language)
        self._names[language] = names
        return len(gone) + len(new)

    def find(self, words: Sequence[str], at: int) -> list[Found]:
        return self.trie.find(words, at)


def difference(before: Sequence[Name], after: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    """What is only in `before`, and what is only in `after`."""
    first, last = 0, 0
    shorter = min(len(before), len(after))
    while first < shorter and before[first] == after[first]:
        first += 1
    while last < shorter - first and before[-1 - last] == after[-1 - last]:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    counts: dict[object, int] = {}
    for name in old:
        counts[_key(name)] = counts.get(_key(name), 0) + 1
    added = []
    for name in new:
        if counts.get(_key(name)):
            counts[_key(name)] -= 1
        else:
            added.append(name)
    return list(_leftover(old, counts)), added


def _leftover(old: Iterable[Name], counts: dict[object, int]) -> Iterator[Name]:
    for name in old:
        if counts[_key(name)]:
            counts[_key(name)] -= 1
            yield name


def _key(name: Name) -> object:
    return name.text, name.value, name.kind, tuple(sorted(name.context.items()))


def forms(name: Name, language: str, characters: bool = False) -> Iterable[tuple[str, ...]]:
    """The words of a name, and the same with its numbers said in words."""
    text = even(name.text)
    texts = [text]
    if language in ("en", "zh") and any(map(str.isdigit, text)):
        texts.append(spelled(text, "zh" if language == "zh" else "en"))
    return dict.fromkeys(
        words for words in (tuple(token.text for token in cut(one, characters)) for one in texts) if words
    )
