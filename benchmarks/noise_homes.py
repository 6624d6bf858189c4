"""The homes and sentence files that noise is measured with."""

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

from jingling.core.turn import Language
from jingling.home.file import load_home
from jingling.home.names import names_of
from jingling.language.base import Name
from jingling.language.templates import SkillSentences

_ROOT = Path(__file__).parent.parent
_ROOMS: dict[Language, str] = {
    "en": "hallway pantry attic cellar garage nursery library workshop sauna terrace laundry gallery lobby parlor "
    "den conservatory porch loft closet playroom",
    "zh": "走廊 储藏室 阁楼 地下室 车库 儿童房 图书室 工作间 桑拿房 露台 洗衣房 "
    "画廊 门厅 茶室 衣帽间 阳光房 门廊 健身房 餐厅 游戏室",
}
_SIDES: dict[Language, str] = {"en": "north south east west upper lower", "zh": "北 南 东 西 楼上 楼下"}
_THINGS: dict[Language, dict[str, str]] = {
    "en": {
        "light": "ceiling lamp,wall lamp,desk lamp,spotlight",
        "fan": "ventilator",
        "cover": "roller blind",
        "switch": "radio plug,heater plug",
    },
    "zh": {"light": "顶灯,壁灯,台灯,射灯", "fan": "风扇", "cover": "卷帘", "switch": "收音机插座,电暖插座"},
}


def sentence_files() -> list[SkillSentences]:
    found = []
    for manifest in sorted((_ROOT / "src/jingling/skills").glob("*/skill.toml")):
        skill = tomllib.loads(manifest.read_text(encoding="utf-8"))
        taken = (tuple(skill.get("packaged", ())), tuple(skill.get("typed", ())))
        for language in Languages:
            path = manifest.with_name(f"intents.{language}.yaml")
            found.append(SkillSentences(skill["name"], language, path, *taken))
    return found


Languages: tuple[Language, ...] = ("en", "zh")


class FixedNames:
    """Implements `Names` with names that change only when told so."""

    def __init__(self, by_language: dict[Language, Sequence[Name]]) -> None:
        self.version = 1
        self._by_language = by_language

    def names(self, language: Language) -> Sequence[Name]:
        return self._by_language[language]

    def take(self, language: Language, names: Sequence[Name]) -> None:
        self._by_language = {**self._by_language, language: names}
        self.version += 1


def demo_home() -> FixedNames:
    home = load_home(_ROOT / "examples/home.yaml").home
    return FixedNames(
        {
            language: [Name(one.text, one.value, one.kind, one.context) for one in names_of(home, language)]
            for language in Languages
        }
    )


def large_home(names: int, seed: int) -> FixedNames:
    """So many names, of rooms on all sides and of what stands in them."""
    return FixedNames({language: _large(language, names, seed) for language in Languages})


def _large(language: Language, count: int, seed: int) -> list[Name]:
    space = " " if language == "en" else ""
    areas = [f"{side}{space}{room}" for side in _SIDES[language].split() for room in _ROOMS[language].split()]
    things = [
        Name(f"{area}{space}{thing}", f"{area}{space}{thing}", "name", {"domain": domain, "area": area})
        for area in areas
        for domain, texts in _THINGS[language].items()
        for thing in texts.split(",")
    ]
    random.Random(seed).shuffle(things)
    return [*(Name(area, area, "area") for area in areas), *things][:count]
