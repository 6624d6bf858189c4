"""How things, places and lists of them are called in a sentence."""

from collections.abc import Sequence
from typing import Any

from jingling.core.thing import Place, Thing
from jingling.core.turn import Language
from jingling.home.base import HomeReader
from jingling.sdk.kit import Replies
from jingling.sdk.phrases import joined
from jingling.skills.home.select import Found

_LISTED_MAX = 5
_OUTDOORS = frozenset({"balcony", "terrace", "patio", "porch", "roof", "deck"})


class Wording:
    """The words of one language for one home."""

    def __init__(self, replies: Replies, home: HomeReader, language: Language) -> None:
        self._replies = replies
        self._home = home
        self._language = language

    def text(self, key: str, **values: Any) -> str:
        return self._replies.text(self._language, key, **values)

    def about(self, key: str, things: Sequence[Thing], subject: str = "", **values: Any) -> str:
        """A reply about `things`, called `subject` or by their names, in the number that its verb takes."""
        count = len(things) if len(things) != 1 or not self._is_plural(things[0]) else 2
        return self.text(key, things=subject or self.things(things), count=count, **values)

    def thing(self, thing: Thing) -> str:
        """Its proper name, and where it is when others bear the same name."""
        name = thing.name(self._language)
        same = [other for other in self._home.things if other.name(self._language) == name]
        place = self._home.place(thing.place_id) if thing.place_id else None
        if len(same) < 2 or place is None:
            return self._the(name)
        return self.text("thing_in_place", name=self._the(name), place=self.inside(place))

    def place(self, place: Place) -> str:
        return self._the(place.name(self._language))

    def inside(self, place: Place) -> str:
        """English brings its preposition: "in the kitchen"; Chinese the bare name."""
        if self._language == "zh":
            return place.name("zh")
        outdoors = place.name("en").split()[-1].casefold() in _OUTDOORS
        return f"{'on' if outdoors else 'in'} {self.place(place)}"

    def things(self, things: Sequence[Thing]) -> str:
        names = [self.thing(thing) for thing in things]
        if len(names) > _LISTED_MAX + 1:
            rest = len(names) - _LISTED_MAX
            names = [*names[:_LISTED_MAX], self.text("more", count=rest)]
        return self.listed(names)

    def listed(self, names: Sequence[str]) -> str:
        return joined(names, self._language)

    def options(self, names: Sequence[str]) -> str:
        """The same list as something to choose from."""
        *first, last = names
        comma, final = ("、", "还是") if self._language == "zh" else (", ", " or ")
        return comma.join(first) + final + last if first else last

    def sentences(self, sentences: Sequence[str]) -> str:
        """One after the other, each beginning as a sentence does."""
        return ("" if self._language == "zh" else " ").join(map(capital, sentences))

    def noun(self, kind: str, count: int) -> str:
        return self.text(f"noun_{kind}", count=count)

    def group(self, found: Found) -> str:
        """A name for all of `found` together: "the floor lamp", "the lights in the kitchen", "all lights"."""
        if len(found.things) == 1 or found.kind == "thing":
            return self.things(found.things)
        noun = self.noun(found.kind, len(found.things))
        if found.place is not None:
            return self.text("group_place", noun=noun, place=self.inside(found.place))
        if found.floor:
            return self.text("group_floor", noun=noun, floor=self._the(found.floor))
        return self.text("group_home", noun=noun)

    def _is_plural(self, thing: Thing) -> bool:
        """English says "the fairy lights are"."""
        name = thing.name(self._language).casefold()
        return self._language == "en" and name.endswith("s") and not name.endswith(("ss", "us", "is"))

    def _the(self, name: str) -> str:
        if self._language == "zh":
            return name
        if "'s " in name or "’s " in name:
            return name
        return "the " + " ".join(word if word.isupper() else word[:1].lower() + word[1:] for word in name.split())


def capital(text: str) -> str:
    """As a sentence begins."""
    return text[:1].upper() + text[1:]
