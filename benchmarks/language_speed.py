"""How fast a sentence is understood as a home grows: 10, 1,000 and 10,000 names, in both languages.

The same packaged sentences, names and texts go to hassil's `recognize_best` in the same run; it gets fewer texts
where all would take minutes (the table says how many). Times are of one thread's own work, the best of three rounds
for each text (one round for hassil). Names and texts are made up from a seed; a tenth of the texts mean nothing.
"""

import argparse
import gc
import random
import tempfile
import time
import tracemalloc
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
from noise_homes import FixedNames, sentence_files
from ohf_intents import Hassil, Ours, quantile, timed
from ohf_sentences import packaged, spoken
from report import save, table

from jingling.core.turn import Language, Utterance
from jingling.language.base import Context, Name
from jingling.language.matcher import TemplateUnderstander
from jingling.language.matching.names import NameIndex
from jingling.language.matching.tongue import Tongue

SEED = 11
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SIZES = (10, 1_000, 10_000)
TEXTS = 400
HASSIL_TEXTS = {10: 400, 1_000: 200, 10_000: 40}
PACKAGE: Mapping[Language, str] = {"en": "en", "zh": "zh-CN"}
KINDS = ("light", "switch", "fan", "cover", "lock", "climate", "media_player", "sensor")
PARTS: Mapping[Language, tuple[str, str]] = {
    "en": ("ba co di fu ga hel jo ka lim mo nar oak pel qui ro sun ti ul ven wes", "lamp fan curtain heater gate"),
    "zh": ("东 西 南 北 春 夏 秋 冬 山 水 花 竹 松 梅 云 月 星 海 石 风", "台灯 风扇 窗帘 取暖器 音箱 百叶窗 灯带"),
}
WISHES: Mapping[Language, tuple[str, ...]] = {
    "en": (
        *("turn on the {}", "turn off {}", "set {} to 40 percent", "is the {} on", "what is the state of {}"),
        *("turn on the lights in the {}", "set a timer for twenty five minutes", "switch {} off please"),
        *("add oat milk to my shopping list", "tell me a tale about the {} and the sea"),
    ),
    "zh": (
        *("打开{}", "关闭{}", "把{}调到百分之四十", "{}开着吗", "{}是什么状态", "打开{}的灯"),
        *("设置一个二十五分钟的计时器", "请把{}关掉", "把燕麦奶加到购物清单", "给我讲一个{}和大海的故事"),
    ),
}


def made_names(language: Language, count: int) -> list[Name]:
    """Things and, one in twenty, places; every name is another."""
    rng = random.Random(f"{SEED}{language}{count}")
    syllables, things = (words.split() for words in PARTS[language])
    texts: dict[str, None] = {}
    while len(texts) < count:
        word = "".join(rng.choice(syllables) for _ in range(rng.randint(2, 3)))
        gap = " " if language == "en" else ""
        texts[f"{word}{gap}{rng.choice(things)}" if len(texts) % 20 else word] = None
    return [
        Name(text, text, "name", {"domain": rng.choice(KINDS)}) if number % 20 else Name(text, text, "area")
        for number, text in enumerate(texts)
    ]


def made_texts(language: Language, names: Sequence[Name], count: int) -> list[str]:
    rng = random.Random(f"{SEED}{language}")
    return [rng.choice(WISHES[language]).format(rng.choice(names).text) for _ in range(count)]


def changes(index: NameIndex, language: Language, names: Sequence[Name]) -> dict[str, float]:
    """Milliseconds to add, rename and remove one of many names; each time all are given anew, and compared."""
    middle = len(names) // 2
    more = [*names[:middle], Name("brass owl", "brass owl", "name", {"domain": "light"}), *names[middle:]]
    renamed = [msgspec.structs.replace(name, text="tin owl") if name.text == "brass owl" else name for name in more]
    taken = {}
    for step, after in {"add": more, "rename": renamed, "remove": names}.items():
        given = copies(after)
        taken[step] = round(timed(partial(index.replace, language, given)) * 1000, 3)
    return taken


def copies(names: Sequence[Name]) -> list[Name]:
    """The same names as a home makes them anew: equal, but other objects."""
    return [Name(name.text, name.value, name.kind, dict(name.context)) for name in names]


def speed(reader: Ours | Hassil, texts: Sequence[str], rounds: int) -> dict[str, Any]:
    first = [timed(lambda text=text: reader(text, "(here)")) for text in texts]  # type: ignore[misc]
    seconds = [
        min([once, *(timed(lambda text=text: reader(text, "(here)")) for _ in range(rounds - 1))])  # type: ignore[misc]
        for text, once in zip(texts, first, strict=True)
    ]
    return {
        "texts": len(texts),
        "understood": sum(bool(reader(text, "(here)")[0]) for text in texts[:40]) / min(40, len(texts)),
        "first_ms": round(first[0] * 1000, 4),
        "first_p99_ms": round(quantile(first, 0.99), 4),
        "median_ms": round(median(seconds) * 1000, 4),
        "p99_ms": round(quantile(seconds, 0.99), 4),
    }


