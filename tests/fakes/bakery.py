"""A bakery, a toy shop and a home: sentence files and names to be understood, in both languages."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from jingling.core.turn import Language
from jingling.language.base import Name

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
PACKAGED = (
    *("HassTurnOn", "HassTurnOff", "HassLightSet", "HassGetState", "HassSetPosition", "HassStartTimer"),
    *("HassClimateSetTemperature", "HassClimateGetTemperature", "HassMediaNext", "HassBroadcast"),
)

FILES = {
    ("home", "en"): "language: en\nintents: {}\n",
    ("home", "zh"): "language: zh\nintents: {}\n",
    ("bakery", "en"): """language: en
intents:
  bake:
    sentences:
      - "(bake|make) [me] <bread>"
    examples: ["bake me a large rye bread"]
  note:
    sentences: ["note [down] [that] {message}", "note {message} {datetime}"]
  wake:
    data:
      - sentences: ["wake me [up] {datetime}"]
        slots: {kind: alarm}
  shelf:
    sentences: ["what is on shelf {1..9:shelf}"]
  bag:
    sentences: ["(pack;{number} {bread};in a bag)"]
    examples: ["put the bread next to the {name}"]
lists:
  size: {values: [small, {in: "(big|large)", out: large}]}
  bread: {values: ["rye bread", "white bread", "[sweet] roll[s]"]}
  message: {wildcard: true}
expansion_rules:
  bread: "[a|an] [{size}] {bread}"
answers:
  bread: {sentences: ["<bread> [please]"]}
""",
    ("bakery", "zh"): """language: zh
intents:
  bake:
    sentences: ["烤[一个|一条][{size}]{bread}"]
  note:
    sentences: ["记下{message}"]
  wake:
    sentences: ["{datetime}叫醒我"]
  oven:
    sentences: ["把烤箱调到{temperature}", "烤箱开{duration}"]
lists:
  size: {values: [{in: "小[号]", out: small}, {in: "大[号]", out: large}]}
  bread: {values: [{in: "黑麦面包", out: rye bread}, {in: "白面包", out: white bread}]}
  message: {wildcard: true}
answers:
  bread: {sentences: ["[一个][{size}]{bread}"]}
""",
    ("toys", "en"): """language: en
intents:
  build:
    sentences: ["build [me] a {size} tower"]
lists:
  size: {values: [tiny, huge]}
""",
}

THINGS: dict[Language, list[tuple[str, str, str]]] = {
    "en": [
        ("ceiling lamp", "light", ""),
        ("Lamp 7", "light", ""),
        ("reading-light", "light", ""),
        ("bedroom curtain", "cover", "curtain"),
        ("front door", "lock", ""),
        ("air conditioner", "climate", ""),
    ],
    "zh": [
        ("吊灯", "light", ""),
        ("台灯7号", "light", ""),
        ("卧室窗帘", "cover", "curtain"),
        ("前门", "lock", ""),
        ("空调", "climate", ""),
    ],
}
AREAS: dict[Language, list[str]] = {"en": ["kitchen", "living room"], "zh": ["厨房", "客厅"]}


class HouseNames:
    """Names that can change."""

    def __init__(self) -> None:
        self.version = 1
        self.more: list[Name] = []
        self.foreign: list[Name] = []

    def names(self, language: Language) -> Sequence[Name]:
        things = [
            Name(text, text, "name", {"domain": domain, **({"device_class": kind} if kind else {})})
            for text, domain, kind in THINGS[language]
        ]
        more = self.foreign or self.more if language == "zh" else self.more
        return [*things, *(Name(text, text, "area") for text in AREAS[language]), *more]
