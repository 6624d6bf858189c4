"""Reads a home file. The format is described in docs/home-file.md."""

import re
import unicodedata
from pathlib import Path

from msgspec import Struct
from yaml.nodes import Node

from jingling.core.errors import BadInput
from jingling.core.thing import Place, Property, Thing, ThingType, Value
from jingling.home.document import BadFile, Document, Field, FileProblem, line_of, one_of, read_document
from jingling.home.kinds import TYPES, Kind, device_classes, kind_of
from jingling.home.model import Behaviour, Floor, Home
from jingling.home.values import check_value

LANGUAGES = ("en", "zh")
THINGS_MAX = 1_000
PLACES_MAX = 200
NAMES_MAX = 20
NAME_CHARS_MAX = 60

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
_THING_KEYS = ("type", "device_class", "place", "names", "features", "initial")
_BEGINNING = "Begin with a line `things:` and see docs/home-file.md, or copy examples/home.yaml."

Names = dict[str, tuple[str, ...]]


class LoadedHome(Struct, frozen=True):
    """`behaviours` has an entry for each thing; `warnings` are lines `file:line:column: sentence`."""

    home: Home
    behaviours: dict[str, Behaviour]
    warnings: tuple[str, ...] = ()


def load_home(path: Path) -> LoadedHome:
    """The home that the file at `path` describes. Raises BadInput that lists all that is wrong with it."""
    root = read_document(path)
    if root is None:
        raise BadFile(path, [FileProblem(1, 1, f"The file is empty. {_BEGINNING}")])
    reader = _HomeFile()
    home = reader.home(root)
    if reader.doc.problems:
        raise BadFile(path, reader.doc.problems)
    warnings = tuple(f"{path}:{warning.line}:{warning.column}: {warning.text}" for warning in reader.doc.warnings)
    return LoadedHome(home, reader.behaviours, warnings)


