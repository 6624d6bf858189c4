from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from jingling.core.audio import AudioChunk
from jingling.core.clock import VirtualClock
from jingling.core.errors import BadInput, NotReady
from jingling.core.turn import Language
from jingling.speech.base import PLAIN, Manner
from jingling.speech.ranked_voice import RankedSynthesizer, RankedVoice
from jingling.speech.resting import REST_S

BOTH: frozenset[Language] = frozenset({"en", "zh"})


@dataclass
class FakeVoice:
    """Says each word of a text as a piece of sound; `fails_after` pieces with `problem`."""

    languages: frozenset[Language] = BOTH
    fails_after: int | None = None
    problem: Exception = field(default_factory=lambda: NotReady("gone"))
    asked: list[str] = field(default_factory=list)
    stopped: int = 0
    closed: bool = False

    async def speak(self, text: str, language: Language, manner: Manner = PLAIN) -> AsyncIterator[AudioChunk]:
        self.asked.append(text)
        try:
            for number, word in enumerate(text.split()):
                if number == self.fails_after:
                    raise self.problem
                yield AudioChunk(word.encode())
        finally:
            self.stopped += 1

    async def close(self) -> None:
        self.closed = True


def ranked(*voices: FakeVoice, clock: VirtualClock | None = None) -> RankedSynthesizer:
    return RankedSynthesizer(
        [RankedVoice("abc"[number], one) for number, one in enumerate(voices)], clock or VirtualClock()
    )


async def said(voice: RankedSynthesizer, text: str = "one two", language: Language = "en") -> str:
    return b" ".join([piece.pcm async for piece in voice.speak(text, language)]).decode()


async def test_the_first_speaks_and_the_next_when_it_fails() -> None:
    first, second = FakeVoice(), FakeVoice()
    voice = ranked(first, second)
    assert await said(voice) == "one two"
    assert second.asked == []
    first.fails_after = 0
    assert await said(voice) == "one two"
    assert second.asked == ["one two"]
    assert voice.ailing == {"a": "gone"}
    first.problem = OSError("broken pipe")
    assert await said(voice) == "one two"


async def test_nothing_is_said_twice_when_it_fails_in_the_middle() -> None:
    first, second = FakeVoice(fails_after=1), FakeVoice()
    with pytest.raises(NotReady):
        await said(ranked(first, second))
    assert second.asked == []


async def test_it_rests_after_three_failures_and_is_tried_again() -> None:
    clock = VirtualClock()
    first, second = FakeVoice(fails_after=0), FakeVoice()
    voice = ranked(first, second, clock=clock)
    for _ in range(5):
        await said(voice)
    assert len(first.asked) == 3
    await clock.advance(REST_S)
    first.fails_after = None
    await said(voice)
    assert len(first.asked) == 4
    assert voice.ailing == {}


async def test_a_voice_that_cannot_speak_all_of_it_gives_way() -> None:
    mandarin, english, both = FakeVoice(frozenset({"zh"})), FakeVoice(frozenset({"en"})), FakeVoice()
    voice = ranked(mandarin, english, both)
    assert voice.languages == BOTH
    await said(voice, "hello there", "en")
    await said(voice, "打开灯", "zh")
    await said(voice, "播放 Yesterday Once More", "zh")
    assert (mandarin.asked, english.asked) == (["打开灯"], ["hello there"])
    assert both.asked == ["播放 Yesterday Once More"]


async def test_all_that_fail_are_told_and_a_bad_text_is_nobodys_failure() -> None:
    first, second = FakeVoice(fails_after=0), FakeVoice(fails_after=0, problem=NotReady("second"))
    with pytest.raises(NotReady, match="second"):
        await said(ranked(first, second))
    first.problem = BadInput("too long")
    voice = ranked(first, second)
    with pytest.raises(BadInput):
        await said(voice)
    assert voice.ailing == {}


async def test_giving_up_stops_the_voice_at_once() -> None:
    first = FakeVoice()
    voice = ranked(first)
    sound = voice.speak("one two three", "en")
    await anext(sound)
    await sound.aclose()  # type: ignore[attr-defined]
    assert first.stopped == 1
    await voice.close()
    assert first.closed
