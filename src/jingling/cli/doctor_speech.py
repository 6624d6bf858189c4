"""What `jingling doctor` tells of the ears, voices and wake phrases that the owner chose: each is really loaded."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import msgspec

from jingling.cli.report import Check
from jingling.core.errors import NotReady
from jingling.engines import BUILT_IN_EARS, BUILT_IN_VOICE, Engines, Preparable, load_engines
from jingling.settings import Settings, SpeechSettings

LOAD_S = 60.0
ADVICE = "`jingling models list` shows what there is; until then the next engine takes its place."
SILENT = SpeechSettings(wake_words=(), wake_phrases=(), recognizers=(BUILT_IN_EARS,), voices=(BUILT_IN_VOICE,))


def speech_checks(settings: Settings) -> Iterator[Check]:
    """One for each engine beyond the built-in ones."""
    speech = settings.speech
    if not speech.enabled:
        return
    for name in dict.fromkeys(speech.recognizers):
        if name != BUILT_IN_EARS:
            yield asyncio.run(_loaded(f"recogniser {name}", name, _only(settings, recognizers=(name,))))
    for name in dict.fromkeys(speech.voices):
        if name != BUILT_IN_VOICE:
            yield asyncio.run(_loaded(f"voice {name}", name, _only(settings, voices=(name,))))
    words = tuple(one for one in speech.wake_words if "://" in one)
    if speech.wake_phrases or words:
        yield asyncio.run(_waking(_only(settings, wake_words=("alexa", *words), wake_phrases=speech.wake_phrases)))


def _only(settings: Settings, **chosen: tuple[str, ...]) -> Settings:
    """All else is left out, so that each is judged alone."""
    return msgspec.structs.replace(settings, speech=msgspec.structs.replace(SILENT, **chosen))


async def _loaded(part: str, name: str, settings: Settings) -> Check:
    start = time.perf_counter()
    async with _engines(settings) as engines:
        if name in engines.left_out:
            return _wrong(part, next((one for one in engines.missing if name in one), "is not there"))
        try:
            async with asyncio.timeout(LOAD_S):
                await engines.prepare()
                if engines.ears is not None and part.startswith("recogniser"):
                    await engines.ears.recognizer.prepare(())
        except (NotReady, TimeoutError) as problem:
            return _wrong(part, str(problem) or f"is not loaded within {LOAD_S:g} s")
        if name in engines.ailing:
            return _wrong(part, engines.ailing[name])
    return Check(part, True, f"loaded in {time.perf_counter() - start:.1f} s", needed=False)


async def _waking(settings: Settings) -> Check:
    part = "wake phrases"
    async with _engines(settings) as engines:
        wrong = list(engines.missing)
        for one in engines.wakes:
            if not isinstance(one, Preparable):
                continue
            try:
                async with asyncio.timeout(LOAD_S):
                    unusable = await one.prepare()
            except (NotReady, TimeoutError) as problem:
                wrong.append(str(problem) or f"is not loaded within {LOAD_S:g} s")
            else:
                if isinstance(unusable, tuple) and unusable:
                    wrong.append(f"its model lacks sounds of {', '.join(unusable)}")
    return _wrong(part, "; ".join(wrong)) if wrong else Check(part, True, "are listened for", needed=False)


@asynccontextmanager
async def _engines(settings: Settings) -> AsyncIterator[Engines]:
    engines = load_engines(settings)
    try:
        yield engines
    finally:
        await engines.close()


def _wrong(part: str, detail: str) -> Check:
    return Check(part, False, detail, ADVICE, needed=False)
