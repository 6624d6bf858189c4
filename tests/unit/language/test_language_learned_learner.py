"""What is learned from a few sentences holds for others like them, and is honest about the rest."""

from pathlib import Path

import numpy as np
import pytest

from jingling.language.learned import store
from jingling.language.learned.features import Vocabulary, stem, views, words
from jingling.language.learned.learner import IN_SCOPE, Learner, Training
from jingling.language.learned.spans import Span, spans, tags
from jingling.language.learned.wordvectors import WordVectors

TAUGHT = {
    "bake": ["bake me a loaf", "please bake some bread", "bake a big loaf of bread", "could you bake bread"],
    "sing": ["sing me a song", "please sing something", "sing a happy song", "could you sing for me"],
    "walk": ["walk the dog", "please walk my dog", "go for a walk with the dog", "could you walk the puppy"],
}
TEXTS = [text for texts in TAUGHT.values() for text in texts]
LABELS = [label for label, texts in TAUGHT.items() for _ in texts]
BRIEF = Training(hidden=16, network_epochs=20)


@pytest.fixture(scope="module")
def learner() -> Learner:
    return Learner.fit(TEXTS, LABELS, training=BRIEF)


def test_words_are_lower_case_and_chinese_ones_single() -> None:
    assert words("Don't turn ON {name} 开灯 20") == ["dont", "turn", "on", "{name}", "开", "灯", "20"]


@pytest.mark.parametrize(
    ("word", "stemmed"), [("baking", "bak"), ("bakes", "bak"), ("parties", "party"), ("7", "0")]
)
def test_stems_of_one_word_are_the_same(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_pairs_are_found_at_any_distance_and_masks_are_not_cut() -> None:
    near, pairs, pieces = views("turn {name} off")
    assert "{name} off" in near
    assert "off~turn" in pairs
    assert not any("{" in piece for piece in pieces)


def test_a_row_of_unknown_words_is_empty() -> None:
    columns, values = Vocabulary.of(["one two"]).row("xyz")
    assert len(columns) == len(values) == 0


def test_sentences_like_the_taught_ones_are_understood(learner: Learner) -> None:
    assert learner.guess("would you bake a loaf for me").label == "bake"
    assert learner.guess("sing us another song").label == "sing"
    assert learner.guess("the puppy wants a walk").label == "walk"


def test_what_is_like_nothing_has_little_confidence(learner: Learner) -> None:
    assert learner.guess("quarterly tax report").confidence < IN_SCOPE < learner.guess("bake bread").confidence


def test_chances_add_up(learner: Learner) -> None:
    shares, _ = learner.scores("bake a song")
    assert shares.sum() == pytest.approx(1, abs=1e-5)


def test_the_same_lesson_gives_the_same_learner(learner: Learner) -> None:
    again = Learner.fit(TEXTS, LABELS, training=BRIEF)
    assert np.allclose(again.scores("walk and sing")[0], learner.scores("walk and sing")[0])


def test_word_vectors_carry_over_to_words_never_seen() -> None:
    like = {"bake": [1, 0], "roast": [1, 0], "sing": [0, 1], "hum": [0, 1]}
    vectors = WordVectors(list(like), np.array(list(like.values()), np.float32))
    learner = Learner.fit(TEXTS, LABELS, vectors=vectors, training=Training(hidden=0))
    assert learner.guess("roast").label == "bake"
    assert learner.guess("hum").label == "sing"


def test_tags_and_spans_are_two_ways_to_say_the_same() -> None:
    found = [Span(1, 3, "what"), Span(3, 4, "when")]
    assert tags(5, found) == ["O", "B-what", "I-what", "B-when", "O"]
    assert spans(tags(5, found)) == found
    assert spans(["I-what", "I-when"]) == [Span(0, 1, "what"), Span(1, 2, "when")]


def _tagged() -> Learner:
    things = ["milk", "fresh bread", "a red apple", "cold water", "two eggs", "brown sugar"]
    texts = [f"please get {thing} tomorrow" for thing in things] + ["never mind"] * 2
    tagged = [tags(len(text.split()), _thing(text)) for text in texts]
    labels = ["shop.get"] * len(things) + ["stop"] * 2
    return Learner.fit(texts, labels, training=Training(hidden=0), tags=tagged)


def _thing(text: str) -> list[Span]:
    return [Span(2, len(text.split()) - 1, "thing")] if text.startswith("please") else []


def test_free_words_are_found_by_what_stands_around_them() -> None:
    guess = _tagged().guess("please get green soap tomorrow")
    assert (guess.label, guess.spans) == ("shop.get", (Span(2, 4, "thing"),))


def test_a_learner_is_kept_and_read_again(tmp_path: Path) -> None:
    learner, path = _tagged(), tmp_path / "learned.npz"
    store.save(path, learner)
    again = store.load(path)
    assert again is not None
    assert again.guess("please get green soap tomorrow") == learner.guess("please get green soap tomorrow")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x80\x04pickle"])
def test_a_broken_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "learned.npz").write_bytes(content)
    assert store.load(tmp_path / "learned.npz") is None
    assert store.load(tmp_path / "absent.npz") is None


def test_another_lesson_has_another_name() -> None:
    one = store.digest(["a"], ["x"], [["O"]], Training())
    assert one == store.digest(["a"], ["x"], [["O"]], Training())
    assert (
        len({one, store.digest(["b"], ["x"], [["O"]], Training()), store.digest(["a"], ["x"], [["O"]], BRIEF)}) == 3
    )
