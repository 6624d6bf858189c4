"""What is meant, learned from labelled sentences: `python benchmarks/nlu.py TRAIN TEST`.

TRAIN and TEST are folders with `seq.in` (sentences), `label` (intents) and, when slots are marked, `seq.out` (their
tags); TRAIN may have `para.in` too, the same sentences in other words. Prints accuracy, slot F1 as conlleval counts
it, the out-of-scope decision, seconds to learn and milliseconds a request; beside it TF-IDF with a linear SVM of
scikit-learn, when that is installed. Writes results/nlu-….json.

Out of scope are the TEST sentences labelled `oos`; when there are none, a second learner is trained without every
fifth intent (`--seed` chooses them), and the sentences of those are what is out of scope.
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from report import save, table

from jingling.language.learned.learner import IN_SCOPE, Guess, Learner
from jingling.language.learned.spans import spans, tags
from jingling.language.learned.wordvectors import learn, model_file

OUT_OF_SCOPE = frozenset({"oos", "out_of_scope", "none"})
LEFT_OUT = 5
OPTIONAL = ("seq.out", "para.in")


@dataclass(frozen=True)
class Labelled:
    texts: list[str]
    labels: list[str]
    tags: list[list[str]]
    paraphrases: list[str] = field(default_factory=list)

    def only(self, keep: Callable[[str], bool]) -> "Labelled":
        """The part whose labels `keep` agrees to."""
        places = [at for at, label in enumerate(self.labels) if keep(label)]
        tagged = [self.tags[at] for at in places] if self.tags else []
        others = [self.paraphrases[at] for at in places] if self.paraphrases else []
        return Labelled([self.texts[at] for at in places], [self.labels[at] for at in places], tagged, others)


def read(folder: Path) -> Labelled:
    """Raises SystemExit that says what is missing."""
    lines: dict[str, list[str]] = {}
    for name in ("seq.in", "label", *OPTIONAL):
        path = folder / name
        if path.is_file():
            lines[name] = path.read_text("utf-8").splitlines()
        elif name not in OPTIONAL:
            raise SystemExit(
                f"{path} is missing. The data is not part of this project; give TRAIN and TEST folders."
            )
    if len({len(column) for column in lines.values()}) != 1:
        raise SystemExit(f"{folder}: seq.in, label, seq.out and para.in must have the same number of lines.")
    tagged = [line.split() for line in lines.get("seq.out", [])]
    return Labelled(lines["seq.in"], lines["label"], tagged, lines.get("para.in", []))


def slot_scores(guessed: Sequence[Sequence[str]], true: Sequence[Sequence[str]]) -> dict[str, float]:
    """Percent: a slot is right when its words and its name are."""
    pairs = [(set(spans(one)), set(spans(other))) for one, other in zip(guessed, true, strict=True)]
    right = sum(len(one & other) for one, other in pairs)
    found, there = sum(len(one) for one, _ in pairs), sum(len(other) for _, other in pairs)
    return {
        "slot_precision": _percent(right, found),
        "slot_recall": _percent(right, there),
        "slot_f1": _percent(2 * right, found + there),
    }


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """How often what is in scope scores above what is not, in percent; a tie is half."""
    ranked = sorted([(score, True) for score in inside] + [(score, False) for score in outside])
    below, total, at = 0, 0.0, 0
    while at < len(ranked):
        ties = [of for score, of in ranked[at:] if score == ranked[at][0]] if _ties(ranked, at) else [ranked[at][1]]
        within = sum(ties)
        beyond = len(ties) - within
        total += within * (below + beyond / 2)
        below += beyond
        at += len(ties)
    return round(100 * total / (len(inside) * len(outside)), 2)


def _ties(ranked: Sequence[tuple[float, bool]], at: int) -> bool:
    return at + 1 < len(ranked) and ranked[at + 1][0] == ranked[at][0]


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def timed(learner: Learner, texts: Sequence[str]) -> tuple[list[Guess], list[float]]:
    """Guesses, and the milliseconds of computing that each took."""
    gc.collect()
    gc.freeze()  # what was needed to learn is no part of a request
    guesses, ms = [], []
    for text in texts:
        start = time.thread_time()
        guesses.append(learner.guess(text))
        ms.append(1000 * (time.thread_time() - start))
    return guesses, ms


def calibration_error(guesses: Sequence[Guess], labels: Sequence[str]) -> float:
    """Mean distance of confidence from accuracy over ten bins, in percent."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for guess, label in zip(guesses, labels, strict=True):
        bins.setdefault(min(9, int(10 * guess.confidence)), []).append((guess.confidence, guess.label == label))
    off = sum(abs(sum(c for c, _ in one) - sum(right for _, right in one)) for one in bins.values())
    return round(100 * off / max(1, len(guesses)), 2)


