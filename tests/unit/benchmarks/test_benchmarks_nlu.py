"""The figures of benchmarks/nlu.py are counted right."""

import importlib
import random
import sys
from pathlib import Path

import pytest

from jingling.language.learned.learner import Guess

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))
learned, nlu = importlib.import_module("learned"), importlib.import_module("nlu")


def test_a_slot_is_right_when_its_words_and_its_name_are() -> None:
    true = [["B-city", "I-city", "O", "B-day"]]
    guessed = [["B-city", "I-city", "B-day", "O"]]
    assert nlu.slot_scores(guessed, true) == {"slot_precision": 50.0, "slot_recall": 50.0, "slot_f1": 50.0}


@pytest.mark.parametrize(
    ("inside", "outside", "share"),
    [([0.9, 0.8], [0.1, 0.2], 100.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 50.0), ([0.9, 0.3], [0.5, 0.3], 62.5)],
)
def test_auroc_counts_pairs(inside: list[float], outside: list[float], share: float) -> None:
    assert nlu.auroc(inside, outside) == share


def test_the_threshold_refuses_what_is_below_it() -> None:
    told = nlu.out_of_scope([Guess("a", 0.9), Guess("b", 0.4)], [Guess("a", 0.3), Guess("a", 0.8)])
    assert (told["recall"], told["precision"], told["in_scope_refused"]) == (50.0, 50.0, 50.0)


def test_confidence_that_is_as_often_right_has_no_error() -> None:
    guesses = [Guess("a", 0.5), Guess("b", 0.5)]
    assert nlu.calibration_error(guesses, ["a", "x"]) == 0
    assert nlu.calibration_error(guesses, ["a", "b"]) == 50


def test_folders_are_read_whole_or_named(tmp_path: Path) -> None:
    (tmp_path / "seq.in").write_text("one two\nthree\n")
    with pytest.raises(SystemExit, match="label is missing"):
        nlu.read(tmp_path)
    (tmp_path / "label").write_text("a\nb\n")
    (tmp_path / "seq.out").write_text("O O\n")
    with pytest.raises(SystemExit, match="same number of lines"):
        nlu.read(tmp_path)
    (tmp_path / "seq.out").write_text("O O\nB-x\n")
    assert nlu.read(tmp_path).only(lambda label: label == "b") == nlu.Labelled(["three"], ["b"], [["B-x"]])


def test_sentences_in_other_words_stay_with_their_labels(tmp_path: Path) -> None:
    for name, content in {"seq.in": "one\ntwo\n", "label": "a\nb\n", "para.in": "eins\nzwei\n"}.items():
        (tmp_path / name).write_text(content)
    assert nlu.read(tmp_path).only(lambda label: label == "b") == nlu.Labelled(["two"], ["b"], [], ["zwei"])


def test_a_disturbed_sentence_has_one_word_more() -> None:
    said = [learned.disturbed(["bake", "bread"], "en", random.Random(seed)).split() for seed in range(20)]
    assert {len(words) for words in said} == {3}
    assert all(" ".join(words).startswith("bake") or words[1] == "bake" for words in said)
    assert learned.disturbed(["开", "灯"], "zh", random.Random(1)).count(" ") == 0


def test_only_what_is_wrapped_is_clocked() -> None:
    clock = learned.Clocked()
    assert clock.wrap(lambda count: sum(range(count)))(100_000) == sum(range(100_000))
    assert clock.seconds > 0
