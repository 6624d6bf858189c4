"""What voices in worker processes share: sound let through as it is made, a slow listener holding up nobody."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.core.turn import Language
from jingling.speech.base import Manner
from jingling.speech.engines.frames import Message
from jingling.speech.spoken import runs

TEXT_CHARS_MAX = 4_000
USUAL_WORDS = 170
"""Words a minute at which a neural voice speaks as it was trained."""
QUIET_SHARE = 0.5


def said(text: str, language: Language) -> str:
    """`text` as it is spoken. Raises BadInput beyond TEXT_CHARS_MAX."""
    if len(text) > TEXT_CHARS_MAX:
        raise BadInput(f"A text to speak has at most {TEXT_CHARS_MAX} characters, this has {len(text)}.")
    return " ".join(run.text for run in runs(text, language))


def speed(rate: int, manner: Manner) -> float:
    """1 is as it was trained; from the owner's words a minute."""
    return min(max(rate / USUAL_WORDS * manner.rate, 0.5), 2.0)


def gain(volume: int, manner: Manner) -> float:
    """The share of full loudness; from the owner's 0 to 100."""
    return min(max(volume / 100 * manner.volume * (QUIET_SHARE if manner.quiet else 1.0), 0.0), 1.0)


async def sound(answers: AsyncIterator[Message]) -> AsyncGenerator[AudioChunk, None]:
    """The pieces of sound in `answers`, taken as fast as they come. Closing it closes `answers`."""
    pieces: asyncio.Queue[AudioChunk | None] = asyncio.Queue()

    async def pump() -> None:
        try:
            async for answer in answers:
                if pcm := answer.get("pcm"):
                    pieces.put_nowait(AudioChunk(pcm, answer["rate_hz"]))
        finally:
            pieces.put_nowait(None)

    task = asyncio.create_task(pump())
    try:
        while (piece := await pieces.get()) is not None:
            yield piece
        await task
    finally:
        task.cancel()
