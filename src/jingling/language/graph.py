"""Orders of the states of an automaton."""

from collections.abc import Callable, Iterable


def leaves_first(starts: Iterable[int], targets: Callable[[int], Iterable[int]]) -> list[int]:
    """All states that can be reached from `starts`, each after those it leads to; there are no circles."""
    order: list[int] = []
    seen: set[int] = set()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(targets(start)))]
        while stack:
            state, following = stack[-1]
            target = next(following, None)
            if target is None:
                order.append(state)
                stack.pop()
            elif target not in seen:
                seen.add(target)
                stack.append((target, iter(targets(target))))
    return order
