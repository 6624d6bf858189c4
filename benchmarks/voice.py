"""How soon the embedded voice sounds, and how soon it is silent.

    python benchmarks/voice.py [--rounds 20] [--browser 20]

First sound: from the call of `speak` to the first chunk with sound in the hub, for texts of 1 to 40 words in both
languages. The peers, in the same run: the same engine asked for the whole text, and a process of its own for each
text (the command espeak-ng where it is installed, else its library in a bare Python). `--browser N` taps N times on
"stop" while an answer is spoken in a real Chromium, and listens at the page's end.
"""

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from report import save, table

from jingling.core.audio import AudioChunk
from jingling.core.turn import Language
from jingling.speech.engines.espeak import EspeakSynthesizer

SEED = 4
WORDS = (1, 3, 8, 20, 40)
SOUND = 96
TESTS = Path(__file__).parents[1] / "tests"
VOCABULARY: dict[Language, list[str]] = {
    "en": ["the", "kitchen", "light", "is", "on", "and", "twenty", "degrees", "warm", "outside", "it", "$12.50"],
    "zh": ["厨房", "的", "灯", "开了", "外面", "二十度", "正在", "下雨", "门", "已经", "锁好", "¥12.50", "7:30"],
}  # fmt: skip
PROCESS = """
import ctypes, sys, espeakng_loader
library = ctypes.CDLL(espeakng_loader.get_library_path())
library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
write = sys.stdout.buffer.write
sound = kind(lambda samples, count, events: write(ctypes.string_at(samples, 2 * max(0, count))) * 0)
library.espeak_SetSynthCallback(sound)
library.espeak_SetVoiceByName(sys.argv[1].encode())
text = sys.argv[2].encode()
library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 1, 0, 4097, None, None)
"""


def text_of(words: int, language: Language, random: Random) -> str:
    """Made-up sentences of so many words, nine at most in each."""
    chosen = random.choices(VOCABULARY[language], k=words)
    gap, stop = ("", "。") if language == "zh" else (" ", ". ")
    return stop.join(gap.join(chosen[at : at + 9]) for at in range(0, words, 9)) + stop


def share(values: list[float], part: float) -> float:
    """The value that this part of all lies at or below."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 2)


def sounds(chunk: AudioChunk) -> bool:
    return bool(np.abs(np.frombuffer(chunk.pcm, "<i2").astype(int)).max(initial=0) > SOUND)


async def first_ms(audio: AsyncIterator[AudioChunk], begun: float) -> tuple[float, float]:
    """Milliseconds to the first sound and to the end of the synthesis."""
    first = 0.0
    async for chunk in audio:
        if not first and sounds(chunk):
            first = (time.perf_counter() - begun) * 1000
    return first, (time.perf_counter() - begun) * 1000


def process_ms(text: str, language: Language) -> float:
    """A process that speaks the whole text: nothing can be played before it is parsed by its listener."""
    voice = {"en": "en-us", "zh": "cmn"}[language]
    command = shutil.which("espeak-ng")
    call = [command, "--stdout", "-v", voice, text] if command else [sys.executable, "-c", PROCESS, voice, text]
    begun = time.perf_counter()
    done = subprocess.run(call, check=True, capture_output=True)
    assert done.stdout
    return (time.perf_counter() - begun) * 1000


async def synthesis(rounds: int) -> list[dict[str, Any]]:
    voice, random, rows = EspeakSynthesizer(), Random(SEED), []
    await voice.prepare()
    for language in ("en", "zh"):
        for words in WORDS:
            firsts, wholes, processes = [], [], []
            for turn in range(rounds):
                text = text_of(words, language, random)
                begun = time.perf_counter()
                first, whole = await first_ms(voice.speak(text, language), begun)
                firsts.append(first)
                wholes.append(whole)
                if turn < 5:
                    processes.append(process_ms(text, language))
            rows.append(
                {
                    "language": language, "words": words,
                    "first_p50_ms": share(firsts, 0.5), "first_p95_ms": share(firsts, 0.95),
                    "whole_p50_ms": share(wholes, 0.5), "process_p50_ms": share(processes, 0.5),
                }
            )  # fmt: skip
    await voice.close()
    return rows


def in_the_browser(taps: int) -> dict[str, Any]:
    """From a tap to the last sound, and from the first frame to the first sound, at the page's AudioContext."""
    sys.path[:0] = [str(TESTS), str(TESTS / "end_to_end")]
    from screen_page import Screen, chromium
    from screen_silence import first_sound_ms, forget, is_sounding, listen, silence_after_tap_ms

    from fakes.running_hub import RunningHub

    begun: list[float] = []
    ended: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        RunningHub(Path(folder)) as hub,
        chromium("--autoplay-policy=no-user-gesture-required") as browser,
    ):
        screen = Screen(browser.new_page(viewport={"width": 1024, "height": 600}))
        listen(screen)
        screen.open(hub.url)
        for _ in range(taps):
            forget(screen)
            screen.say("what can you do")
            screen.until(lambda: is_sounding(screen), "sound")
            begun.append(first_sound_ms(screen))
            screen.page.locator("jingling-dock").get_by_test_id("stop").click()
            ended.append(silence_after_tap_ms(screen))
    figures = {"first_sound": begun, "tap_to_silence": ended}
    return {
        f"{name}_{at}_ms": share(values, part)
        for name, values in figures.items()
        for at, part in (("p50", 0.5), ("p95", 0.95))
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--browser", type=int, default=0)
    given = asked.parse_args()
    rows = asyncio.run(synthesis(given.rounds))
    print(table(list(rows[0]), [[str(value) for value in row.values()] for row in rows]))
    measured: dict[str, Any] = {"seed": SEED, "peer": shutil.which("espeak-ng") or "library", "synthesis": rows}
    if given.browser:
        measured["browser"] = in_the_browser(given.browser)
        print(table(["in the browser", "ms"], [[name, str(ms)] for name, ms in measured["browser"].items()]))
    save("voice", measured)


if __name__ == "__main__":
    main()
