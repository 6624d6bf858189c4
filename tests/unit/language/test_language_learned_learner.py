"""What is learned from a few sentences holds for others like them, and is honest about the rest."""

from pathlib import Path

import numpy as np
import pytest
from hassil.parse_expression import parse_sentence

from jingling.language.learned import store
from jingling.language.learned.features import WEIGHTS, Vocabulary, stem, views, words
from jingling.language.learned.learner import IN_SCOPE, Learner, Training
from jingling.language.learned.nearest import Nearest
from jingling.language.learned.samples import Piece, Sample
from jingling.language.learned.spans import Span, spans, tags
from jingling.language.learned.wordvectors import WordVectors
from jingling.language.templates import Bank, Template

TAUGHT = {
    "bake": ["bake me a loaf", "please bake some bread", "bake a big loaf of bread", "could you bake bread"],
    "sing": ["sing me a song", "please sing something", "sing a happy song", "could you sing for me"],
    "walk": ["walk the dog", "please walk my dog", "go for a walk with the dog", "could you walk the puppy"],
}
TEXTS = [text for texts in TAUGHT.values() for text in texts]
LABELS = [label for label, texts in TAUGHT.items() for _ in texts]
BRIEF = Training(networks=1, hidden=16, network_epochs=20)


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
    (near, pairs, pieces), (other_near, other_pairs, _) = views("turn {name} off"), views("off the hook and turn")
    assert set(pairs) & set(other_pairs)
    assert len(set(near) & set(other_near)) == len(["turn", "off"])
    assert set(pieces) == set(views("turn off")[2])


def test_views_never_share_a_feature() -> None:
    near, pairs, pieces = (set(view.tolist()) for view in views("a b a"))
    assert not near & pairs | near & pieces | pairs & pieces


def test_rows_hold_their_columns_in_order_and_each_view_has_its_weight() -> None:
    vocabulary = Vocabulary.of(["one two", "one two three"])
    columns, values = vocabulary.row("two one")
    assert list(columns) == sorted(set(columns.tolist()))
    assert values @ values == pytest.approx(sum(weight**2 for weight in WEIGHTS), rel=1e-5)


def test_words_never_seen_are_as_rare_as_the_rarest() -> None:
    weights, known = Vocabulary.of(["one two", "one three"]).weights(["one", "three", "xyz"])
    assert known.tolist() == [True, True, False]
    assert weights[0] < weights[1] == weights[2]


def test_a_row_of_unknown_words_is_empty() -> None:
    columns, values = Vocabulary.of(["one two"]).row("xyz")
    assert len(columns) == len(values) == 0
    assert Vocabulary.of(["one two"]).row("")[0].tolist() == []


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


def test_words_of_paraphrases_are_learned_as_well() -> None:
    others = [text.replace("bake", "roast").replace("sing", "hum").replace("walk", "stroll") for text in TEXTS]
    taught = Learner.fit(TEXTS, LABELS, training=BRIEF, paraphrases=others)
    assert [taught.guess(text).label for text in ("roast", "hum", "stroll")] == ["bake", "sing", "walk"]


def test_word_vectors_carry_over_to_words_never_seen() -> None:
    like = {"bake": [1, 0], "roast": [1, 0], "sing": [0, 1], "hum": [0, 1]}
    vectors = WordVectors(list(like), np.array(list(like.values()), np.float32))
    learner = Learner.fit(TEXTS, LABELS, vectors=vectors, training=Training(networks=0))
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
    return Learner.fit(texts, labels, training=Training(networks=0), tags=tagged)


def _thing(text: str) -> list[Span]:
    return [Span(2, len(text.split()) - 1, "thing")] if text.startswith("please") else []


def test_free_words_are_found_by_what_stands_around_them() -> None:
    guess = _tagged().guess("please get green soap tomorrow")
    assert (guess.label, guess.spans) == ("shop.get", (Span(2, 4, "thing"),))


def _samples(learner: Learner) -> Nearest:
    words = ("please", "get", "{name}", "now")
    pieces = (Piece("please get "), Piece(list="name"), Piece(" now"))
    made = [
        Sample("shop.get", pieces, words, ("O",) * 4),
        Sample("shop.get", pieces[1:], words[2:], ("O",) * 2),
        Sample("shop.get", (), (), ()),
    ]
    return Nearest.of_samples(made, learner.vocabulary)


def test_the_nearest_sentence_has_the_same_values_and_shares_most() -> None:
    learner = _tagged()
    row = learner.vocabulary.row("please get {name}")
    nearest = _samples(learner).of("shop.get", ["please", "get", "{name}"], row, 5)
    assert [pieces[0].text for _, pieces in nearest] == ["please get ", ""]
    assert 1 >= nearest[0][0] > nearest[1][0]
    assert _samples(learner).of("shop.get", ["please"], row, 5) == []
    assert _samples(learner).of("shop.sell", ["{name}"], row, 5) == []


def test_what_was_learned_is_kept_and_read_again(tmp_path: Path) -> None:
    learner, path = _tagged().packed(), tmp_path / "learned.npz"
    store.save(path, learner, _samples(learner))
    again = store.load(path)
    assert again is not None
    assert again[0].guess("please get green soap tomorrow") == learner.guess("please get green soap tomorrow")
    asked = ("shop.get", ["{name}"], learner.vocabulary.row("get {name} now"), 2)
    assert again[1].of(*asked) == _samples(learner).of(*asked)


def test_only_the_last_is_kept(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("learned-en-1.npz", "learned-en-2.npz", "learned-zh-1.npz")]
    for path in paths:
        path.touch()
    store.forget_old(paths[1], "learned-en-")
    assert sorted(tmp_path.iterdir()) == paths[1:]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x80\x04pickle"])
def test_a_broken_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "learned.npz").write_bytes(content)
    assert store.load(tmp_path / "learned.npz") is None
    assert store.load(tmp_path / "absent.npz") is None


def test_another_lesson_has_another_name() -> None:
    def bank(intent: str, text: str) -> Bank:
        return Bank("en", [Template(intent, "shop", parse_sentence(text, keep_text=True), "")])

    one = store.digest(bank("shop.get", "get [it]"), ["a"], Training())
    assert one == store.digest(bank("shop.get", "get [it]"), ["a"], Training())
    others = [
        store.digest(bank("shop.get", "get it"), ["a"], Training()),
        store.digest(bank("shop.take", "get [it]"), ["a"], Training()),
        store.digest(bank("shop.get", "get [it]"), ["b"], Training()),
        store.digest(bank("shop.get", "get [it]"), ["a"], BRIEF),
    ]
    assert len({one, *others}) == 1 + len(others)
