import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fakes.tiny_models import ctc_model, sense_voice_model, silence, streaming_model, tone
from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput, NotReady
from jingling.speech.base import Recognition
from jingling.speech.engines.sherpa import SherpaRecognizer
from jingling.speech.engines.sherpa_process import SherpaModel
from jingling.speech.models.manifest import needed_parts

LOW_THEN_HIGH = silence(0.3) + tone(300, 0.4) + silence(0.2) + tone(3_000, 0.4) + silence(0.3)
BOTH = frozenset({"zh", "en"})


def model(folder: Path, method: str, parts: dict[str, str]) -> SherpaModel:
    return SherpaModel("ears", method, BOTH, {role: folder / path for role, path in parts.items()})  # type: ignore[arg-type]


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[SherpaRecognizer]:
    made = SherpaRecognizer(model(tmp_path, "offline-zipformer-ctc", ctc_model(tmp_path)), seconds_max=5)
    yield made
    await made.close()


@pytest.fixture
async def streaming(tmp_path: Path) -> AsyncIterator[SherpaRecognizer]:
    made = SherpaRecognizer(model(tmp_path, "online-transducer", streaming_model(tmp_path)), seconds_max=5)
    yield made
    await made.close()


def fed(recognition: Recognition, pcm: bytes) -> Recognition:
    for start in range(0, len(pcm), 1_920):
        recognition.feed(AudioChunk(pcm[start : start + 1_920]))
    return recognition


async def seen(recognition: Recognition, text: str) -> None:
    async with asyncio.timeout(10):
        while recognition.partial is None or recognition.partial.text != text:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_whole_utterance_is_heard(whole: SherpaRecognizer) -> None:
    found = await fed(whole.begin([]), LOW_THEN_HIGH).finish()
    assert found is not None
    assert (found.text, found.language) == ("hello好", "zh")
    only = await whole.recognize(AudioChunk(silence(0.2) + tone(3_000, 0.5)))
    assert only is not None
    assert (only.text, only.language) == ("好", "zh")
    assert await whole.recognize(AudioChunk(silence(0.5))) is None
    assert await whole.recognize(AudioChunk(b"")) is None


async def test_a_model_that_tells_the_language_is_believed(tmp_path: Path) -> None:
    parts = sense_voice_model(tmp_path, "<|zh|>")
    recognizer = SherpaRecognizer(model(tmp_path, "offline-sense-voice", parts))
    found = await recognizer.recognize(AudioChunk(silence(0.2) + tone(300, 0.6) + silence(0.2)))
    await recognizer.close()
    assert found is not None
    assert (found.text, found.language) == ("hello", "zh")


