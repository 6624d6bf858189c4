import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fakes.tiny_models import pieces_model, silence, streaming_model, tone
from jingling.core.audio import AudioChunk
from jingling.core.errors import NotReady
from jingling.speech.any_wake import AnyWakeDetector
from jingling.speech.base import Detection, WakeDetector
from jingling.speech.engines.sherpa_phrases import read_tokens, tokens_of
from jingling.speech.engines.sherpa_process import SherpaModel
from jingling.speech.engines.sherpa_wake import SherpaKeywords, by_language, threshold

PINYIN = frozenset(
    ["n", "ǐ", "h", "ǎo", "x", "iǎo", "ài", "t", "óng", "x", "ué", "j", "īng", "l", "íng", "zh", "ī", "m"]
)
CALL = silence(0.3) + tone(300, 0.4) + tone(3_000, 0.4) + silence(0.5)
OTHER = silence(0.3) + tone(3_000, 0.4) + tone(300, 0.4) + silence(0.5)


@pytest.fixture
async def keywords(tmp_path: Path) -> AsyncIterator[SherpaKeywords]:
    parts = streaming_model(tmp_path, "▁HELLO", "▁THERE")
    model = SherpaModel(
        "own",
        "keywords",
        frozenset({"en"}),
        {role: tmp_path / path for role, path in parts.items()},
        {"units": "pieces"},
    )
    made = SherpaKeywords(model, ["hello there", "good bye"])
    assert await made.prepare() == ("good bye",)
    yield made
    await made.close()


async def found(detector: WakeDetector, pcm: bytes) -> list[Detection]:
    heard: list[Detection] = []
    for start in range(0, len(pcm), 1_920):
        heard += detector.process(AudioChunk(pcm[start : start + 1_920]))
        await asyncio.sleep(0.001)
    for _ in range(100):
        heard += detector.process(AudioChunk(b""))
        await asyncio.sleep(0.005)
        if heard:
            break
    return heard


async def test_an_own_phrase_wakes_and_others_do_not(keywords: SherpaKeywords) -> None:
    detector = keywords.detector()
    assert await found(detector, OTHER) == []
    detector.reset()
    heard = await found(detector, CALL)
    assert [one.word for one in heard] == ["hello there"]
    assert 0.7 < heard[0].at_s <= 1.6


async def test_each_stream_is_heard_apart(keywords: SherpaKeywords) -> None:
    one, other = keywords.detector(), keywords.detector()
    heard = await asyncio.gather(found(one, CALL), found(other, OTHER))
    assert [len(each) for each in heard] == [1, 0]


async def test_what_was_said_before_a_reset_does_not_count(keywords: SherpaKeywords) -> None:
    detector = keywords.detector()
    await found(detector, silence(0.3) + tone(300, 0.4))
    detector.reset()
    assert await found(detector, tone(3_000, 0.4) + silence(0.5)) == []


async def test_a_process_that_dies_is_started_again(keywords: SherpaKeywords) -> None:
    before = keywords.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    detector = keywords.detector()
    detector.process(AudioChunk(silence(0.2)))
    async with asyncio.timeout(10):
        while keywords.pid in (None, before):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await keywords.prepare()
    assert len(await found(detector, CALL)) == 1


async def test_phrases_that_nobody_can_say_are_not_ready(tmp_path: Path) -> None:
    parts = {role: tmp_path / path for role, path in streaming_model(tmp_path).items()}
    model = SherpaModel("own", "keywords", frozenset({"en"}), parts, {"units": "pieces"})
    keywords = SherpaKeywords(model, ["good bye"])
    with pytest.raises(NotReady, match="none of the phrases"):
        await keywords.prepare()
    assert keywords.detector().process(AudioChunk(silence(1))) == []
    await keywords.close()


def test_mandarin_phrases_become_initials_and_finals() -> None:
    assert tokens_of("你好小爱", "pinyin", PINYIN, None) == ["n", "ǐ", "h", "ǎo", "x", "iǎo", "ài"]
    assert tokens_of("精灵，精灵！", "pinyin", PINYIN, None) == ["j", "īng", "l", "íng"] * 2
    assert tokens_of("你好吧", "pinyin", PINYIN, None) is None
    assert tokens_of("hello", "pinyin", PINYIN, None) is None
    assert tokens_of("", "pinyin", PINYIN, None) is None
    assert tokens_of("你好", "letters", {"你", "好"}, None) == ["你", "好"]


def test_english_phrases_become_pieces(tmp_path: Path) -> None:
    table = read_tokens("<blk> 0\n▁HE 1\nLL 2\nO 3\n▁ 4\n▁HELLO 5\nT 6\n'S 7\n▁IT 8\n\n")
    assert tokens_of("Hello!", "pieces", table, None) == ["▁HELLO"]
    assert tokens_of("it’s", "pieces", table, None) == ["▁IT", "'S"]
    assert tokens_of("zebra", "pieces", table, None) is None
    assert tokens_of("hey jane", "pieces", {"hey": 1}, lambda text: text.split()) is None
    assert tokens_of("HELLO", "pieces", {"▁hello"}, None) == ["▁hello"]


async def test_the_models_own_pieces_are_used(tmp_path: Path) -> None:
    parts = streaming_model(tmp_path, "▁HELLO", "▁THERE")
    parts["pieces"] = pieces_model(tmp_path, ["HELLO THERE", "HELLO HELLO", "THERE THERE", "OVER THERE"])
    paths = {role: tmp_path / path for role, path in parts.items()}
    keywords = SherpaKeywords(
        SherpaModel("own", "keywords", frozenset({"en"}), paths, {"units": "pieces"}), ["hello there"]
    )
    try:
        assert await keywords.prepare() == ()
    finally:
        await keywords.close()


def test_sensitivity_lowers_what_must_be_passed() -> None:
    assert [threshold(one) for one in (0, 0.5, 1, 7)] == [0.7, 0.25, 0.05, 0.05]


def test_phrases_go_to_the_model_of_their_language() -> None:
    assert by_language(["你好精灵", "hey genie", "小G小G"]) == {"zh": ["你好精灵", "小G小G"], "en": ["hey genie"]}


def test_any_of_several_detectors_wakes() -> None:
    class Fake:
        def __init__(self, word: str, every: int) -> None:
            self.words = (word,)
            self.every = every
            self.heard = 0

        def process(self, chunk: AudioChunk) -> list[Detection]:
            self.heard += 1
            return [Detection(self.words[0], self.heard)] if self.heard % self.every == 0 else []

        def reset(self) -> None:
            self.heard = 0

    both = AnyWakeDetector([Fake("a", 2), Fake("b", 3)])
    assert both.words == ("a", "b")
    heard = [[one.word for one in both.process(AudioChunk(b""))] for _ in range(6)]
    assert heard == [[], ["a"], ["b"], ["a"], [], ["a", "b"]]
    both.reset()
    assert both.process(AudioChunk(b"")) == []
