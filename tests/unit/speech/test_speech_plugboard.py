"""Names that are plugged in change nothing of what is accepted, however the frame was kept."""

from hypothesis import given
from hypothesis import strategies as st

from jingling.speech.acceptor import Acceptor, Arc, Net, NetPart, unite
from jingling.speech.plugboard import Plugboard

SAYABLE = {"a", "b", "c"}
LABELS = ("\0x", "\0y")
spoken = st.sampled_from(["a", "b", "c", "mute"])


def arcs_of(words: st.SearchStrategy[str], states: int, most: int) -> st.SearchStrategy[list[Arc]]:
    state = st.integers(0, states - 1)
    return st.lists(st.tuples(state, state, words), max_size=most)


def parts_of(label: str) -> st.SearchStrategy[NetPart]:
    """From 0 to 3, which is never the same state: no text is empty."""
    return arcs_of(spoken, 4, 6).map(lambda arcs: NetPart(label, arcs, 3, repr(arcs)))


some_parts = st.tuples(*map(parts_of, LABELS))
frames = st.tuples(
    arcs_of(st.one_of(spoken, st.sampled_from(["", *LABELS])), 5, 9), st.integers(0, 4), st.integers(0, 4)
)


def net_of(frame: tuple[list[Arc], int, int], parts: tuple[NetPart, ...]) -> Net:
    return Net(frame[0], frame[1], frame[2], 5, "en", repr(frame), parts)


def flat(net: Net) -> Net:
    """Each arc that stands for a part replaced by a copy of its own."""
    arcs, states = [arc for arc in net.arcs if arc[2] not in LABELS], net.states
    parts = {part.label: part for part in net.parts}
    for source, target, word in net.arcs:
        if word in parts:
            part = parts[word]
            arcs += [(a + states, b + states, word) for a, b, word in part.arcs]
            arcs += [(source, states, ""), (states + part.final, target, "")]
            states += part.final + 1
    return Net(arcs, net.start, net.final, states)


def accepted(acceptor: Acceptor, longest: int = 3) -> set[tuple[str, ...]]:
    reached: set[tuple[tuple[str, ...], int]] = {((), 0)}
    todo = list(reached)
    while todo:
        said, state = todo.pop()
        for source, target, word in acceptor.arcs:
            after = ((*said, word) if word else said, target)
            if source == state and len(after[0]) <= longest and after not in reached:
                reached.add(after)
                todo.append(after)
    return {said for said, state in reached if state == acceptor.final}


def same(board: Plugboard, nets: list[Net]) -> bool:
    return accepted(board.unite(nets, SAYABLE)) == accepted(unite([flat(net) for net in nets], SAYABLE))


@given(frames, some_parts)
def test_plugged_names_are_as_written_out(frame: tuple[list[Arc], int, int], parts: tuple[NetPart, ...]) -> None:
    assert same(Plugboard(), [net_of(frame, parts)])


@given(frames, st.lists(some_parts, min_size=2, max_size=4))
def test_a_kept_frame_takes_new_names(
    frame: tuple[list[Arc], int, int], changes: list[tuple[NetPart, ...]]
) -> None:
    board = Plugboard()
    assert all(same(board, [net_of(frame, parts)]) for parts in changes)


@given(st.lists(st.tuples(frames, some_parts), min_size=2, max_size=3))
def test_grammars_of_different_names_stay_apart(
    found: list[tuple[tuple[list[Arc], int, int], tuple[NetPart, ...]]],
) -> None:
    assert same(Plugboard(), [net_of(frame, parts) for frame, parts in found])


@given(frames, some_parts)
def test_no_two_silent_ways_follow_each_other(
    frame: tuple[list[Arc], int, int], parts: tuple[NetPart, ...]
) -> None:
    acceptor = Plugboard().unite([net_of(frame, parts)], SAYABLE)
    silent = [(source, target) for source, target, word in acceptor.arcs if not word]
    assert not {source for source, _ in silent} & {target for _, target in silent}
    assert all(max(arc[:2]) < acceptor.states for arc in acceptor.arcs)


def test_texts_of_classes_that_stand_together_are_one_tree() -> None:
    lamps = NetPart("\0x", [(0, 1, "a"), (1, 3, "b")], 3, "ab")
    fans = NetPart("\0y", [(0, 1, "a"), (1, 3, "c")], 3, "ac")
    frame = [(0, 1, "\0x"), (0, 1, "\0y"), (1, 2, "b")]
    acceptor = Plugboard().unite([Net(frame, 0, 2, 3, "en", "frame", [lamps, fans])], SAYABLE)
    assert sorted(word for _, _, word in acceptor.arcs if word) == ["a", "b", "b", "c"]


def test_names_that_nobody_can_say_leave_the_sentences_without_them() -> None:
    part = NetPart("\0x", [(0, 1, "mute")], 1, "mute")
    frame = [(0, 1, "a"), (0, 2, "b"), (2, 1, "\0x")]
    assert accepted(Plugboard().unite([Net(frame, 0, 1, 3, "en", "frame", [part])], SAYABLE)) == {("a",)}
