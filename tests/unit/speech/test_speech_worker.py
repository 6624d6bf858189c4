"""The requests that the recogniser's worker takes, and what it answers. The sound is made up."""

import numpy as np

from jingling.speech.engines.pocketsphinx_worker import Ears, answer

SENTENCE = [[[0, 1, "open"], [1, 2, "the"], [2, 3, "curtains"]], 0, 3, 4, "en"]
QUIET = np.random.default_rng(0).normal(0, 20, 16_000).astype("<i2").tobytes()


def test_a_grammar_is_asked_for_once() -> None:
    ears = Ears()
    request = {"do": "prepare", "digests": ["a"]}
    assert answer(ears, request) == {"missing": True}
    assert answer(ears, {**request, "nets": [SENTENCE]}) == {}
    assert answer(ears, request) == {}


def test_a_stream_is_fed_and_finished_and_then_gone() -> None:
    ears = Ears()
    assert answer(ears, {"do": "begin", "stream": 7, "digests": ["a"], "nets": [SENTENCE]}) == {}
    partial = answer(ears, {"do": "feed", "stream": 7, "pcm": QUIET})
    assert partial == {"text": "", "language": "en", "at_s": 1.0, "complete": False, "open": True}
    assert answer(ears, {"do": "finish", "stream": 7})["text"] == ""
    assert answer(ears, {"do": "finish", "stream": 7})["text"] == ""


def test_a_new_stream_drops_the_open_one() -> None:
    ears = Ears()
    answer(ears, {"do": "begin", "stream": 1, "digests": ["a"], "nets": [SENTENCE]})
    answer(ears, {"do": "begin", "stream": 2, "digests": ["a"]})
    assert answer(ears, {"do": "feed", "stream": 1, "pcm": QUIET})["at_s"] == 0.0
    assert answer(ears, {"do": "feed", "stream": 2, "pcm": QUIET})["at_s"] == 1.0
    assert answer(ears, {"do": "drop", "stream": 2}) == {}
    assert answer(ears, {"do": "feed", "stream": 2, "pcm": QUIET})["at_s"] == 0.0