async def test_the_words_so_far_are_told_while_somebody_speaks(streaming: SherpaRecognizer) -> None:
    recognition = streaming.begin([])
    assert recognition.partial is None
    fed(recognition, LOW_THEN_HIGH[: 32_000 * 8 // 10])
    await seen(recognition, "hello")
    assert recognition.partial is not None
    assert 0.5 <= recognition.partial.at_s <= 0.8
    assert (recognition.partial.complete, recognition.partial.open) == (False, True)
    found = await fed(recognition, LOW_THEN_HIGH[32_000 * 8 // 10 :]).finish()
    assert found is not None
    assert found.text == "hello好"
    assert found.confidence > 0.9


async def test_several_speak_at_once_each_heard_apart(streaming: SherpaRecognizer) -> None:
    some = [streaming.begin([]) for _ in range(4)]
    for step in range(0, len(LOW_THEN_HIGH), 6_400):
        for number, one in enumerate(some):
            one.feed(AudioChunk(LOW_THEN_HIGH[step : step + 6_400] if number % 2 else silence(0.2)))
    heard = await asyncio.gather(*(one.finish() for one in some))
    assert [one and one.text for one in heard] == [None, "hello好", None, "hello好"]


async def test_a_process_that_dies_in_the_middle_loses_no_word(streaming: SherpaRecognizer) -> None:
    recognition = fed(streaming.begin([]), LOW_THEN_HIGH[: 32_000 * 8 // 10])
    await seen(recognition, "hello")
    assert streaming.pid is not None
    os.kill(streaming.pid, signal.SIGKILL)
    found = await fed(recognition, LOW_THEN_HIGH[32_000 * 8 // 10 :]).finish()
    assert found is not None
    assert found.text == "hello好"


async def test_a_whole_utterance_survives_the_death_of_its_process(whole: SherpaRecognizer) -> None:
    await whole.prepare()
    assert whole.pid is not None
    os.kill(whole.pid, signal.SIGKILL)
    found = await whole.recognize(AudioChunk(LOW_THEN_HIGH))
    assert found is not None


async def test_giving_up_frees_it_for_the_next(streaming: SherpaRecognizer) -> None:
    first = fed(streaming.begin([]), LOW_THEN_HIGH)
    await seen(first, "hello好")
    first.give_up()
    first.give_up()
    found = await fed(streaming.begin([]), LOW_THEN_HIGH[: 32_000 * 8 // 10]).finish()
    assert found is not None
    assert found.text == "hello"


async def test_too_much_and_other_sound_is_refused(streaming: SherpaRecognizer, whole: SherpaRecognizer) -> None:
    for one in (streaming, whole):
        recognition = one.begin([])
        with pytest.raises(BadInput, match="16 kHz mono"):
            recognition.feed(AudioChunk(bytes(100), 8_000))
        recognition.feed(AudioChunk(silence(4)))
        with pytest.raises(BadInput, match="At most 5 s"):
            recognition.feed(AudioChunk(silence(1.1)))
        recognition.give_up()
        with pytest.raises(BadInput, match="At most 5 s"):
            await one.recognize(AudioChunk(silence(6)))


@pytest.mark.parametrize("damage", ["empty", "noise", "other"])
async def test_a_bad_model_ends_its_own_process_and_is_told(tmp_path: Path, damage: str) -> None:
    parts = streaming_model(tmp_path)
    ctc_model(tmp_path / "ctc")
    content = {"empty": b"", "noise": bytes(range(256)) * 9, "other": (tmp_path / "ctc/model.onnx").read_bytes()}
    (tmp_path / "encoder.onnx").write_bytes(content[damage])
    recognizer = SherpaRecognizer(model(tmp_path, "online-transducer", parts))
    with pytest.raises(NotReady, match=r"The model ears .*jingling models verify ears"):
        await recognizer.prepare()
    await recognizer.close()


async def test_an_utterance_of_a_model_without_its_files_is_not_ready(tmp_path: Path) -> None:
    recognizer = SherpaRecognizer(model(tmp_path / "gone", "online-transducer", streaming_model(tmp_path)))
    with pytest.raises(NotReady, match="The model ears"):
        await fed(recognizer.begin([]), LOW_THEN_HIGH).finish()
    await recognizer.close()


async def test_closing_in_the_middle_of_an_utterance_ends_at_once(streaming: SherpaRecognizer) -> None:
    recognition = fed(streaming.begin([]), LOW_THEN_HIGH)
    await seen(recognition, "hello")
    fed(recognition, LOW_THEN_HIGH)
    async with asyncio.timeout(1.5):
        await streaming.close()


@pytest.mark.parametrize(
    "method",
    [
        "online-transducer",
        "online-paraformer",
        "online-zipformer2-ctc",
        "offline-sense-voice",
        "offline-paraformer",
        "offline-transducer",
        "offline-zipformer-ctc",
        "offline-nemo-ctc",
        "offline-whisper",
    ],
)
async def test_each_method_is_one_that_the_package_knows(tmp_path: Path, method: str) -> None:
    """Its arguments fit: it is the weights that are refused."""
    parts = {part: f"{part}.onnx" for part in needed_parts(method)}
    for path in parts.values():
        (tmp_path / path).write_bytes(b"no weights")
    recognizer = SherpaRecognizer(model(tmp_path, method, parts))
    with pytest.raises(NotReady) as caught:
        await recognizer.prepare()
    await recognizer.close()
    assert "argument" not in str(caught.value)
    assert "ears" in str(caught.value)
