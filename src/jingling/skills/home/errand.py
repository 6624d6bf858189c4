"""One turn's way through the home: find the things, tell them, say what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from msgspec import structs

from jingling.core.command import Problem
from jingling.core.thing import Place, Thing
from jingling.core.turn import Slots
from jingling.home.model import risk_of
from jingling.sdk import (
    ANYWHERE,
    Ask,
    Choice,
    Command,
    Do,
    Kit,
    ListCard,
    Reply,
    Risk,
    RunAction,
    SetProperty,
    ThingsCard,
    Turn,
)
from jingling.skills.home.describe import Describer, spoken_number
from jingling.skills.home.report import Done, explain, report
from jingling.skills.home.select import Fits, Found, Missing, Selection, Selector, Unclear
from jingling.skills.home.states import Values
from jingling.skills.home.wishes import Wish, waking
from jingling.skills.home.wording import Wording, capital

Key = str | Callable[[Thing], str]
Prefer = Callable[[Values], bool]
LAST_THINGS = "home.things"
_KNOWN_MAX = 5


class Errand:
    def __init__(self, kit: Kit, turn: Turn, do: Do) -> None:
        self._kit = kit
        self._turn = turn
        self._do = do
        self._home = kit.home
        self.wording = Wording(kit.replies, kit.home, turn.language)
        self.describer = Describer(kit.home, self.wording)

    async def fulfil(
        self,
        wish: Wish,
        done: Key,
        slots: Slots,
        *,
        near: bool = True,
        prefer: Prefer | None = None,
        roams: bool = False,
        differing: str = "",
        **values: str,
    ) -> Reply:
        """Carry `wish` out on what `slots` point at; `prefer` narrows several things down to those in use.

        `near` as in Selector. `roams` takes the one that is in use elsewhere when there is none here.
        With `recent` in the slots, what was spoken of last goes before what is here. `done` names the reply
        for a thing that did it; its fields are `values` and `value`, the number that was set. When things got
        different numbers the reply is `differing`.
        """
        recent = self._recent(wish) if slots.get("recent") else None
        placed = slots if recent else self._placed(wish.fits, slots)
        if isinstance(placed, Reply):
            return placed
        slots = placed
        found = recent or self.find(wish.fits, slots, near=near, roaming=prefer if roams else None)
        if isinstance(found, Reply):
            return found
        able = tuple(thing for thing in found.things if wish.fits(thing))
        if not able:
            return self.say("cannot", found.things)
        if prefer and len(able) > 1:
            able = tuple(thing for thing in able if prefer(self.values(thing))) or able
        return await self.carry_out(wish, replace(found, things=able), done, differing=differing, **values)

    async def carry_out(self, wish: Wish, found: Found, done: Key, *, differing: str = "", **values: str) -> Reply:
        self._turn.memory[LAST_THINGS] = [thing.id for thing in found.things]
        commands = [wish.command(thing, self.values(thing)) for thing in found.things]
        keys = {thing.id: done(thing) if callable(done) else done for thing in found.things}
        results = [await self._tell(*each, wish) for each in zip(found.things, commands, strict=True)]
        numbers = {_number_set(command) for command in commands}
        if differing and len(numbers) > 1:
            keys = dict.fromkeys(keys, differing)
        speech = report(self.wording, found, results, keys, value="/".join(sorted(numbers)), **values)
        return Reply(speech=speech, card=self.card(found.things))

    def find(self, fits: Fits, slots: Slots, *, near: bool = False, roaming: Prefer | None = None) -> Found | Reply:
        """The things that are meant, or the reply that asks which one or says that there is none.

        `roaming` picks the only one elsewhere when the place that has none was not named.
        """
        selection = self.select(fits, slots, near=near)
        if isinstance(selection, Missing) and selection.implied and roaming:
            used = tuple(thing for thing in selection.elsewhere if roaming(self.values(thing)))
            selection = Found(used, selection.kind) if len(used) == 1 else selection
        return selection if isinstance(selection, Found) else self.none(selection, slots)

    def _placed(self, fits: Fits, slots: Slots) -> Slots | Reply:
        """The slots with a place that nobody named and where nobody stands, or the question for it."""
        if slots.get("area") != ANYWHERE or slots.get("everywhere"):
            return slots
        rooms = self._selector.rooms(slots, fits)
        which = slots.get("which")
        if isinstance(which, int | float) and 1 <= which <= len(rooms):
            rooms = [rooms[int(which) - 1]]
        if len(rooms) == 1:
            return {**slots, "area": rooms[0].id}
        return self._which_room(rooms) if rooms else slots

    def _which_room(self, rooms: Sequence[Place]) -> Reply:
        names = [self.wording.inside(room) for room in rooms]
        items = tuple(Choice(title=room.name(self._turn.language), value=room.id) for room in rooms)
        return Reply(
            speech=self.wording.text("which_room", options=self.wording.options(names)),
            card=ListCard(title=self.wording.text("which_room_title"), items=items),
            ask=Ask(intent=self._turn.intent, slot="area", expect=f"{self._kit.name}/room"),
            end=False,
        )

    def _recent(self, wish: Wish) -> Found | None:
        """What was spoken of last, as far as it can do this."""
        things = (self._home.thing(thing_id) for thing_id in self._turn.memory.get(LAST_THINGS, ()))
        able = tuple(thing for thing in things if thing is not None and wish.fits(thing))
        return Found(able) if able else None

    def none(self, selection: Unclear | Missing, slots: Slots) -> Reply:
        """Asks which one, or says that there is none and what there is."""
        if isinstance(selection, Unclear):
            return self._which(selection, slots)
        return Reply(speech=explain(self.wording, selection, self._known(selection)))

    def select(self, fits: Fits, slots: Slots, *, near: bool = False, strict: bool = False) -> Selection:
        return self._selector.select(slots, fits, near=near, strict=strict)

    @property
    def _selector(self) -> Selector:
        return Selector(self._home, self._turn.place_id, self._turn.utterance.text)

    def mentioned(self, words: str) -> str:
        """What `words` name of this home, or nothing."""
        heard = words.casefold()
        things = [self.wording.thing(one) for one in self._home.things if _occurs(one.names, heard)]
        places = [self.wording.place(one) for one in self._home.places if _occurs(one.names, heard)]
        return self.wording.listed(things or places)

    def values(self, thing: Thing) -> Values:
        return self._home.state(thing.id).values

    def reachable(self, thing: Thing) -> bool:
        return self._home.state(thing.id).reachable

    def say(self, key: str, things: Sequence[Thing] = (), **values: Any) -> Reply:
        speech = self.wording.about(key, things, **values) if things else self.wording.text(key, **values)
        return Reply(speech=capital(speech), card=self.card(things) if things else None)

    def card(self, things: Sequence[Thing]) -> ThingsCard:
        places = {thing.place_id for thing in things}
        place = self._home.place(next(iter(places)) or "") if len(places) == 1 else None
        title = place.name(self._turn.language) if place else self.wording.text("card_title")
        return ThingsCard(title=title, thing_ids=tuple(thing.id for thing in things))

    def where(self, things: Sequence[Thing]) -> str:
        """ "in the kitchen", or "at home" for things of several places."""
        places = {thing.place_id for thing in things}
        place = self._home.place(next(iter(places)) or "") if len(places) == 1 else None
        return self.wording.inside(place) if place else self.wording.text("at_home")

    async def _tell(self, thing: Thing, command: Command, wish: Wish) -> Done:
        outcome = await self._do(self._guarded(thing, command))
        after = waking(thing, wish, self.values(thing)) if outcome.ok else None
        if after:
            outcome = await self._do(after)
        return Done(thing, None if outcome.ok else outcome.problem or Problem("failed"))

    def _guarded(self, thing: Thing, command: Command) -> Command:
        if not isinstance(command, (SetProperty, RunAction)) or risk_of(thing, command) is Risk.NONE:
            return command
        key = "confirm_unlock" if thing.type == "lock" else "confirm_open"
        question = capital(self.wording.text(key, things=self.wording.thing(thing)))
        return structs.replace(command, risk=risk_of(thing, command), read_back=question)

    def _which(self, unclear: Unclear, slots: Slots) -> Reply:
        options = [self.wording.thing(thing) for thing in unclear.things]
        speech = self.wording.text("which_one", options=self.wording.options(options))
        intent = structs.replace(self._turn.intent, slots=slots)
        return Reply(
            speech=speech,
            card=ListCard(title=self.wording.text("which_title"), items=tuple(map(self._choice, unclear.things))),
            ask=Ask(intent=intent, slot="which", expect=f"{self._kit.name}/which"),
            end=False,
        )

    def _choice(self, thing: Thing) -> Choice:
        place = self._place_of(thing)
        subtitle = place.name(self._turn.language) if place else ""
        return Choice(title=thing.name(self._turn.language), value=thing.id, subtitle=subtitle)

    def _known(self, missing: Missing) -> list[str]:
        """Names for the hint: where such things are, which places there are, or what there is here."""
        if missing.area:
            return [self.wording.place(place) for place in self._home.places]
        if missing.elsewhere:
            places = dict.fromkeys(thing.place_id for thing in missing.elsewhere)
            found = (self._home.place(place_id) for place_id in places if place_id)
            return [self.wording.inside(place) for place in found if place]
        here = [thing for thing in self._home.things if thing.place_id == self._turn.place_id]
        useful = [thing for thing in (here or self._home.things) if _can_be_told(thing)]
        return [self.wording.thing(thing) for thing in useful[:_KNOWN_MAX]]

    def _place_of(self, thing: Thing) -> Place | None:
        return self._home.place(thing.place_id) if thing.place_id else None


def _occurs(names: dict[str, tuple[str, ...]], heard: str) -> bool:
    return any(name.casefold() in heard for aliases in names.values() for name in aliases)


def _can_be_told(thing: Thing) -> bool:
    return bool(thing.actions) or any(described.writable for described in thing.properties.values())


def _number_set(command: Command) -> str:
    number = command.value if isinstance(command, SetProperty) else None
    return spoken_number(number) if isinstance(number, (int, float)) else ""
