"""Several who speak at once, and few who listen: with made-up decoders, whose answers can be held back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from fakes.decoders import Rack
from jingling.core.audio import AudioChunk
from jingling.core.clock import VirtualClock
from jingling.core.errors import BadInput, NotReady, TooBusy
from jingling.core.grammar import Arc, Grammar
from jingling.core.turn import Utterance
from jingling.speech.engines.decoder_pool import GROW_AFTER_S, DecoderPool

HOME = Grammar("en", (Arc(0, 1, "word"),), 0, 1, 2, "home", frozenset({"word"}))
SECOND = AudioChunk(bytes(32_000))
TENTH = AudioChunk(bytes(3_200))


class Room:
    """A pool, its rack of decoders and its clock."""

    def __init__(self, decoders_max: int = 1, waiting_max: int = 8) -> None:
        self.rack, self.clock = Rack(), VirtualClock()
        self.pool = DecoderPool(
            self.rack.make, nets=lambda grammars: ["net"] * len(grammars), clock=self.clock,
            decoders_max=decoders_max, waiting_max=waiting_max, seconds_max=10.0,
        )  # fmt: skip

    def speak(self, for_whom: str = "a", seconds: int = 1) -> Any:
        job = self.pool.begin([HOME], for_whom)
        for _ in range(seconds):
            job.feed(SECOND)
        return job

    async def said(self, for_whom: str, seconds: int = 1) -> "asyncio.Task[Utterance | None]":
        task = asyncio.create_task(self.speak(for_whom, seconds).finish())
        await settle()
        return task


Rooms = Callable[..., Room]


@pytest.fixture
async def rooms() -> AsyncIterator[Rooms]:
    made: list[Room] = []

    def make(**options: int) -> Room:
        made.append(Room(**options))
        return made[-1]

    yield make
    for room in made:
        await room.pool.close()


async def settle() -> None:
    for _ in range(60):
        await asyncio.sleep(0)


def text(task: "asyncio.Task[Utterance | None]") -> str:
    heard = task.result()
    return heard.text if heard else ""


async def test_words_are_known_while_they_are_spoken(rooms: Rooms) -> None:
    room = rooms()
    job = room.speak(seconds=1)
    await settle()
    assert (job.partial.text, job.partial.at_s, job.partial.complete) == ("word", 1.0, True)
    job.feed(SECOND)
    await settle()
    assert job.partial.text == "word word"
    heard = await job.finish()
    assert heard == Utterance("word word", "en", 0.9, ("other",))
    assert "recognize" not in room.rack.doings


async def test_grammars_are_sent_once_to_each_decoder(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    for _ in range(2):
        await room.speak().finish()
    (decoder,) = room.rack.made
    assert decoder.doings.count("prepare") == 2 and len(decoder.known) == 1


async def test_a_second_decoder_is_started_only_for_somebody_who_had_to_wait(rooms: Rooms) -> None:
    room = rooms(decoders_max=2)
    await room.pool.prepare([HOME])
    first = room.speak("a")
    await settle()
    assert len(room.rack.made) == 1
    second = room.speak("b")
    await settle()
    assert len(room.rack.made) == 1 and second.partial is None
    await room.clock.advance(GROW_AFTER_S)
    await settle()
    assert len(room.rack.made) == 2 and second.partial.text == "word"
    assert first.partial.text == "word"


async def test_a_short_wait_starts_no_second_decoder(rooms: Rooms) -> None:
    room = rooms(decoders_max=2)
    await room.pool.prepare([HOME])
    first = room.speak("a")
    await settle()
    second = room.speak("b")
    first.give_up()
    await settle()
    await room.clock.advance(10 * GROW_AFTER_S)
    assert len(room.rack.made) == 1 and second.partial.text == "word"


async def test_what_was_spoken_to_its_end_goes_before_what_is_still_spoken(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    talking = room.speak("a", seconds=2)
    await settle()
    heard = await room.said("b", seconds=3)
    assert heard.done() and text(heard) == "word word word"
    talking.feed(SECOND)
    await settle()
    assert talking.partial.text == "word word word", "it is caught up with from its start"
    assert (await talking.finish()).text == "word word word"


async def test_who_was_put_off_twice_is_heard_as_a_whole(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    talking = room.speak("a", seconds=2)
    for _ in range(3):
        await settle()
        await room.said("b")
    begun = [one for one in room.rack.made[0].asked if one["do"] == "begin" and one["stream"] == talking.number]
    assert len(begun) == 2
    assert (await talking.finish()).text == "word word"


async def test_devices_take_turns(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    gate = room.rack.hold("recognize", "finish")
    order: list[str] = []
    tasks = []
    for number, who in enumerate("xaaab"):
        task = await room.said(who)
        task.add_done_callback(lambda _, name=f"{who}{number}": order.append(name))  # type: ignore[misc]
        tasks.append(task)
    gate.set()
    await asyncio.gather(*tasks)
    assert order == ["x0", "a1", "b4", "a2", "a3"]


async def test_too_many_are_told_so_and_nobody_twice_in_a_row(rooms: Rooms) -> None:
    room = rooms(waiting_max=2)
    await room.pool.prepare([HOME])
    gate = room.rack.hold("recognize", "finish")
    waiting = [await room.said(who) for who in "abc"]
    late = await room.said("d")
    assert isinstance(late.exception(), TooBusy) and not any(task.done() for task in waiting)
    again = await room.said("d")
    assert not again.done() and isinstance(waiting[2].exception(), TooBusy)
    gate.set()
    assert text_of(await asyncio.gather(waiting[0], waiting[1], again)) == ["word"] * 3


def text_of(heard: list[Utterance | None]) -> list[str]:
    return [one.text if one else "" for one in heard]


async def test_who_gives_up_makes_room_and_is_dropped_at_the_decoder(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    talking = room.speak("a")
    await settle()
    talking.give_up()
    await settle()
    assert room.rack.doings[-1] == "drop"
    assert (await room.speak("b").finish()).text == "word"


async def test_a_cancelled_finish_leaves_the_next_its_own_answer(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    gate = room.rack.hold("recognize", "finish")
    given_up = await room.said("a", seconds=2)
    given_up.cancel()
    following = await room.said("b", seconds=3)
    gate.set()
    assert (await following) == Utterance("word word word", "en", 0.9, ("other",))


async def test_a_decoder_that_dies_is_asked_again_and_then_given_up(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    talking = room.speak("a", seconds=2)
    await settle()
    room.rack.made[0].deaths = 1
    talking.feed(SECOND)
    await settle()
    assert (await talking.finish()).text == "word word word"
    room.rack.made[0].deaths = 2
    with pytest.raises(NotReady, match="stopped twice"):
        await room.speak("b").finish()
    assert (await room.speak("c").finish()).text == "word"


async def test_too_much_sound_and_sound_of_another_kind_are_refused(rooms: Rooms) -> None:
    job = rooms().pool.begin([HOME], "a")
    with pytest.raises(BadInput, match="at most 10 s"):
        job.feed(AudioChunk(bytes(32_000 * 11)))
    with pytest.raises(BadInput, match="16 kHz"):
        job.feed(AudioChunk(bytes(320), 8_000))


async def test_no_sound_and_no_grammar_are_nothing_and_wake_nobody(rooms: Rooms) -> None:
    room = rooms()
    assert await room.pool.begin([HOME], "a").finish() is None
    job = room.pool.begin([], "a")
    job.feed(SECOND)
    assert await job.finish() is None and "recognize" not in room.rack.doings


async def test_after_the_end_nobody_waits_for_ever(rooms: Rooms) -> None:
    room = rooms()
    await room.pool.prepare([HOME])
    gate = room.rack.hold("recognize", "finish")
    waiting = [await room.said(who) for who in "ab"]
    talking = room.speak("c")
    await room.pool.close()
    gate.set()
    for task in [*waiting, asyncio.create_task(talking.finish())]:
        with pytest.raises(NotReady, match="switched off"):
            await task
    with pytest.raises(NotReady):
        room.speak("d")
    assert all(decoder.closed for decoder in room.rack.made)
