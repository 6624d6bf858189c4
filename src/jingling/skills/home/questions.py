"""Answers to what is asked of the home: states, readings, batteries."""

from collections.abc import Sequence

from jingling.core.thing import Thing
from jingling.core.turn import Slots
from jingling.sdk import Reply
from jingling.skills.home.errand import Errand
from jingling.skills.home.select import Found, Missing, Selection
from jingling.skills.home.states import can_be


def answer_state(errand: Errand, slots: Slots) -> Reply:
    """One thing or many, all that it is or whether it is so, as the slots have it.

    Slot `question` tells any, all, how_many and which apart; without it the answer lists those that are.
    """
    wanted = str(slots.get("state", ""))
    found = errand.find(lambda thing: not wanted or can_be(thing, wanted), slots)
    if isinstance(found, Reply):
        return found
    lost = [thing for thing in found.things if not errand.reachable(thing)]
    if len(lost) == len(found.things):
        return errand.say("problem_unreachable", lost)
    if not wanted:
        speech = " ".join(errand.describer.one(thing) for thing in found.things)
    elif found.named:
        speech = errand.describer.yes_no(found.things[0], wanted)
    else:
        speech = errand.describer.several(found, wanted, str(slots.get("question", "which")))
        shown = errand.describer.those(found, wanted)
        return Reply(speech=speech, card=errand.card(shown) if shown else None)
    return Reply(speech=speech, card=errand.card(found.things))


def answer_reading(errand: Errand, quantity: str, slots: Slots) -> Reply:
    """What the sensors of a place measure; for the temperature, what heats it knows too."""
    selection = _measuring(errand, slots, "sensor", quantity)
    if quantity == "temperature" and not _measures(selection, quantity):
        air = _measuring(errand, slots, "climate", "current_temperature")
        if _measures(air, "current_temperature"):
            selection, quantity = air, "current_temperature"
    if isinstance(selection, Missing) and selection.implied and selection.elsewhere:
        selection = Found(selection.elsewhere)
    if not isinstance(selection, Found):
        return errand.none(selection, slots)
    return _reading(errand, selection, quantity)


def answer_battery(errand: Errand, slots: Slots) -> Reply:
    found = errand.find(lambda thing: "battery" in thing.properties, slots)
    return found if isinstance(found, Reply) else _reading(errand, found, "battery")


def _of_type(slots: Slots, domain: str) -> Slots:
    return slots if "name" in slots else {"domain": domain} | slots


def _measuring(errand: Errand, slots: Slots, domain: str, quantity: str) -> Selection:
    return errand.select(
        lambda thing: quantity in thing.properties, _of_type(slots, domain), near=True, strict=True
    )


def _measures(selection: Selection, quantity: str) -> bool:
    return isinstance(selection, Found) and any(quantity in thing.properties for thing in selection.things)


def _reading(errand: Errand, found: Found, quantity: str) -> Reply:
    able: Sequence[Thing] = [thing for thing in found.things if quantity in thing.properties]
    if not able:
        return errand.say("cannot_tell", found.things)
    answering = [thing for thing in able if errand.reachable(thing)]
    if not answering:
        return errand.say("problem_unreachable", able)
    rooms: dict[str | None, list[Thing]] = {}
    for thing in answering:
        rooms.setdefault(thing.place_id, []).append(thing)
    sentences = [errand.describer.reading(inside, quantity, errand.where(inside)) for inside in rooms.values()]
    return Reply(speech=errand.wording.sentences(sentences), card=errand.card(answering))
