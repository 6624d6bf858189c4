from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from jingling.core.audio import AudioChunk
from jingling.core.clock import VirtualClock
from jingling.core.errors import BadInput, NotReady, TooBusy
from jingling.core.grammar import Grammar
from jingling.core.turn import Language, Utterance
from jingling.speech.base import Partial, Recognition
from jingling.speech.ranked_recognizer import Ranked, RankedRecognizer
from jingling.speech.resting import REST_S

SOUND = AudioChunk(b"abcd" * 400)


@dataclass
class FakeEars:
    """Hears `said` with `sure`, or fails with `problem`."""

    said: str = "words"
    sure: float = 0.9
    problem: Exception | None = None
    busy: bool = False
    languages: frozenset[Language] = frozenset({"en"})
    heard: list[bytes] = field(default_factory=list)
    prepared: int = 0
    given_up: int = 0
    closed: bool = False
    told: Partial | None = None
    whom: str = ""

    def begin(self, grammars: Sequence[Grammar], *, for_whom: str = "") -> Recognition:
        self.whom = for_whom
        if self.busy:
            raise NotReady("busy")
        return FakeRecognition(self)

    async def recognize(self, audio: AudioChunk, grammars: Sequence[Grammar]) -> Utterance | None:
        raise AssertionError("a ranked recogniser begins and finishes")

    async def prepare(self, grammars: Sequence[Grammar]) -> None:
        self.prepared += 1
        if self.problem:
            raise self.problem

    async def close(self) -> None:
        self.closed = True


@dataclass
class FakeRecognition:
    ears: FakeEars
    pcm: bytes = b""

    @property
    def partial(self) -> Partial | None:
        return self.ears.told

    def feed(self, chunk: AudioChunk) -> None:
        self.pcm += chunk.pcm

    async def finish(self) -> Utterance | None:
        self.ears.heard.append(self.pcm)
        if self.ears.problem:
            raise self.ears.problem
        return Utterance(self.ears.said, "en", self.ears.sure) if self.ears.said else None

    def give_up(self) -> None:
        self.ears.given_up += 1


def grammar(language: str) -> Grammar:
    return Grammar(language, (), 0, 0, 1, language)


def ranked(*ears: tuple[FakeEars, bool], clock: VirtualClock | None = None) -> RankedRecognizer:
    names = "abcdef"
    ranks = [Ranked(names[place], one, free) for place, (one, free) in enumerate(ears)]
    return RankedRecognizer(ranks, clock or VirtualClock())


async def text(recognizer: RankedRecognizer, *languages: str) -> str | None:
    found = await recognizer.recognize(SOUND, [grammar(one) for one in languages or ("en",)])
    return found and found.text


async def test_a_free_one_that_is_preferred_is_asked_alone() -> None:
    free, built_in = FakeEars("free", 0.1), FakeEars("grammar")
    recognizer = ranked((free, True), (built_in, False))
    assert await text(recognizer) == "free"
    assert built_in.heard == []
    free.said = ""
    assert await text(recognizer) is None
    assert built_in.heard == []


async def test_what_fails_gives_way_to_the_next_with_the_same_sound() -> None:
    free, other, built_in = FakeEars(problem=NotReady("gone")), FakeEars(problem=OSError()), FakeEars("grammar")
    recognizer = ranked((free, True), (other, True), (built_in, False))
    assert await text(recognizer) == "grammar"
    assert free.heard == other.heard == built_in.heard == [SOUND.pcm]
    assert tuple(recognizer.ailing) == ("a", "b")
    free.problem = None
    assert await text(recognizer) == "words"
    assert tuple(recognizer.ailing) == ("b",)


@pytest.mark.parametrize(
    ("grammar_said", "sure", "free_said", "taken"),
    [
        ("turn on the lamp", 0.9, "turn on the lump", "turn on the lamp"),
        ("turn on the lamp", 0.3, "what is the weather in oslo", "what is the weather in oslo"),
        ("turn on the lamp", 0.3, "", "turn on the lamp"),
        ("", 0.0, "what is the weather in oslo", "what is the weather in oslo"),
        ("", 0.0, "", None),
    ],
)
async def test_the_built_in_one_counts_when_it_is_sure(
    grammar_said: str, sure: float, free_said: str, taken: str | None
) -> None:
    built_in, free = FakeEars(grammar_said, sure), FakeEars(free_said)
    assert await text(ranked((built_in, False), (free, True))) == taken
    assert free.given_up == (1 if sure >= 0.6 else 0)


