import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, TooBusy
from jingling.core.grammar import Arc, Grammar
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.engines.pocketsphinx import PocketsphinxRecognizer
from jingling.speech.resampling import resample

HOME = [f"{verb} the {place} light" for verb in ("turn on", "turn off") for place in ("kitchen", "bedroom")]
HOME += [
    "set a timer for ten minutes",
    "what time is it",
    "open the curtains in the living room",
    "lock the front door",
]
MENU = ["i would like a large latte with soy milk", "a small espresso with lots of whole milk please"]


def grammar(sentences: list[str], language: str = "en") -> Grammar:
    arcs, states = [], 2
    for sentence in sentences:
        at = 0
        for word in sentence.split():
            arcs.append(Arc(at, states, word))
            at, states = states, states + 1
        arcs.append(Arc(at, 1))
    words = frozenset(arc.word for arc in arcs if arc.word)
    return Grammar(language, tuple(arcs), 0, 1, states, f"{hash(tuple(sentences))}", words)


async def speech(text: str) -> AudioChunk:
    voice = EspeakSynthesizer(rate=150)
    pcm = b"".join([resample(chunk, 16_000).pcm async for chunk in voice.speak(text, "en")])
    await voice.close()
    return AudioChunk(bytes(8_000) + pcm + bytes(8_000))


def noise(seconds: float, loudness: int) -> AudioChunk:
    sound = np.random.default_rng(0).normal(0, loudness, round(16_000 * seconds))
    return AudioChunk(sound.astype("<i2").tobytes())


@pytest.fixture
async def recognizer() -> AsyncIterator[PocketsphinxRecognizer]:
    made = PocketsphinxRecognizer()
    yield made
    await made.close()


async def test_sentences_of_several_grammars_are_told_apart(recognizer: PocketsphinxRecognizer) -> None:
    grammars = [grammar(HOME), grammar(MENU)]
    for said in ("turn off the bedroom light", *MENU):
        heard = await recognizer.recognize(await speech(said), grammars)
        assert heard is not None
        assert (heard.text, heard.language) == (said, "en")
        assert 0.5 <= heard.confidence <= 1


@pytest.mark.parametrize("loudness", [0, 30, 3_000])
async def test_silence_and_noise_are_nothing(recognizer: PocketsphinxRecognizer, loudness: int) -> None:
    assert await recognizer.recognize(noise(2, loudness), [grammar(HOME)]) is None


async def test_speech_beside_the_grammar_is_nothing(recognizer: PocketsphinxRecognizer) -> None:
    beside = await speech("seven hungry zebras jumped over yesterday's blue mountains")
    assert await recognizer.recognize(beside, [grammar(HOME)]) is None


async def test_a_word_that_nobody_can_say_takes_only_its_sentence(recognizer: PocketsphinxRecognizer) -> None:
    heard = await recognizer.recognize(await speech("turn off the bedroom light"), [grammar([*HOME, "turn on 42"])])
    assert heard is not None
    assert heard.text == "turn off the bedroom light"


async def test_a_word_beside_the_dictionary_is_heard_by_its_letters(recognizer: PocketsphinxRecognizer) -> None:
    heard = await recognizer.recognize(
        await speech("please start the zorbling machine in the kitchen"),
        [grammar([*HOME, "please start the zorbling machine in the kitchen"])],
    )
    assert heard is not None
    assert heard.text == "please start the zorbling machine in the kitchen"


async def test_no_sound_and_no_grammar_of_its_languages_are_nothing(recognizer: PocketsphinxRecognizer) -> None:
    assert await recognizer.recognize(AudioChunk(b""), [grammar(HOME)]) is None
    assert await recognizer.recognize(noise(1, 30), [grammar(["allume la lampe"], "fr")]) is None
    assert recognizer.pid is None


@pytest.mark.parametrize(
    ("frames", "rate_hz", "channels"), [(2_000, 8_000, 1), (1_000, 16_000, 2), (500_000, 16_000, 1)]
)
async def test_sound_of_another_kind_is_refused(
    recognizer: PocketsphinxRecognizer, frames: int, rate_hz: int, channels: int
) -> None:
    sound = AudioChunk(bytes(2 * frames * channels), rate_hz, channels)
    with pytest.raises(BadInput):
        await recognizer.recognize(sound, [grammar(HOME)])


async def test_half_a_sample_and_a_shred_of_sound_do_no_harm(recognizer: PocketsphinxRecognizer) -> None:
    for shred in (b"\1", b"\1\2", bytes(301)):
        assert await recognizer.recognize(AudioChunk(shred), [grammar(HOME)]) is None


async def test_a_killed_worker_is_replaced_and_knows_the_grammar(recognizer: PocketsphinxRecognizer) -> None:
    said = await speech("turn off the bedroom light")
    await recognizer.prepare([grammar(HOME)])
    pid = recognizer.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    heard = await recognizer.recognize(said, [grammar(HOME)])
    assert heard is not None
    assert heard.text == "turn off the bedroom light"
    assert recognizer.pid not in (None, pid)


async def test_giving_up_in_the_middle_leaves_the_next_its_own_answer(recognizer: PocketsphinxRecognizer) -> None:
    said, other = await speech("turn off the bedroom light"), await speech(MENU[0])
    await recognizer.prepare([grammar(HOME)])
    given_up = asyncio.create_task(recognizer.recognize(other, [grammar(HOME)]))
    await asyncio.sleep(0)  # it begins
    given_up.cancel()
    heard = await recognizer.recognize(said, [grammar(HOME)])
    assert heard is not None
    assert heard.text == "turn off the bedroom light"


async def test_too_many_at_once_are_told_so() -> None:
    recognizer = PocketsphinxRecognizer(waiting_max=2)
    sound = noise(0.5, 30)
    asked = [recognizer.recognize(sound, [grammar(HOME)]) for _ in range(4)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    await recognizer.close()
    assert [type(answer) for answer in answers].count(TooBusy) == 2


async def test_nothing_is_left_running_after_close(recognizer: PocketsphinxRecognizer) -> None:
    await recognizer.prepare([grammar(HOME)])
    pid = recognizer.pid
    await recognizer.close()
    assert not Path(f"/proc/{pid}").exists()
