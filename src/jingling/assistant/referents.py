"""What "it", "there" and "the second one" stand for, as names that hold for one utterance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jingling.assistant.conversation import Conversation, Exchange
from jingling.core.card import Card, ListCard, ThingsCard
from jingling.core.thing import Place, Thing
from jingling.core.turn import Intent, Language
from jingling.home.base import HomeReader
from jingling.home.model import domain_of
from jingling.language.base import Name
from jingling.language.text import even

TOGETHER = " + "
"""Between the ids of several things that one word stands for, in the slot `name`."""
_THINGS_MAX = 12
_ONE = {
    "en": ("it", "that", "that one", "this one", "this"),
    "zh": ("它", "那个", "这个"),
}
_MANY = {
    "en": ("them", "those", "these", "they", "both", "both of them", "all of them", "them all"),
    "zh": ("它们", "那些", "这些", "它", "它们都", "那些都"),
}
_THERE = {
    "en": ("there", "that room", "the same room", "the same place"),
    "zh": ("那里", "那儿", "那边", "那间", "那个房间", "那间房", "同一个房间"),
}
_ORDINALS = {
    "en": ("first", "second", "third", "fourth", "fifth", "sixth"),
    "zh": ("一", "二", "三", "四", "五", "六"),
}
_CARDINALS = ("one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Mentioned:
    """What was spoken of last: things, a place, the lines of a numbered list."""

    things: tuple[Thing, ...] = ()
    place: Place | None = None
    listed: tuple[Thing, ...] = ()


@dataclass(frozen=True)
class Referents:
    home: HomeReader

    def of(self, conversation: Conversation, language: Language) -> Mentioned:
        """The last things, the last place and the list that is on the screen."""
        found = Mentioned()
        for number, exchange in enumerate(reversed(conversation.history)):
            here = self._mentioned(exchange, language)
            listed = here.listed if number == 0 else found.listed
            found = Mentioned(found.things or here.things, found.place or here.place, listed)
            if found.things or _is_of_another_kind(exchange):
                break
        return found

    def after(self, intent: Intent, before: Mentioned, language: Language) -> Mentioned:
        """The same, once `intent` was said as well."""
        things, place = self._named(intent, language)
        return replace(before, things=things or before.things, place=place or before.place)

    def is_name(self, text: str, language: Language) -> bool:
        """Whether `text` only names a thing or a place, and says nothing of what is to be done."""
        said = even(text).casefold().removeprefix("the ")
        called: list[Thing | Place] = [*self.home.things, *self.home.places]
        return any(_bears(one, said) for one in called)

    def names(self, mentioned: Mentioned, language: Language) -> tuple[Name, ...]:
        names: list[Name] = []
        if mentioned.things:
            words = _ONE if len(mentioned.things) == 1 else _MANY
            names += self._called(words[language], mentioned.things, language)
            if len(mentioned.things) == 1 and language == "en":
                names += self._called(("them",), mentioned.things, language)
        if mentioned.place is not None:
            names += [Name(text, mentioned.place.name(language), "area") for text in _THERE[language]]
        for number, thing in enumerate(mentioned.listed[: len(_CARDINALS)]):
            names += self._called(_numbered(number, language), (thing,), language)
        return tuple(names)

    def _called(self, texts: Iterable[str], things: Sequence[Thing], language: Language) -> list[Name]:
        value = TOGETHER.join(self._value(thing, language) for thing in things)
        return [Name(text, value, "name", self._context(things[0], language)) for text in texts]

    def _value(self, thing: Thing, language: Language) -> str:
        """Its proper name, or its id when others bear that name too."""
        name = thing.name(language)
        same = [other for other in self.home.things if name in (n for ns in other.names.values() for n in ns)]
        return name if len(same) == 1 else thing.id

    def _context(self, thing: Thing, language: Language) -> dict[str, str]:
        context = {"domain": domain_of(thing)}
        if thing.device_class:
            context["device_class"] = thing.device_class
        place = self.home.place(thing.place_id) if thing.place_id else None
        return {**context, "area": place.name(language)} if place else context

    def _mentioned(self, exchange: Exchange, language: Language) -> Mentioned:
        things, place = self._named(exchange.meant, language) if exchange.meant else ((), None)
        ids = [str(getattr(command, "thing_id", "")) for command, outcome in exchange.done if outcome.ok]
        if not any(ids) and isinstance(exchange.card, ThingsCard):
            ids = list(exchange.card.thing_ids)
        told = self._things(ids) or things
        places = {thing.place_id for thing in told}
        if place is None and len(places) == 1:
            place = self.home.place(next(iter(places)) or "")
        return Mentioned(told[:_THINGS_MAX], place, self._things(_lines(exchange.card)))

    def _named(self, intent: Intent, language: Language) -> tuple[tuple[Thing, ...], Place | None]:
        name, area = str(intent.slots.get("name", "")), str(intent.slots.get("area", ""))
        place = next((place for place in self.home.places if area and _bears(place, area)), None)
        wanted = name.split(TOGETHER)
        bearers = [
            thing for thing in self.home.things if thing.id in wanted or any(_bears(thing, n) for n in wanted)
        ]
        if place is not None:
            bearers = [thing for thing in bearers if thing.place_id == place.id] or bearers
        return tuple(bearers) if name else (), place

    def _things(self, ids: Iterable[str]) -> tuple[Thing, ...]:
        found = (self.home.thing(thing_id) for thing_id in dict.fromkeys(ids) if thing_id)
        return tuple(thing for thing in found if thing is not None)


def _lines(card: Card | None) -> Sequence[str]:
    """The ids of things that a card shows one below the other."""
    if isinstance(card, ListCard):
        return [item.value for item in card.items]
    return card.thing_ids if isinstance(card, ThingsCard) and len(card.thing_ids) > 1 else ()


def _bears(one: Thing | Place, name: str) -> bool:
    wanted = name.casefold()
    return any(wanted == each.casefold() for names in one.names.values() for each in names)


def _is_of_another_kind(exchange: Exchange) -> bool:
    """Something else was done, such as a timer set: "it" is no thing of the home any more."""
    return any(outcome.ok and not hasattr(command, "thing_id") for command, outcome in exchange.done)


def _numbered(number: int, language: Language) -> tuple[str, ...]:
    ordinal = _ORDINALS[language][number]
    if language == "zh":
        return (f"第{ordinal}个", f"第{ordinal}盏", f"第{number + 1}个")
    return (f"{ordinal} one", ordinal, f"number {_CARDINALS[number]}", f"number {number + 1}")
