"""What is said after things were told to do something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from jingling.core.command import Problem
from jingling.core.thing import Thing
from jingling.skills.home.select import Found, Missing
from jingling.skills.home.wording import Wording, capital

_PROBLEMS = frozenset({"unreachable", "refused", "bad_value", "unsupported"})
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Done:
    """One thing and what became of it."""

    thing: Thing
    problem: Problem | None = None


def report(wording: Wording, found: Found, done: Sequence[Done], keys: Mapping[str, str], **values: str) -> str:
    """First what worked, as the reply that `keys` has for each thing's id, then what did not and why."""
    well = [each.thing for each in done if each.problem is None]
    sentences = [
        _worked(wording, found, things, name, values)
        for name, things in _grouped(well, lambda thing: keys[thing.id])
    ]
    troubled = [each for each in done if each.problem is not None]
    failed = _grouped(troubled, lambda each: _problem_key(each.problem))
    sentences += [_failed(wording, [each.thing for each in group], name) for name, group in failed]
    return wording.sentences(sentences)


def explain(wording: Wording, missing: Missing, known: Sequence[str]) -> str:
    """That nothing was found, and where it could be; `known` are names that would have been understood."""
    listed = wording.listed(known) if known else ""
    if missing.area:
        return wording.text("missing_area", area=missing.area, known=listed)
    if missing.name and not missing.elsewhere:
        return wording.text("missing_name", name=missing.name, known=listed)
    if missing.name:
        return capital(wording.about("missing_there", missing.elsewhere, where=listed))
    noun = wording.noun(missing.kind, 2)
    if missing.place is None:
        return wording.text("missing_kind", noun=noun)
    text = wording.text("missing_kind_place", noun=noun, place=wording.inside(missing.place))
    hint = wording.text("missing_elsewhere", where=listed) if missing.elsewhere else ""
    return wording.sentences([text, hint] if hint else [text])


def _worked(wording: Wording, found: Found, things: Sequence[Thing], name: str, values: dict[str, str]) -> str:
    whole = len(things) == len(found.things)
    subject = wording.group(found) if whole else wording.things(things)
    return wording.about(name, things, subject, **values)


def _failed(wording: Wording, things: Sequence[Thing], key: str) -> str:
    return wording.about(key, things)


def _problem_key(problem: Problem | None) -> str:
    code = problem.code if problem else ""
    return f"problem_{code}" if code in _PROBLEMS else "problem_failed"


def _grouped(items: Sequence[_Item], key: Callable[[_Item], str]) -> list[tuple[str, list[_Item]]]:
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())
