import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Recognition
from jingling.speech.knowing_recognizer import KnowingRecognizer
from jingling.speech.speakers import Speakers, dumped, loaded
from jingling.speech.whole import WholeUtterance

ANNA, BEN = (1.0, 0.1, 0.0), (0.0, 0.1, 1.0)
BOTH = Speakers().with_sample("anna", ANNA).with_sample("ben", BEN)


@pytest.mark.parametrize(
    ("voice", "who"),
    [
        ((1.0, 0.0, 0.1), "anna"),
        ((0.1, 0.0, 4.0), "ben"),
        ((0.5, 0.0, 0.5), None),
        ((0.0, 1.0, 0.0), None),
        ((-1.0, 0.0, 0.0), None),
        ((0.0, 0.0, 0.0), None),
        ((float("nan"), 0.0, 0.0), None),
        ((1.0, 0.0), None),
    ],
)
def test_a_voice_is_known_when_it_is_like_one_person_alone(voice: tuple[float, ...], who: str | None) -> None:
    assert BOTH.who(voice) == who


def test_nobody_is_known_at_first_and_none_when_forgotten() -> None:
    assert Speakers().who(ANNA) is None
    assert BOTH.without("anna").who(ANNA) is None
    assert BOTH.who(ANNA) == "anna"


def test_more_samples_move_the_mean_a_little() -> None:
    wavering = Speakers().with_sample("anna", ANNA)
    for _ in range(9):
        wavering = wavering.with_sample("anna", ANNA)
    moved = wavering.with_sample("anna", (0.0, 5.0, 0.0))
    assert moved.known["anna"].samples == 11
    assert moved.who(ANNA) == "anna"
    assert sum(one * one for one in moved.known["anna"].centroid) == pytest.approx(1)


def test_embeddings_of_another_model_are_refused() -> None:
    with pytest.raises(BadInput, match="another model"):
        BOTH.with_sample("cleo", (1.0, 0.0))
    with pytest.raises(BadInput, match="no voice"):
        BOTH.with_sample("cleo", (0.0, 0.0, 0.0))


def test_they_are_kept_and_read_again() -> None:
    assert loaded(dumped(BOTH)) == BOTH
    with pytest.raises(BadInput, match="learn them anew"):
        loaded(b"{")


@dataclass
class FakeEars:
    languages: frozenset[Language] = frozenset({"en"})
    closed: bool = False
    said: str = "hello"

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        return WholeUtterance(lambda audio: self.recognize(audio, grammars), 10)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        return Utterance(self.said, "en") if self.said else None

    async def prepare(self, grammars: Sequence[Grammar]) -> None: ...

    async def close(self) -> None:
        self.closed = True


@dataclass
class FakeKnower:
    vector: tuple[float, ...] = ANNA
    problem: Exception | None = None
    slow: bool = False
    heard: list[bytes] = field(default_factory=list)
    closed: bool = False

    async def embed(self, audio: AudioChunk) -> tuple[float, ...]:
        self.heard.append(audio.pcm)
        if self.slow:
            await asyncio.Event().wait()
        if self.problem:
            raise self.problem
        return self.vector

    async def close(self) -> None:
        self.closed = True


async def test_an_utterance_says_who_spoke() -> None:
    ears, knower = FakeEars(), FakeKnower()
    recognizer = KnowingRecognizer(ears, knower, BOTH)
    said = await recognizer.recognize(AudioChunk(bytes(3_200)), [])
    assert said == Utterance("hello", "en", speaker_id="anna")
    assert knower.heard == [bytes(3_200)]
    await recognizer.close()
    assert ears.closed
    assert knower.closed


@pytest.mark.parametrize("trouble", ["unknown", "failing", "slow"])
async def test_not_knowing_the_voice_loses_no_word(trouble: str) -> None:
    knower = FakeKnower(
        vector=(0.0, 1.0, 0.0),
        problem=NotReady("gone") if trouble == "failing" else None,
        slow=trouble == "slow",
    )
    recognizer = KnowingRecognizer(FakeEars(), knower, BOTH)
    async with asyncio.timeout(1):
        assert await recognizer.recognize(AudioChunk(bytes(3_200)), []) == Utterance("hello", "en")


async def test_silence_has_no_speaker() -> None:
    recognizer = KnowingRecognizer(FakeEars(said=""), FakeKnower(slow=True), BOTH)
    assert await recognizer.recognize(AudioChunk(bytes(3_200)), []) is None
