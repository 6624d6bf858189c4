"""What every recogniser promises, whatever hears in it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from fakes.tiny_models import ctc_model, silence, speaker_model, streaming_model, tone
from fakes.wyoming_service import wyoming_service
from jingling.core.audio import AudioChunk
from jingling.core.clock import SystemClock
from jingling.core.errors import BadInput
from jingling.speech.base import Recognizer
from jingling.speech.engines.sherpa import SherpaRecognizer
from jingling.speech.engines.sherpa_process import SherpaModel
from jingling.speech.engines.sherpa_speaker import SherpaSpeakerKnower
from jingling.speech.engines.wyoming import WyomingRecognizer
from jingling.speech.engines.wyoming_client import address
from jingling.speech.knowing_recognizer import KnowingRecognizer
from jingling.speech.ranked_recognizer import Ranked, RankedRecognizer
from jingling.speech.speakers import Speakers

SPEECH = silence(0.3) + tone(300, 0.5) + silence(0.3)
SECONDS_MAX = 5.0


def sherpa(folder: Path, method: str, make: Callable[[Path], dict[str, str]]) -> SherpaModel:
    parts = {role: folder / path for role, path in make(folder).items()}
    return SherpaModel("ears", method, frozenset({"en"}), parts)


def whole(folder: Path) -> Recognizer:
    return SherpaRecognizer(sherpa(folder, "offline-zipformer-ctc", ctc_model), SECONDS_MAX)


def streaming(folder: Path) -> Recognizer:
    return SherpaRecognizer(sherpa(folder, "online-transducer", streaming_model), SECONDS_MAX)


def knowing(folder: Path) -> Recognizer:
    knower = SherpaSpeakerKnower(sherpa(folder / "who", "speaker", speaker_model))
    return KnowingRecognizer(whole(folder), knower, Speakers().with_sample("anna", [1.0] * 8))


def ranked(folder: Path) -> Recognizer:
    broken = SherpaRecognizer(SherpaModel("gone", "online-transducer", frozenset({"en"}), {}), SECONDS_MAX)
    ranks = [Ranked("gone", broken, free=True), Ranked("ears", streaming(folder), free=True)]
    return RankedRecognizer(ranks, SystemClock())


@pytest.fixture(params=["whole", "streaming", "knowing", "ranked", "wyoming"])
async def recognizer(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Recognizer]:
    async with AsyncExitStack() as stack:
        if request.param == "wyoming":
            service = await stack.enter_async_context(wyoming_service())
            service.says = "hello"
            made: Recognizer = WyomingRecognizer(address(service.name), SECONDS_MAX)
        else:
            made = {"whole": whole, "streaming": streaming, "knowing": knowing, "ranked": ranked}[request.param](
                tmp_path
            )
        yield made
        await made.close()


async def test_it_hears_in_pieces_and_at_once_and_gives_up_without_harm(recognizer: Recognizer) -> None:
    left = recognizer.begin([])
    left.feed(AudioChunk(SPEECH))
    left.give_up()
    left.give_up()
    recognition = recognizer.begin([])
    for start in range(0, len(SPEECH), 1_000):
        recognition.feed(AudioChunk(SPEECH[start : start + 1_000]))
    said = await recognition.finish()
    recognition.give_up()
    again = await recognizer.recognize(AudioChunk(SPEECH), [])
    assert said is not None
    assert again is not None
    assert (said.text, said.language) == (again.text, again.language) == ("hello", "en")
    assert 0 < said.confidence <= 1


async def test_it_refuses_what_it_cannot_take_and_hears_nothing_in_nothing(recognizer: Recognizer) -> None:
    with pytest.raises(BadInput):
        recognizer.begin([]).feed(AudioChunk(bytes(100), 48_000))
    with pytest.raises(BadInput):
        recognizer.begin([]).feed(AudioChunk(bytes(100), 16_000, 2))
    with pytest.raises(BadInput):
        recognizer.begin([]).feed(AudioChunk(silence(SECONDS_MAX + 0.1)))
    assert await recognizer.begin([]).finish() is None
