"""Who is served next when more wait than can be served: pure."""

from collections import OrderedDict, deque
from typing import Generic, TypeVar

Item = TypeVar("Item")
OWED_MAX = 256


class FairQueue(Generic[Item]):
    """Each party has a line of its own, and the lines take turns. At most `places` wait.

    Who comes too late is turned away, and goes before all others the next time: nobody is turned away twice in a
    row, so for one who is owed that the newest of the others leaves. Nothing is owed to the party "", which is
    everybody who did not say who they are. Items are told apart by identity.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._lines: OrderedDict[str, deque[Item]] = OrderedDict()
        self._order: list[tuple[str, Item]] = []
        self._owed: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, item: object) -> bool:
        return any(one is item for _, one in self._order)

    def join(self, party: str, item: Item) -> Item | None:
        """Whoever has no place because of it: `item` itself, another, or nobody."""
        leaving: tuple[str, Item] | None = None
        if len(self) >= self._places:
            leaving = (party, item) if party not in self._owed else self._newest_unowed()
        if leaving is None or leaving[1] is not item:
            self._lines.setdefault(party, deque()).append(item)
            self._order.append((party, item))
        if leaving is None:
            return None
        self.leave(leaving[1])
        self._owe(leaving[0])
        return leaving[1]

    def next(self) -> Item | None:
        """Takes out the one whose turn it is."""
        party = next((one for one in self._owed if one in self._lines), next(iter(self._lines), None))
        if party is None:
            return None
        self._owed.pop(party, None)
        item = self._lines[party][0]
        self.leave(item)
        if party in self._lines:
            self._lines.move_to_end(party)
        return item

    def leave(self, item: Item) -> None:
        """Takes it out, if it is there."""
        party = next((party for party, one in self._order if one is item), None)
        if party is None:
            return
        self._order = [pair for pair in self._order if pair[1] is not item]
        line = deque(one for one in self._lines[party] if one is not item)
        if line:
            self._lines[party] = line
        else:
            del self._lines[party]

    def _newest_unowed(self) -> tuple[str, Item] | None:
        return next((pair for pair in reversed(self._order) if pair[0] not in self._owed), None)

    def _owe(self, party: str) -> None:
        if party:
            self._owed[party] = None
        while len(self._owed) > OWED_MAX:
            self._owed.popitem(last=False)
