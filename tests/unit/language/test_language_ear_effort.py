"""Whatever is heard, and however many names there are: guessing takes no more than its share of time."""

import random
import time
from collections.abc import Iterator, Sequence

import pytest

from fakes.bakery import NOW
from jingling.core.turn import Language, Utterance
from jingling.language.base import Context, Name
from jingling.language.ear.pinyin import said
from jingling.language.ear.sounds import readings
from jingling.language.matcher import TemplateUnderstander

SECONDS_MAX = 0.05
"""Of one thread's own work, the best of two."""
NAMES = 2_000
SYLLABLES: dict[Language, str] = {
    "en": "ba co di fu ga hel jo ka lim mo nar oak pel qui ro sun ti ul ven wes",
    "zh": "东 西 南 北 春 夏 秋 冬 山 水 花 竹 松 梅 云 月 星 海 石 风",
}
THINGS: dict[Language, str] = {"en": " lamp, fan, heater, gate", "zh": "台灯,风扇,窗帘,音箱"}
NASTY: dict[Language, tuple[str, ...]] = {
    "en": ("and", "home", "five", "turn on the", "no wait i mean", "tern", "five seven tree ate", "um the", "a"),
    "zh": ("一", "的", "月", "五二是四十就", "不对我说关", "打开", "等灯东冬", "定时分钟", "三十"),
}


class ManyNames:
    """Implements `Names`: names of few sounds, each near to many others."""

    version = 1

    def names(self, language: Language) -> Sequence[Name]:
        chance = random.Random(7)
        syllables, things = SYLLABLES[language].split(), THINGS[language].split(",")
        texts = {"".join(chance.choices(syllables, k=3)) + chance.choice(things) for _ in range(NAMES)}
        return [Name(text, text, "name", {"domain": "light"}) for text in sorted(texts)]


@pytest.fixture(scope="module")
def crowded(files: list, cache: object) -> TemplateUnderstander:  # type: ignore[type-arg]
    understander = TemplateUnderstander(files, ManyNames(), cache)  # type: ignore[arg-type]
    understander.warm()
    return understander


def nasty(language: Language, words: Sequence[str], chance: random.Random) -> Iterator[str]:
    gap = " " if language == "en" else ""
    for length in (12, 32):
        for part in NASTY[language]:
            yield gap.join([part] * (length // len(part.split() if gap else part)))
        yield gap.join(chance.choice(words) for _ in range(length))
        yield gap.join(misheard(chance.choice(words), language, chance) for _ in range(length))
        yield "".join(chr(chance.randrange(32, 0x9FFF)) for _ in range(4 * length))
        yield bytes(chance.randrange(256) for _ in range(6 * length)).decode(errors="replace")


def misheard(word: str, language: Language, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    other = "aeioutsn" if language == "en" else SYLLABLES["zh"].replace(" ", "")
    return word[:at] + chance.choice(other) + word[at + 1 :]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_takes_long(crowded: TemplateUnderstander, language: Language) -> None:
    chance = random.Random(3)
    names = [part for name in ManyNames().names(language)[:200] for part in name.text.split()]
    words = [*sorted(crowded.vocabulary(language)), *names]
    texts = list(nasty(language, words, chance))
    for text in texts:
        others = tuple(chance.choices(texts, k=4))
        heard = Utterance(text, language, alternatives=others)
        assert any(spent(crowded, heard) < SECONDS_MAX for _ in range(2)), text


def spent(understander: TemplateUnderstander, heard: Utterance) -> float:
    begun = time.thread_time()
    understander.understand(heard, Context(NOW))
    return time.thread_time() - begun


def test_who_is_warm_takes_in_no_names_at_the_first_request(crowded: TemplateUnderstander) -> None:
    name = ManyNames().names("en")[0].text
    assert spent(crowded, Utterance(f"turn on {name}", "en")) < SECONDS_MAX
    found = crowded.understand(Utterance(f"turn on {name}", "en"), Context(NOW))
    assert found.intent is not None and found.intent.slots == {"name": name}


def test_characters_are_read_as_the_table_has_them() -> None:
    assert said("中") == ["zhong1", "zhong4"]
    assert said("绿")[0] == "lv4"
    assert said("吗")[0][:2] == "ma"
    assert said("A") == said("😀") == []
    assert readings("灯")[0] == ("d", "eng", 1)
