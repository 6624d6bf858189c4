from hypothesis import given
from hypothesis import strategies as st

from jingling.speech.acceptor import Acceptor, Net, unite

words = st.sampled_from(["a", "b", "c", ""])
arcs = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), words), max_size=14)
nets = st.builds(
    lambda found, start, final: Net(found, start, final, 6), arcs, st.integers(0, 5), st.integers(0, 5)
)


def sentences(arcs: list[tuple[int, int, str]], start: int, final: int, longest: int = 4) -> set[tuple[str, ...]]:
    """All that is accepted, by walking; up to `longest` words."""
    reached = {((), start)}
    todo = list(reached)
    while todo:
        said, state = todo.pop()
        for source, target, word in arcs:
            after = ((*said, word) if word else said, target)
            if source == state and len(after[0]) <= longest and after not in reached:
                reached.add(after)
                todo.append(after)
    return {said for said, state in reached if state == final}


def accepted(acceptor: Acceptor) -> set[tuple[str, ...]]:
    return sentences(acceptor.arcs, 0, acceptor.final)


@given(st.lists(nets, min_size=1, max_size=3))
def test_the_union_accepts_what_any_accepts(found: list[Net]) -> None:
    wanted = set().union(*(sentences(list(net.arcs), net.start, net.final) for net in found))
    assert accepted(unite(found, {"a", "b", "c"})) == wanted


@given(nets)
def test_no_state_has_two_ways_for_one_word(net: Net) -> None:
    acceptor = unite([net], {"a", "b", "c"})
    for state in {source for source, _, _ in acceptor.arcs}:
        reached = {state} | {target for source, target, word in acceptor.arcs if source == state and not word}
        ways = [word for source, _, word in acceptor.arcs if source in reached and word]
        assert len(ways) == len(set(ways))


@given(nets)
def test_sentences_with_a_word_that_cannot_be_said_are_left_out(net: Net) -> None:
    every = sentences(list(net.arcs), net.start, net.final)
    assert accepted(unite([net], {"a", "b"})) == {said for said in every if "c" not in said}


def test_equal_endings_are_shared() -> None:
    chains = [(0, 1, "a"), (1, 2, "x"), (2, 9, "y"), (0, 3, "b"), (3, 4, "x"), (4, 9, "y")]
    acceptor = unite([Net(chains, 0, 9, 10)], {"a", "b", "x", "y"})
    assert len([word for _, _, word in acceptor.arcs if word]) == 4
