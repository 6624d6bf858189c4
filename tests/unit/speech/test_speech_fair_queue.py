"""Who is served next, and who has to come again."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from jingling.speech.engines.fair_queue import FairQueue


class Request:
    def __init__(self, party: str) -> None:
        self.party = party


def queue_of(parties: Iterable[str], places: int = 100) -> FairQueue[Request]:
    queue: FairQueue[Request] = FairQueue(places)
    for party in parties:
        queue.join(party, Request(party))
    return queue


def served(queue: FairQueue[Request]) -> str:
    found = []
    while (request := queue.next()) is not None:
        found.append(request.party)
    return "".join(found)


def test_parties_take_turns_however_much_one_of_them_wants() -> None:
    assert served(queue_of("aaaabbc")) == "abcabaa"


def test_one_party_is_served_in_its_own_order() -> None:
    queue: FairQueue[Request] = FairQueue(9)
    first, second = Request("a"), Request("a")
    queue.join("a", first)
    queue.join("a", second)
    assert [queue.next(), queue.next(), queue.next()] == [first, second, None]


def test_who_leaves_is_not_served_and_makes_room() -> None:
    queue = queue_of("a", places=1)
    request = Request("b")
    assert queue.join("b", request) is request
    waiting = queue.next()
    assert waiting is not None and waiting.party == "a"
    leaving = Request("c")
    queue.join("c", leaving)
    queue.leave(leaving)
    assert len(queue) == 0 and leaving not in queue and queue.next() is None


def test_the_newest_is_turned_away_and_goes_first_the_next_time() -> None:
    queue = queue_of("abc", places=3)
    late = Request("d")
    assert queue.join("d", late) is late
    turned_away = queue.join("d", Request("d"))
    assert turned_away is not None and turned_away.party == "c"
    assert served(queue) == "dab"


def test_a_turn_that_was_owed_is_owed_once() -> None:
    queue = queue_of("a", places=1)
    queue.join("b", Request("b"))
    queue.join("b", Request("b"))
    assert served(queue) == "b"
    queue.join("a", Request("a"))
    again = Request("b")
    assert queue.join("b", again) is again


def test_nothing_is_owed_to_those_who_do_not_say_who_they_are() -> None:
    queue = queue_of(["a"], places=1)
    for _ in range(2):
        request = Request("")
        assert queue.join("", request) is request


steps = st.lists(st.one_of(st.sampled_from("abcdefgh"), st.none()), max_size=200)


@given(steps, st.integers(1, 4))
def test_nobody_is_turned_away_twice_in_a_row_and_nothing_gets_lost(steps: list[str | None], places: int) -> None:
    queue: FairQueue[Request] = FairQueue(places)
    turned_away: set[str] = set()
    inside: list[Request] = []
    for party in steps:
        if party is None:
            if (request := queue.next()) is not None:
                inside.remove(request)
                turned_away.discard(request.party)
            continue
        request = Request(party)
        inside.append(request)
        if (leaving := queue.join(party, request)) is not None:
            assert leaving.party not in turned_away
            turned_away.add(leaving.party)
            inside.remove(leaving)
        assert len(queue) == len(inside) <= places + 8
        assert all(one in queue for one in inside)
