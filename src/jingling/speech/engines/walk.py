"""Where words lead in a grammar: to the end of a sentence, or on. Pure."""

from collections import defaultdict
from collections.abc import Iterable

from jingling.speech.acceptor import Acceptor


class Walk:
    """An acceptor made ready to follow words through it."""

    def __init__(self, acceptor: Acceptor) -> None:
        self._silent: dict[int, list[int]] = defaultdict(list)
        self._spoken: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for source, target, word in acceptor.arcs:
            if word:
                self._spoken[source].append((word, target))
            else:
                self._silent[source].append(target)
        self._final = acceptor.final

    def ends(self, words: Iterable[str]) -> tuple[bool, bool]:
        """Whether `words` are a whole sentence, and whether some sentence goes on after them."""
        states = self._closed({0})
        for word in words:
            reached = {
                target for state in states for spoken, target in self._spoken.get(state, ()) if spoken == word
            }
            states = self._closed(reached)
        return self._final in states, any(self._spoken.get(state) for state in states)

    def _closed(self, states: set[int]) -> set[int]:
        stack = list(states)
        while stack:
            for target in self._silent.get(stack.pop(), ()):
                if target not in states:
                    states.add(target)
                    stack.append(target)
        return states
