"""Finite automata over words: built loosely from templates, then made deterministic and small.

A `Net` is a directed graph without circles whose arcs carry pieces of text, with the probability of each
choice. `deterministic` turns it into a `Dag` over whole words in which no state has two arcs for one word;
the weight of an arc is the share of all sentences (by their probabilities) that pass it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from jingling.language.graph import leaves_first

SPACE = " "
"""The end of a word; other arcs' pieces of text are joined until one."""
LIST = "\0"
"""First character of a label that stands for a whole list; it is a word of its own."""

Step = tuple[str, int, float]
"""A label, the state after it, and a probability or weight."""


class Net:
    """States are numbers; an arc with the empty label is passed over in silence."""

    def __init__(self) -> None:
        self.arcs: list[list[Step]] = []
        self.start = self.state()
        self.end = self.state()

    def state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, source: int, label: str, target: int, probability: float = 1.0) -> None:
        self.arcs[source].append((label, target, probability))

    def words(self, at: int, label: str) -> int:
        """The state after saying the words of `label` at the state `at`."""
        for piece in (SPACE, *label.split(), SPACE):
            following = self.state()
            self.arc(at, piece, following)
            at = following
            if piece != SPACE:
                at = self._spaced(at)
        return at

    def _spaced(self, at: int) -> int:
        following = self.state()
        self.arc(at, SPACE, following)
        return following


@dataclass
class Dag:
    """A deterministic automaton; state 0 is the start. `final[s]` is the share of sentences that end there."""

    arcs: list[dict[str, tuple[int, float]]] = field(default_factory=list)
    final: list[float] = field(default_factory=list)

    def state(self) -> int:
        self.arcs.append({})
        self.final.append(0.0)
        return len(self.arcs) - 1

    @property
    def size(self) -> int:
        return sum(len(arcs) for arcs in self.arcs)


def deterministic(net: Net) -> Dag:
    """The words of `net`, made deterministic and minimal, with its probabilities as weights."""
    words = _WordSteps(net)
    dag, subsets = _subsets(net, words)
    _weigh(dag, subsets, words, net.start)
    return _merged(dag)


class _WordSteps:
    """From a state of a net to the states after one whole word."""

    def __init__(self, net: Net) -> None:
        self._net = net
        self._known: dict[int, tuple[list[Step], float]] = {}

    def of(self, state: int) -> tuple[list[Step], float]:
        """The steps by one word, and the probability that the sentence ends here."""
        known = self._known.get(state)
        if known is None:
            known = self._known[state] = self._walk(state)
        return known

    def _walk(self, state: int) -> tuple[list[Step], float]:
        steps: dict[tuple[str, int], float] = defaultdict(float)
        ends = 0.0
        stack = [(state, "", 1.0)]
        while stack:
            at, word, probability = stack.pop()
            if at == self._net.end:
                if word:
                    steps[word, at] += probability
                else:
                    ends += probability
            for label, target, share in self._net.arcs[at]:
                if label == SPACE and word:
                    steps[word, target] += probability * share
                elif label[:1] == LIST and word:
                    steps[word, at] += probability * share
                elif label[:1] == LIST:
                    steps[label, target] += probability * share
                else:
                    stack.append((target, word + label.strip(), probability * share))
        return [(word, target, share) for (word, target), share in steps.items()], ends


def _subsets(net: Net, words: _WordSteps) -> tuple[Dag, list[tuple[int, ...]]]:
    dag = Dag()
    subsets: list[tuple[int, ...]] = [(net.start,)]
    numbers = {subsets[0]: dag.state()}
    for number, subset in enumerate(subsets):
        after: dict[str, set[int]] = defaultdict(set)
        for state in subset:
            for word, target, _ in words.of(state)[0]:
                after[word].add(target)
        for word, targets in after.items():
            following = tuple(sorted(targets))
            if following not in numbers:
                numbers[following] = dag.state()
                subsets.append(following)
            dag.arcs[number][word] = (numbers[following], 0.0)
    return dag, subsets


def _weigh(dag: Dag, subsets: list[tuple[int, ...]], words: _WordSteps, start: int) -> None:
    """Send one unit of mass through; what passes an arc is its weight."""
    mass: list[dict[int, float]] = [{} for _ in subsets]
    mass[0] = {start: 1.0}
    for number in _in_order(dag):
        passed: dict[str, float] = defaultdict(float)
        for state, share in mass[number].items():
            steps, ends = words.of(state)
            dag.final[number] += share * ends
            for word, target, probability in steps:
                passed[word] += share * probability
                there = mass[dag.arcs[number][word][0]]
                there[target] = there.get(target, 0.0) + share * probability
        dag.arcs[number] = {word: (target, passed[word]) for word, (target, _) in dag.arcs[number].items()}


def _in_order(dag: Dag) -> Iterator[int]:
    """The states so that each comes before those it leads to."""
    return reversed(_leaves_first(dag))


def _leaves_first(dag: Dag) -> list[int]:
    return leaves_first((0,), lambda state: [target for target, _ in dag.arcs[state].values()])


def _merged(dag: Dag) -> Dag:
    """States from which the same sentences follow become one; their weights add up."""
    same: dict[object, int] = {}
    new: dict[int, int] = {}
    merged = Dag()
    for state in _leaves_first(dag):
        signature = (
            dag.final[state] > 0,
            frozenset((word, new[target]) for word, (target, _) in dag.arcs[state].items()),
        )
        number = same.get(signature)
        if number is None:
            number = same[signature] = merged.state()
        new[state] = number
        merged.final[number] += dag.final[state]
        arcs = merged.arcs[number]
        for word, (target, weight) in dag.arcs[state].items():
            arcs[word] = (new[target], arcs.get(word, (0, 0.0))[1] + weight)
    return _started_at(merged, new[0])


def _started_at(dag: Dag, start: int) -> Dag:
    """The same with the start as state 0."""
    swap = {start: 0, 0: start}
    order = [swap.get(state, state) for state in range(len(dag.arcs))]
    arcs = [
        {word: (swap.get(target, target), weight) for word, (target, weight) in dag.arcs[state].items()}
        for state in order
    ]
    return Dag(arcs, [dag.final[state] for state in order])