async def test_of_two_together_either_may_fail() -> None:
    built_in, free, last = FakeEars(problem=NotReady("gone")), FakeEars("free"), FakeEars("last")
    recognizer = ranked((built_in, False), (free, True), (last, False))
    assert await text(recognizer) == "free"
    free.problem, built_in.problem, built_in.sure = NotReady("gone"), None, 0.2
    assert await text(recognizer) == "words"
    built_in.problem = NotReady("gone")
    assert await text(recognizer) == "last"


async def test_when_all_fail_the_last_one_says_why() -> None:
    recognizer = ranked((FakeEars(problem=NotReady("one")), True), (FakeEars(problem=NotReady("two")), False))
    with pytest.raises(NotReady, match="two"):
        await text(recognizer)


async def test_bad_sound_is_nobodys_failure() -> None:
    first, second = FakeEars(problem=BadInput("too long")), FakeEars()
    recognizer = ranked((first, True), (second, False))
    with pytest.raises(BadInput):
        await text(recognizer)
    assert second.heard == []
    assert recognizer.ailing == {}


async def test_after_three_failures_it_rests_a_minute_and_is_tried_again() -> None:
    clock = VirtualClock()
    bad, good = FakeEars(problem=NotReady("gone")), FakeEars("good")
    recognizer = ranked((bad, True), (good, False), clock=clock)
    for _ in range(5):
        assert await text(recognizer) == "good"
    assert len(bad.heard) == 3
    await clock.advance(REST_S - 1)
    await text(recognizer)
    assert len(bad.heard) == 3
    await clock.advance(2)
    for _ in range(2):
        await text(recognizer)
    assert len(bad.heard) == 4
    await clock.advance(REST_S)
    bad.problem = None
    assert await text(recognizer) == "words"
    assert recognizer.ailing == {}


async def test_a_busy_one_is_passed_over_without_blame() -> None:
    busy, good = FakeEars(busy=True), FakeEars("good")
    recognizer = ranked((busy, True), (good, False))
    assert await text(recognizer) == "good"
    assert recognizer.ailing == {}
    good.busy = True
    with pytest.raises(NotReady):
        await text(recognizer)
    busy.busy = good.busy = False
    busy.problem = good.problem = TooBusy("one moment")
    with pytest.raises(TooBusy, match="one moment"):
        await text(recognizer)
    assert recognizer.ailing == {}


def test_whose_words_they_are_is_passed_on() -> None:
    built_in, free = FakeEars(), FakeEars()
    ranked((built_in, False), (free, True)).begin([grammar("en")], for_whom="kitchen")
    assert (built_in.whom, free.whom) == ("kitchen", "kitchen")


async def test_who_does_not_speak_the_language_is_passed_over() -> None:
    english = FakeEars("english")
    mandarin = FakeEars("mandarin", languages=frozenset({"zh"}))
    recognizer = ranked((mandarin, True), (english, False))
    assert recognizer.languages == {"en", "zh"}
    assert await text(recognizer, "en") == "english"
    assert await text(recognizer, "zh") == "mandarin"
    assert await text(recognizer, "zh", "en") == "mandarin"


async def test_the_words_so_far_come_from_whoever_has_some() -> None:
    built_in, free = FakeEars(), FakeEars()
    recognition = ranked((built_in, False), (free, True)).begin([grammar("en")])
    assert recognition.partial is None
    free.told = Partial("turn", "en", 0.2)
    assert recognition.partial == free.told
    built_in.told = Partial("turn on", "en", 0.3)
    assert recognition.partial == built_in.told
    recognition.give_up()
    assert (built_in.given_up, free.given_up) == (1, 1)


async def test_only_those_that_will_be_asked_are_prepared() -> None:
    free, built_in = FakeEars(), FakeEars()
    recognizer = ranked((free, True), (built_in, False))
    await recognizer.prepare([grammar("en")])
    assert (free.prepared, built_in.prepared) == (1, 0)
    free.problem = NotReady("gone")
    await recognizer.prepare([grammar("en")])
    assert built_in.prepared == 1
    built_in.problem = NotReady("gone too")
    with pytest.raises(NotReady, match="gone too"):
        await recognizer.prepare([grammar("en")])
    await recognizer.close()
    assert free.closed
    assert built_in.closed
