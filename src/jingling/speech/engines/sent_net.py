"""A grammar in the form that goes through the pipe to a recogniser's worker."""

from collections.abc import Sequence

from jingling.core.grammar import Arc, Grammar
from jingling.speech.acceptor import Net, NetPart


def sent_net(grammar: Grammar) -> Net:
    parts = [NetPart(part.label, _plain(part.arcs), part.final, part.digest) for part in grammar.parts]
    start, final, states = grammar.start, grammar.final, grammar.states
    return Net(_plain(grammar.arcs), start, final, states, grammar.language, grammar.frame, parts)


def _plain(arcs: Sequence[Arc]) -> list[tuple[int, int, str]]:
    return [(arc.source, arc.target, arc.word) for arc in arcs]
