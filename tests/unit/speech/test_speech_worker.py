"""The requests that the recogniser's worker takes, and what it answers. The sound is made up."""

import numpy as np
import pytest

from jingling.speech.acceptor import Net
from jingling.speech.engines.pocketsphinx_worker import Ears, answer
from jingling.speech.engines.vocabulary import spoken_language

SENTENCE = [[[0, 1, "open"], [1, 2, "the"], [2, 3, "curtains"]], 0, 3, 4, "en"]
OTHER = [[[0, 1, "close"], [1, 2, "it"]], 0, 2, 3, "en"]
QUIET = np.random.default_rng(0).normal(0, 20, 16_000).astype("<i2").tobytes()


@pytest.fixture(scope="module")
def ears() -> Ears:
    made = Ears()
    made.compile(["a"], [Net([(0, 1, "open"), (1, 2, "the"), (2, 3, "curtains")], 0, 3, 4, "en")])
    return made


def test_a_grammar_is_asked_for_once(ears: Ears) -> None:
    request = {"do": "prepare", "digests": ["new"]}
    assert answer(ears, request) == {"missing": True}
    assert answer(ears, {**request, "nets": [SENTENCE]}) == {}
    assert answer(ears, request) == {}


def test_a_stream_is_fed_and_finished_and_then_gone(ears: Ears) -> None:
    assert answer(ears, {"do": "begin", "stream": 7, "digests": ["a"]}) == {}
    partial = answer(ears, {"do": "feed", "stream": 7, "pcm": QUIET})
    assert partial == {"text": "", "language": "en", "at_s": 1.0, "complete": False, "open": True}
    for _ in range(2):
        found = answer(ears, {"do": "finish", "stream": 7})
        assert (found["text"], found["confidence"], found["alternatives"]) == ("", 0.0, [])


def test_a_new_stream_drops_the_open_one(ears: Ears) -> None:
    answer(ears, {"do": "begin", "stream": 1, "digests": ["a"]})
    answer(ears, {"do": "begin", "stream": 2, "digests": ["a"]})
    assert answer(ears, {"do": "feed", "stream": 1, "pcm": QUIET})["at_s"] == 0.0
    assert answer(ears, {"do": "feed", "stream": 2, "pcm": QUIET})["at_s"] == 1.0
    assert answer(ears, {"do": "drop", "stream": 2}) == {}
    assert answer(ears, {"do": "feed", "stream": 2, "pcm": QUIET})["at_s"] == 0.0


def test_a_grammar_made_ready_meanwhile_leaves_the_open_stream_alone(ears: Ears) -> None:
    answer(ears, {"do": "begin", "stream": 3, "digests": ["a"]})
    answer(ears, {"do": "feed", "stream": 3, "pcm": QUIET})
    assert answer(ears, {"do": "prepare", "digests": ["later"], "nets": [OTHER]}) == {}
    assert answer(ears, {"do": "feed", "stream": 3, "pcm": QUIET})["at_s"] == 2.0
    assert answer(ears, {"do": "finish", "stream": 3})["text"] == ""


def test_the_language_is_the_one_that_has_the_words_and_then_the_likelier() -> None:
    words = {"en": frozenset({"open", "ok"}), "zh": frozenset({"开", "ok"})}
    assert spoken_language("开 开", words, {"en": 0.9, "zh": 0.1}) == "zh"
    assert spoken_language("open ok", words, {"en": 0.1, "zh": 0.9}) == "en"
    assert spoken_language("ok", words, {"en": 0.1, "zh": 0.9}) == "zh"
