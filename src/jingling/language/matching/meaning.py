"""From a way through the automaton to an intent, under the context that its template asks for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from jingling.core.turn import Slots
from jingling.language.matching.sources import Source
from jingling.language.matching.values import Value
from jingling.language.matching.walk import Step


class Need(NamedTuple):
    """What a key of the context must be: one of `values` (None: anything). It fills `slot`, if one is named."""

    key: str
    values: tuple[Any, ...] | None
    slot: str


class Template(NamedTuple):
    """What a sentence means when it is matched."""

    intent: str
    slots: Mapping[str, Any]
    needs: tuple[Need, ...]
    excludes: tuple[Need, ...]


def needs(context: Mapping[str, Any]) -> tuple[Need, ...]:
    """A template's required or excluded context, in one shape."""
    return tuple(_need(key, value) for key, value in context.items())


def _need(key: str, wanted: Any) -> Need:
    slot = ""
    if isinstance(wanted, Mapping):
        asked = wanted.get("slot")
        slot = asked if isinstance(asked, str) else key if asked else ""
        wanted = wanted.get("value")
    if wanted is None:
        return Need(key, None, slot)
    return Need(key, tuple(wanted) if isinstance(wanted, list | tuple) else (wanted,), slot)


def slots_of(
    template: Template, steps: Sequence[Step], sources: Sequence[Source], here: Mapping[str, Any]
) -> Slots | None:
    """The slots of one way to match `template`; None when the context forbids it. `here` is that of the speaker."""
    values = [(sources[reference], value) for reference, _, value in steps if reference >= 0]
    if template.needs or template.excludes:
        contexts = [here, *(value.context for _, value in values if value.context)]
        if not _allowed(template, contexts):
            return None
    slots: Slots = {}
    for source, value in values:
        slots.update((slot, inner.value) for slot, inner in value.inner)
        if not source.aside:
            slots[source.slot] = value.value
    for slot, fixed in template.slots.items():
        slots.setdefault(slot, fixed)
    if template.needs:
        merged = _merged(contexts)
        for need in template.needs:
            if need.slot:
                slots.setdefault(need.slot, merged[need.key])
    return slots


def _allowed(template: Template, contexts: Sequence[Mapping[str, Any]]) -> bool:
    """Each value must fit by itself, and what is required must be there in the end."""
    for context in contexts:
        for need in template.needs:
            if need.values is not None and need.key in context and context[need.key] not in need.values:
                return False
    merged = _merged(contexts)
    if not all(need.key in merged for need in template.needs):
        return False
    return not any(_excluded(one, context) for context in (*contexts, merged) for one in template.excludes)


def _excluded(one: Need, context: Mapping[str, Any]) -> bool:
    return one.values is not None and one.key in context and context[one.key] in one.values


def _merged(contexts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for context in contexts:
        merged.update(context)
    return merged


def corrected(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """`text` with each of the (start, end) pieces replaced by other words."""
    for start, end, words in sorted(spans, reverse=True):
        text = f"{text[:start]}{words}{text[end:]}"
    return " ".join(text.split())


def guesses(steps: Iterable[Step]) -> list[tuple[int, int, str]]:
    """What was read in place of other words: first word, end, words."""
    return [(at, value.end, value.words) for _, at, value in steps if value.words or _is_left_out(_, value)]


def _is_left_out(reference: int, value: Value) -> bool:
    return reference < 0 and not value.words
