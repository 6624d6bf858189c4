"""From an intent's slots and the speaker's place to the things that are meant."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jingling.core.thing import Place, Thing
from jingling.core.turn import ANYWHERE, Slots
from jingling.home.base import HomeReader
from jingling.skills.home.kinds import is_exactly, is_of, kind_of

TOGETHER = " + "
"""Between the things that one word, such as "them", stands for."""

Fits = Callable[[Thing], bool]


@dataclass(frozen=True)
class Found:
    """`place` or `floor` is where they were looked for (neither: the whole home); `named` one by its name."""

    things: tuple[Thing, ...]
    kind: str = "thing"
    place: Place | None = None
    floor: str = ""
    named: bool = False


@dataclass(frozen=True)
class Unclear:
    """Several things bear this name: one must be chosen."""

    name: str
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Missing:
    """Nothing such is there; `elsewhere` are the things of this kind or name in other places.

    `implied`: nobody named the place, it is where the speaker stands.
    """

    name: str = ""
    kind: str = "thing"
    place: Place | None = None
    area: str = ""
    floor: str = ""
    elsewhere: tuple[Thing, ...] = ()
    implied: bool = False


Selection = Found | Unclear | Missing


@dataclass(frozen=True)
class Selector:
    """Looks things up for one speaker. `text` is what was said: a place that it does not name was implied."""

    home: HomeReader
    here_id: str | None
    text: str = ""

    def select(self, slots: Slots, fits: Fits, *, near: bool = False, strict: bool = False) -> Selection:
        """`fits` says which things can do it; unless `strict`, those that cannot are found when no other is.

        `near` looks in the speaker's place when no place is given.
        """
        area = "" if slots.get("everywhere") else _text(slots, "area")
        area, near = ("", False) if area == ANYWHERE else (area, near)
        place = self._place(area) if area else None
        if area and place is None:
            return Missing(area=area)
        if name := _text(slots, "name"):
            return self._by_name(name, slots, place, fits)
        if place is None and near and not (_text(slots, "floor") or slots.get("everywhere")):
            place = self._here()
        return self._by_kind(slots, place, fits, strict)

    def _by_name(self, name: str, slots: Slots, place: Place | None, fits: Fits) -> Selection:
        if TOGETHER in name:
            return self._together(name.split(TOGETHER), fits)
        bearers = [thing for thing in self.home.things if is_named(thing, name)]
        able = [thing for thing in bearers if fits(thing)] or bearers
        inside = self._inside(able, place, _text(slots, "floor"))
        if not inside:
            return Missing(name=name, place=place, floor=_text(slots, "floor"), elsewhere=tuple(able))
        if len(inside) > 1 and place is None:
            inside = [thing for thing in inside if thing.place_id == self.here_id] or inside
        chosen = self._chosen(inside, slots.get("which"))
        if len(chosen) > 1:
            return Unclear(name, tuple(chosen))
        return Found(tuple(chosen), place=place, named=True)

    def _together(self, names: Sequence[str], fits: Fits) -> Selection:
        """Several things that "them" stands for."""
        bearers = [thing for thing in self.home.things if any(is_named(thing, name) for name in names)]
        able = [thing for thing in bearers if fits(thing)] or bearers
        return Found(tuple(able)) if able else Missing(name=" ".join(names))

    def _by_kind(self, slots: Slots, place: Place | None, fits: Fits, strict: bool) -> Selection:
        domain, device_class, floor = (_text(slots, key) for key in ("domain", "device_class", "floor"))
        kind = kind_of(domain, device_class)
        such = [thing for thing in self.home.things if is_of(thing, domain, device_class)]
        whole = [thing for thing in such if fits(thing)]
        inside = self._inside(whole, place, floor)
        inside = [thing for thing in inside if is_exactly(thing, device_class)] or inside
        if not strict:
            inside = inside or self._inside(such, place, floor)
        if inside:
            return Found(tuple(inside), kind, place, floor)
        implied = self._implied(place) and not floor
        if len(whole) == 1 and implied:
            return Found(tuple(whole), kind)
        return Missing(kind=kind, place=place, floor=floor, elsewhere=tuple(whole), implied=implied)

    def _chosen(self, things: Sequence[Thing], which: object) -> list[Thing]:
        """`which` answers "which one?": its number in the list, its id, its name or its place."""
        number = _number(which)
        if number is not None:
            return [things[number - 1]] if 0 < number <= len(things) else list(things)
        if not isinstance(which, str):
            return list(things)
        place = self._place(which)
        fitting = [thing for thing in things if thing.id == which or is_named(thing, which)]
        fitting = fitting if len(fitting) == 1 else [t for t in things if place and t.place_id == place.id]
        return fitting or list(things)

    def _inside(self, things: Iterable[Thing], place: Place | None, floor: str) -> list[Thing]:
        if place is not None:
            return [thing for thing in things if thing.place_id == place.id]
        if not floor:
            return list(things)
        rooms = self._rooms_on(floor)
        return [thing for thing in things if thing.place_id in rooms]

    def _rooms_on(self, floor: str) -> set[str]:
        """The rooms on the floor of that name, in whichever language it was said."""
        wanted = floor.casefold()
        meant = {
            one.id for one in self.home.floors for names in one.names.values() if wanted in map(str.casefold, names)
        }
        return {room.id for room in self.home.places if room.floor in meant}

    def rooms(self, slots: Slots, fits: Fits) -> list[Place]:
        """Those that have such things."""
        found = self.select(slots, fits, strict=True)
        ids = {thing.place_id for thing in found.things} if isinstance(found, Found) else set()
        return [place for place in self.home.places if place.id in ids]

    def _place(self, name: str) -> Place | None:
        wanted = name.casefold()
        return next((p for p in self.home.places if wanted in {p.id.casefold(), *_folded(p.names)}), None)

    def _here(self) -> Place | None:
        return self.home.place(self.here_id) if self.here_id else None

    def _implied(self, place: Place | None) -> bool:
        if place is None or place.id != self.here_id:
            return False
        text = self.text.casefold()
        return not any(name in text for name in _folded(place.names))


def is_named(thing: Thing, name: str) -> bool:
    """By any of its names, or by its id, which stands for "it" where names are shared."""
    return name == thing.id or name.casefold() in _folded(thing.names)


def _folded(names: dict[str, tuple[str, ...]]) -> set[str]:
    return {name.casefold() for aliases in names.values() for name in aliases}


def _text(slots: Slots, key: str) -> str:
    value = slots.get(key)
    return value if isinstance(value, str) else ""


def _number(which: object) -> int | None:
    if isinstance(which, (int, float)):
        return int(which)
    return int(which) if isinstance(which, str) and which.isdecimal() else None