def compiling(content: Mapping[str, Any], language: str) -> dict[str, float]:
    """Seconds of this thread to compile and to load what was compiled; its size on disk and in memory."""
    sentences = spoken(content, language)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        compiled = timed(lambda: Tongue(sentences, NameIndex(), cache))
        loaded = min(timed(lambda: Tongue(sentences, NameIndex(), cache)) for _ in range(5))
        size = sum(file.stat().st_size for file in cache.iterdir())
        tracemalloc.start()
        tongue = Tongue(sentences, NameIndex(), cache)
        memory = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
    return {
        "states": len(tongue.automaton.words),
        "compile_s": round(compiled, 4),
        "load_s": round(loaded, 4),
        "cache_kb": round(size / 1024, 1),
        "memory_mb": round(memory / 1e6, 2),
    }


def names_memory(language: Language, names: Sequence[Name]) -> float:
    """Megabytes of the index, without the names themselves."""
    tracemalloc.start()
    index = NameIndex()
    index.replace(language, names)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return round(used / 1e6, 2)


def guessing(language: Language, names: Sequence[Name], texts: Sequence[str]) -> dict[str, float]:
    """The whole understander, with ear and skills, on texts with one letter misheard; each of them once."""
    understander = TemplateUnderstander(sentence_files(), FixedNames({"en": (), "zh": (), language: names}))
    understander.warm()
    gc.freeze()
    chance = random.Random(f"{SEED}{language}")
    said = [Utterance(slipped(text, chance), language) for text in texts]
    seconds = [timed(partial(understander.understand, utterance, Context(NOW))) for utterance in said]
    return {"median_ms": round(median(seconds) * 1000, 3), "p99_ms": round(quantile(seconds, 0.99), 3)}


def slipped(text: str, chance: random.Random) -> str:
    """`text` with one of its letters put in place of another."""
    at = chance.choice([at for at, char in enumerate(text) if char.isalpha()])
    return text[:at] + chance.choice([char for char in text if char.isalpha()]) + text[at + 1 :]


def measured(language: Language) -> dict[str, Any]:
    code = PACKAGE[language]
    content = packaged(code)
    ours, peer = Ours(content, code), Hassil(content, code)
    found: dict[str, Any] = {"compiling": compiling(content, code), "names": {}}
    for size in SIZES:
        names = made_names(language, size)
        texts = made_texts(language, names, TEXTS)
        begun = time.perf_counter()
        ours.live_in(names)
        taken = time.perf_counter() - begun
        peer.live_in(names)
        found["names"][size] = {
            "ours": speed(ours, texts, 3),
            "guessing": guessing(language, names, texts),
            "hassil": speed(peer, texts[: HASSIL_TEXTS[size]], 1),
            "take_all_ms": round(taken * 1000, 1),
            "memory_mb": names_memory(language, names),
            **changes(ours.index, language, names),
        }
    return found


def show(found: Mapping[str, Any]) -> None:
    rows = []
    for language, one in found.items():
        for size, at in one["names"].items():
            ours, peer = at["ours"], at["hassil"]
            rows.append(
                (
                    f"{language} {size:,} names",
                    *(f"{ours[key]:.3f}" for key in ("median_ms", "p99_ms", "first_p99_ms")),
                    *(f"{peer[key]:.2f}" for key in ("median_ms", "p99_ms")),
                    str(peer["texts"]),
                    *(f"{peer[key] / ours[key]:.0f}x" for key in ("median_ms", "p99_ms")),
                )
            )
    head = ("milliseconds a text", "median", "p99", "p99 cold", "hassil", "its p99", "its texts", "median", "p99")
    print(table(head, rows))
    print()
    rows = [
        (
            f"{language} {size:,} names",
            *(f"{at[key]:.2f}" for key in ("add", "rename", "remove", "take_all_ms", "memory_mb")),
        )
        for language, one in found.items()
        for size, at in one["names"].items()
    ]
    print(table(("a name, in ms", "add", "rename", "remove", "take all", "index MB"), rows))
    print()
    rows = [
        (f"{language} {size:,} names", *(f"{at['guessing'][key]:.2f}" for key in ("median_ms", "p99_ms")))
        for language, one in found.items()
        for size, at in one["names"].items()
    ]
    print(table(("one letter misheard, in ms", "median", "p99"), rows))
    print()
    rows = [(language, *(str(value) for value in one["compiling"].values())) for language, one in found.items()]
    print(table(("sentences", *next(iter(found.values()))["compiling"]), rows))


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    found = {language: measured(language) for language in PACKAGE}
    show(found)
    save("language_speed", found)


if __name__ == "__main__":
    main()
