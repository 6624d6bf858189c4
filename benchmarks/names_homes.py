"""Homes of many names: things and rooms, songs and products, all made up from a seed."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from noise_homes import FixedNames, Languages, large_home, sentence_files

from jingling.core.turn import Language
from jingling.language.base import Name
from jingling.language.templates import SkillSentences

SHOP: Mapping[Language, str] = {
    "en": """language: en
intents:
  play: {sentences: ["play [me] [the song] {song}", "I want to hear {song}"]}
  buy: {sentences: ["(buy|order) [me] [some|a] {product}", "put {product} (in|into) [the|my] basket"]}
lists:
  song: {names: true}
  product: {names: true}
""",
    "zh": """language: zh
intents:
  play: {sentences: ["(播放|来一首|我想听)[歌曲]{song}"]}
  buy: {sentences: ["[帮我](买|订购)[一些|一个]{product}", "把{product}放进购物车"]}
lists:
  song: {names: true}
  product: {names: true}
""",
}
_MOODS: Mapping[Language, str] = {
    "en": "silver golden quiet broken frozen burning distant hollow gentle crooked velvet crimson wandering "
    "lonely electric sleepless",
    "zh": "银色 金色 安静 破碎 冰冻 燃烧 遥远 空心 温柔 弯曲 天鹅绒 深红 流浪 孤独 电光 无眠",
}
_THEMES: Mapping[Language, str] = {
    "en": "river morning garden highway summer letter mirror harbor winter island thunder shadow window mountain "
    "lantern ocean station forest meadow pilot",
    "zh": "河流 早晨 花园 公路 夏天 信件 镜子 港湾 冬天 小岛 雷声 影子 窗户 高山 灯笼 海洋 车站 森林 草地 飞行员",
}
_LINKS: Mapping[Language, Sequence[str]] = {"en": (" of the ", " and the "), "zh": ("的", "和")}
_SYLLABLES: Mapping[Language, str] = {
    "en": "ba co di fu ga hel jo ka lim mo nar pel qui ro sun ti ul ven wes zo",
    "zh": "东 西 南 北 春 夏 秋 冬 山 水 花 竹 松 梅 云 月 星 海 石 风",
}
_WARES: Mapping[Language, str] = {
    "en": "coffee,shampoo,oat milk,biscuits,batteries,green tea,tomato soup,dish soap,peanut butter,paper towels",
    "zh": "咖啡,洗发水,燕麦奶,饼干,电池,绿茶,番茄汤,洗洁精,花生酱,纸巾",
}


def home(count: int, seed: int) -> FixedNames:
    """So many names of a language: half of them things and rooms (at most 900), the rest songs and products."""
    names: dict[Language, Sequence[Name]] = {}
    things = large_home(min(count // 2, 900), seed)
    for language in Languages:
        own = things.names(language)
        songs = (count - len(own)) * 3 // 5
        names[language] = [
            *own,
            *(Name(text, text, "song") for text in _songs(language, songs, seed)),
            *(Name(text, text, "product") for text in _products(language, count - len(own) - songs, seed)),
        ]
    return FixedNames(names)


def one_more(language: Language, number: int) -> Name:
    """A lamp whose name nobody had before."""
    made = _made(language, random.Random(f"new {number}"))
    text = f"{made} lamp" if language == "en" else f"{made}灯"
    return Name(text, text, "name", {"domain": "light"})


def files(folder: Path) -> list[SkillSentences]:
    """All packaged skills, and one of songs and products that is written into `folder`."""
    shops = []
    for language, text in SHOP.items():
        path = folder / f"intents.{language}.yaml"
        path.write_text(text, encoding="utf-8")
        shops.append(SkillSentences("shop", language, path))
    return [*sentence_files(), *shops]


def _songs(language: Language, count: int, seed: int) -> list[str]:
    rng = random.Random(f"{seed}songs")
    gap = " " if language == "en" else ""
    moods, themes = _MOODS[language].split(), _THEMES[language].split()
    short = [f"{mood}{gap}{theme}" for mood in moods for theme in themes]
    long = [f"{one}{link}{theme}" for one in short for link in _LINKS[language] for theme in themes]
    rng.shuffle(short)
    rng.shuffle(long)
    return [*short[: count // 2], *long][:count]


def _products(language: Language, count: int, seed: int) -> list[str]:
    rng = random.Random(f"{seed}products")
    found: dict[str, None] = {}
    gap = " " if language == "en" else ""
    wares = _WARES[language].split(",")
    while len(found) < count:
        found[f"{_made(language, rng)}{gap}{rng.choice(wares)}"] = None
    return list(found)


def _made(language: Language, rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES[language].split(), k=rng.randint(2, 3)))
