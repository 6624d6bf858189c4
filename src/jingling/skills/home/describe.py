"""Answers to questions about things: pure sentences over their values."""

from collections.abc import Sequence

from jingling.core.thing import Thing, Value
from jingling.home.base import HomeReader
from jingling.skills.home.select import Found
from jingling.skills.home.states import Values, is_in, state_of
from jingling.skills.home.wording import Wording, capital

_LISTED_MAX = 6


class Describer:
    """Sentences in one language about the things of one home, as they are now."""

    def __init__(self, home: HomeReader, wording: Wording) -> None:
        self._home = home
        self._wording = wording

    def one(self, thing: Thing) -> str:
        """How a thing is, in a sentence."""
        values = self._home.state(thing.id).values
        key, numbers = _summary(thing, values)
        return capital(self._wording.about(key, [thing], **numbers))

    def yes_no(self, thing: Thing, wanted: str) -> str:
        """ "Yes, the floor lamp is on." """
        values = self._home.state(thing.id).values
        key = "yes" if is_in(thing, values, wanted) else "no"
        return self._wording.text(key, answer=self._is([thing], state_of(thing, values)))

    def several(self, found: Found, wanted: str, question: str) -> str:
        """`question` is the kind of question in Home Assistant's words: any, all, how_many, which."""
        true = self.those(found, wanted)
        if question == "all":
            return self._all(found, true, wanted)
        if question == "any":
            key, answer = ("yes", self._listed(found, true, wanted)) if true else ("no", self._none(found, wanted))
            return self._wording.text(key, answer=answer)
        if not true:
            return capital(self._none(found, wanted))
        if question == "how_many":
            return capital(self._counted(found, true, wanted))
        return capital(self._listed(found, true, wanted))

    def reading(self, things: Sequence[Thing], quantity: str, place: str) -> str:
        """The mean of what `things` measure of `quantity`, as a number people say."""
        values = [self._home.state(thing.id).values.get(quantity) for thing in things]
        numbers = [float(value) for value in values if isinstance(value, (int, float))]
        if not numbers:
            return capital(self._is(things, "unknown"))
        mean = spoken_number(sum(numbers) / len(numbers))
        names = self._wording.things(things)
        return capital(self._wording.text(f"reading_{quantity}", value=mean, place=place, things=names))

    def those(self, found: Found, wanted: str) -> list[Thing]:
        return [thing for thing in found.things if is_in(thing, self._home.state(thing.id).values, wanted)]

    def _all(self, found: Found, true: Sequence[Thing], wanted: str) -> str:
        if len(true) == len(found.things):
            answer = self._wording.about(f"is_{wanted}", true, self._wording.group(found))
            return self._wording.text("yes", answer=answer)
        rest = [thing for thing in found.things if thing not in true]
        states = {state_of(thing, self._home.state(thing.id).values) for thing in rest}
        state = states.pop() if len(states) == 1 else f"not_{wanted}"
        return self._wording.text("no", answer=self._is(rest, state))

    def _is(self, things: Sequence[Thing], state: str) -> str:
        return self._wording.about(f"is_{state or 'unknown'}", things)

    def _listed(self, found: Found, true: Sequence[Thing], wanted: str) -> str:
        if len(true) > _LISTED_MAX:
            return self._counted(found, true, wanted)
        return self._wording.about(f"is_{wanted}", true)

    def _counted(self, found: Found, true: Sequence[Thing], wanted: str) -> str:
        some = self._wording.text(f"some_{found.kind}", count=len(true))
        state = self._wording.text(f"word_{wanted}")
        names = self._wording.things(true)
        return self._wording.text("counted", some=some, state=state, things=names, count=len(true))

    def _none(self, found: Found, wanted: str) -> str:
        noun, state = self._wording.noun(found.kind, 2), self._wording.text(f"word_{wanted}")
        if found.place is not None:
            return self._wording.text("none_place", noun=noun, state=state, place=self._wording.inside(found.place))
        return self._wording.text("none", noun=noun, state=state)


def spoken_number(value: float) -> str:
    """One decimal at most: 21, 21.5."""
    return f"{value:.1f}".removesuffix(".0")


def _summary(thing: Thing, values: Values) -> tuple[str, dict[str, str]]:
    """The reply's key and its numbers that say most about `thing`."""
    state = state_of(thing, values)
    match thing.type:
        case "light" if state == "on" and "brightness" in values:
            return "is_on_at", _numbers(values, "brightness")
        case "fan" if state == "on" and "speed" in values:
            return "is_on_at_speed", _numbers(values, "speed")
        case "climate" if state == "on" and "target_temperature" in values:
            return "is_on_set_to", _numbers(values, "target_temperature", "current_temperature")
        case "cover" if state == "open" and values.get("position", 100) != 100:
            return "is_open_to", _numbers(values, "position")
        case "vacuum" if "battery" in values:
            return f"is_{state}_with_battery", _numbers(values, "battery")
        case "coffee_machine" if values.get("state") in ("heating", "brewing", "ready"):
            return f"is_{values['state']}", _numbers(values, "progress")
        case "media_player" if values.get("state") in ("playing", "paused"):
            return f"is_{values['state']}", {}
        case "sensor" if not state:
            return _measured(values)
    return f"is_{state or 'unknown'}", {}


def _measured(values: Values) -> tuple[str, dict[str, str]]:
    for name in ("temperature", "humidity", "illuminance"):
        if name in values:
            return f"measures_{name}", {"value": _number(values[name])}
    return "is_unknown", {}


def _numbers(values: Values, *names: str) -> dict[str, str]:
    return {name: _number(values.get(name)) for name in names}


def _number(value: Value) -> str:
    return spoken_number(value) if isinstance(value, (int, float)) else "?"