class _HomeFile:
    """The sections of one file, in the order in which they lean on each other."""

    def __init__(self) -> None:
        self.doc = Document()
        self.behaviours: dict[str, Behaviour] = {}
        self._floor_ids: tuple[str, ...] = ()
        self._place_ids: tuple[str, ...] = ()
        self._called: dict[str, list[tuple[str, Node]]] = {}

    def home(self, root: Node) -> Home:
        fields = self.doc.known_fields(root, "A home file", ("home", "floors", "places", "things"))
        if "things" not in fields:
            self.doc.problem(root, f"There are no things. {_BEGINNING}")
        home_id, names = self._identity(fields.get("home"))
        floors = self._section(fields.get("floors"), "floor")
        self._floor_ids = tuple(floors)
        places = self._section(fields.get("places"), "place", PLACES_MAX)
        self._place_ids = tuple(places)
        things = self._section(fields.get("things"), "thing", THINGS_MAX)
        return Home(
            home_id,
            names,
            tuple(self._place(key, field) for key, field in places.items()),
            tuple(thing for key, field in things.items() if (thing := self._thing(key, field))),
            tuple(self._floor(key, field) for key, field in floors.items()),
        )

    def _identity(self, field: Field | None) -> tuple[str, Names]:
        if field is None:
            return "home", {}
        fields = self.doc.known_fields(field.value, "The home", ("id", "names"))
        given = self.doc.text(fields["id"].value, "The home's id") if "id" in fields else None
        if given is not None and not _ID.fullmatch(given):
            self._bad_id(fields["id"].value, given)
        return given or "home", self._names(fields.get("names"), "The home", field.key)

    def _section(self, field: Field | None, what: str, most: int = PLACES_MAX) -> dict[str, Field]:
        if field is None:
            return {}
        fields = self.doc.fields(field.value, f"The section of {what}s")
        if len(fields) > most:
            self.doc.problem(field.key, f"There are {len(fields)} {what}s; a home has at most {most}.")
            return {}
        for key, each in fields.items():
            if not _ID.fullmatch(key):
                self._bad_id(each.key, key)
        return fields

    def _floor(self, key: str, field: Field) -> Floor:
        fields = self.doc.known_fields(field.value, f'The floor "{key}"', ("names",))
        names = self._names(fields.get("names"), f'The floor "{key}"', field.key)
        self._keep_apart(names, fields.get("names"), "floor")
        return Floor(key, names)

    def _place(self, key: str, field: Field) -> Place:
        fields = self.doc.known_fields(field.value, f'The place "{key}"', ("names", "floor"))
        names = self._names(fields.get("names"), f'The place "{key}"', field.key)
        self._keep_apart(names, fields.get("names"), "place")
        floor = self._reference(fields.get("floor"), "floor", self._floor_ids)
        return Place(key, names, floor or "")

    def _thing(self, key: str, field: Field) -> Thing | None:
        what = f'The thing "{key}"'
        fields = self.doc.known_fields(field.value, what, _THING_KEYS)
        names = self._names(fields.get("names"), what, field.key)
        place = self._reference(fields.get("place"), "place", self._place_ids)
        self._keep_apart(names, fields.get("names"), "thing", place or (key if "place" in fields else None))
        found = self._kind(what, field.key, fields)
        if found is None:
            return None
        thing_type, device_class, kind = found
        properties = kind.properties | self._features(fields.get("features"), thing_type, kind)
        self.behaviours[key] = Behaviour(self._initial(fields.get("initial"), what, properties))
        return Thing(key, thing_type, names, place, device_class, properties, kind.actions, kind.events)

    def _kind(self, what: str, key: Node, fields: dict[str, Field]) -> tuple[ThingType, str, Kind] | None:
        if "type" not in fields:
            self.doc.problem(key, f"{what} has no `type:`. {one_of('', TYPES)}")
            return None
        node = fields["type"].value
        given = self.doc.text(node, "The type")
        thing_type = next((known for known in TYPES if known == given), None)
        if thing_type is None:
            if given is not None:
                self.doc.problem(node, f'There is no type "{given[:40]}". {one_of(given, TYPES)}')
            return None
        device_class = self._device_class(what, thing_type, key, fields.get("device_class"))
        return None if device_class is None else (thing_type, device_class, kind_of(thing_type, device_class))

    def _device_class(self, what: str, thing_type: ThingType, key: Node, field: Field | None) -> str | None:
        allowed = device_classes(thing_type)
        if field is None:
            if "" in allowed:
                return ""
            self.doc.problem(key, f"{what} is a {thing_type} and needs a `device_class:`. {one_of('', allowed)}")
            return None
        given = self.doc.text(field.value, "The device class")
        if given is None or (given and given in allowed):
            return given
        named = tuple(word for word in allowed if word)
        self.doc.problem(field.value, f'A {thing_type} has no device class "{given[:40]}". {one_of(given, named)}')
        return None

    def _features(self, field: Field | None, thing_type: ThingType, kind: Kind) -> dict[str, Property]:
        features: dict[str, Property] = {}
        for node in self.doc.items(field.value) if field else ():
            given = self.doc.text(node, "A feature")
            if given in kind.features:
                features[given] = kind.features[given]
            elif given is not None:
                allowed = one_of(given, kind.features)
                self.doc.problem(node, f'A {thing_type} has no feature "{given[:40]}". {allowed}')
        return features

    def _initial(self, field: Field | None, what: str, properties: dict[str, Property]) -> dict[str, Value]:
        fields = self.doc.known_fields(field.value, f"{what} (`initial:`)", properties) if field else {}
        initial: dict[str, Value] = {}
        for key, each in fields.items():
            before = len(self.doc.problems)
            value = self.doc.scalar(each.value, key)
            if len(self.doc.problems) > before:
                continue
            try:
                initial[key] = check_value(properties[key], value, f"`{key}`")
            except BadInput as error:
                self.doc.problem(each.value, str(error))
        return initial

    def _reference(self, field: Field | None, what: str, ids: tuple[str, ...]) -> str | None:
        given = self.doc.text(field.value, f"The {what}") if field else None
        if field is None or given is None or given in ids:
            return given
        self.doc.problem(
            field.value, f'There is no {what} "{given[:40]}" in the `{what}s:` above. {one_of(given, ids)}'
        )
        return None

    def _names(self, field: Field | None, what: str, owner: Node) -> Names:
        if field is None:
            self.doc.problem(owner, f"{what} has no `names:`. Write `names: {{en: …, zh: …}}`.")
            return {}
        fields = self.doc.known_fields(field.value, f"{what} (`names:`)", LANGUAGES)
        names = {language: self._spoken(each.value) for language, each in fields.items()}
        names = {language: spoken for language, spoken in names.items() if spoken}
        if not names and not fields:
            self.doc.problem(field.key, f"{what} has no name. Write `names: {{en: …, zh: …}}`.")
        for language in LANGUAGES:
            if names and language not in fields:
                other = next(iter(names.values()))[0]
                self.doc.warn(field.key, f'{what} has no name in "{language}"; it is called "{other}" there too.')
        return names

    def _spoken(self, node: Node) -> tuple[str, ...]:
        items, spoken = self.doc.items(node), list[str]()
        if len(items) > NAMES_MAX:
            self.doc.problem(node, f"These are {len(items)} names; give at most {NAMES_MAX}.")
        for item in items[:NAMES_MAX]:
            name = self._name(item)
            if name is not None and _folded(name) in map(_folded, spoken):
                self.doc.warn(item, f'The name "{name}" is there twice.')
            elif name is not None:
                spoken.append(name)
        return tuple(spoken)

    def _name(self, node: Node) -> str | None:
        given = self.doc.text(node, "A name")
        if given is None:
            return None
        name = " ".join(unicodedata.normalize("NFC", given).split())
        if not name or len(name) > NAME_CHARS_MAX:
            self.doc.problem(node, f"A name has 1 to {NAME_CHARS_MAX} characters.")
            return None
        strange = sorted({char for char in name if not _speakable(char)})
        if strange:
            found = " ".join(strange[:5])
            self.doc.problem(node, f"A name has letters, digits, spaces, - and ' only; take out {found}")
            return None
        return name

    def _keep_apart(self, names: Names, field: Field | None, what: str, place: str | None = None) -> None:
        """Note every name that something of the same sort and place goes by already."""
        if field is None:
            return
        called = {(language, _folded(name)) for language, spoken in names.items() for name in spoken}
        for language, name in sorted(called):
            key = f"{what} {language} {name}"
            rival = next((node for where, node in self._called.get(key, []) if _meet(where, place)), None)
            if rival is not None:
                lines = f"lines {line_of(rival)} and {line_of(field.key)}"
                advice = "Rename one, or give each a place of its own." if what == "thing" else "Rename one."
                self.doc.problem(field.key, f'Two {what}s are called "{name}" in "{language}" ({lines}). {advice}')
            self._called.setdefault(key, []).append((place or "", field.key))

    def _bad_id(self, node: Node, given: str) -> None:
        self.doc.problem(
            node, f'"{given[:40]}" cannot be an id. Use a-z, 0-9 and _, beginning with a letter, like floor_lamp.'
        )


def _folded(name: str) -> str:
    return name.casefold()


def _meet(where: str, place: str | None) -> bool:
    """Whether two things of one name cannot be told apart by their places."""
    return not where or not place or where == place


def _speakable(char: str) -> bool:
    return char in " -'’·" or unicodedata.category(char)[0] in "LMN"