def out_of_scope(inside: Sequence[Guess], outside: Sequence[Guess]) -> dict[str, float]:
    """What the threshold refuses, and how well any threshold could tell."""
    refused = sum(guess.confidence < IN_SCOPE for guess in outside)
    wrongly = sum(guess.confidence < IN_SCOPE for guess in inside)
    return {
        "sentences": len(outside),
        "threshold": IN_SCOPE,
        "recall": _percent(refused, len(outside)),
        "precision": _percent(refused, refused + wrongly),
        "in_scope_refused": _percent(wrongly, len(inside)),
        "auroc": auroc([guess.confidence for guess in inside], [guess.confidence for guess in outside]),
    }


def fit(train: Labelled, vectors: Any) -> tuple[Learner, dict[str, float]]:
    """The learner, and the seconds it took by the clock and in computing (of all cores)."""
    start, computing = time.perf_counter(), time.process_time()
    learner = Learner.fit(
        train.texts, train.labels, vectors=vectors, tags=train.tags, paraphrases=train.paraphrases
    )
    took = {"learned_in_s": time.perf_counter() - start, "learned_in_cpu_s": time.process_time() - computing}
    return learner, {name: round(seconds, 1) for name, seconds in took.items()}


def peer(train: Labelled, test: Labelled) -> float | None:
    """Accuracy of plain TF-IDF and a linear SVM; None without scikit-learn."""
    if find_spec("sklearn") is None:
        return None
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    model = make_pipeline(TfidfVectorizer(), LinearSVC()).fit(train.texts, train.labels)
    guessed = model.predict(test.texts)
    return _percent(sum(a == b for a, b in zip(guessed, test.labels, strict=True)), len(test.labels))


def measure(train: Labelled, test: Labelled, seed: int) -> dict[str, Any]:
    start = time.perf_counter()
    path = model_file()
    vectors = learn(path) if path else None
    vectors_s = round(time.perf_counter() - start, 1)
    train = train.only(lambda label: label not in OUT_OF_SCOPE)
    known = test.only(lambda label: label not in OUT_OF_SCOPE)
    strange = test.only(lambda label: label in OUT_OF_SCOPE)
    learner, took = fit(train, vectors)
    guesses, ms = timed(learner, known.texts)
    measured: dict[str, Any] = {
        "intents": len(learner.labels),
        "accuracy": _percent(
            sum(g.label == label for g, label in zip(guesses, known.labels, strict=True)), len(ms)
        ),
        "peer_accuracy": peer(train, known),
        "calibration_error": calibration_error(guesses, known.labels),
        "ms_median": round(statistics.median(ms), 3),
        "ms_p99": round(sorted(ms)[int(0.99 * len(ms))], 3),
        "word_vectors_s": vectors_s,
        **took,
    }
    if known.tags:
        tagged = [tags(len(true), g.spans) for g, true in zip(guesses, known.tags, strict=True)]
        measured |= slot_scores(tagged, known.tags)
    if strange.texts:
        measured["out_of_scope"] = out_of_scope(guesses, [learner.guess(text) for text in strange.texts])
    else:
        measured["out_of_scope"] = left_out(train, known, vectors, seed)
    return measured


def left_out(train: Labelled, test: Labelled, vectors: Any, seed: int) -> dict[str, float]:
    """The out-of-scope decision on intents that a second learner was never told of."""
    intents = sorted(set(train.labels))
    random.Random(seed).shuffle(intents)
    unknown = frozenset(intents[: max(1, len(intents) // LEFT_OUT)])
    bare = Labelled(train.texts, train.labels, [], train.paraphrases).only(lambda label: label not in unknown)
    learner, _ = fit(bare, vectors)
    inside = test.only(lambda label: label not in unknown)
    outside = test.only(lambda label: label in unknown)
    return out_of_scope(
        [learner.guess(text) for text in inside.texts], [learner.guess(text) for text in outside.texts]
    )


def _rows(measured: dict[str, Any]) -> list[list[str]]:
    flat = {key: value for key, value in measured.items() if not isinstance(value, dict)}
    flat |= {f"out of scope: {key}": value for key, value in measured.get("out_of_scope", {}).items()}
    return [[key.replace("_", " "), "–" if value is None else str(value)] for key, value in flat.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    measured = measure(read(options.train), read(options.test), options.seed)
    print(table(("figure", options.test.resolve().parent.name), _rows(measured)))
    save(f"nlu-{options.test.resolve().parent.name}", {"seed": options.seed, **measured})


if __name__ == "__main__":
    main()
