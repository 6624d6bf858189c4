"""What was learned, on disk: plain numbers and text, nothing that runs when it is read."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import msgspec
import numpy as np

from jingling.language.learned.features import Vocabulary
from jingling.language.learned.gazetteer import Gazetteer
from jingling.language.learned.learner import Learner, Training
from jingling.language.learned.nearest import Nearest
from jingling.language.learned.samples import Piece
from jingling.language.learned.tagger import Tagger
from jingling.language.matching import store as compiled
from jingling.language.matching.spoken import Spoken
from jingling.language.templates import Bank

log = logging.getLogger(__name__)
_FORMAT = 4
"""To be raised with every change of what is sampled or kept, and of features."""
_NEAREST = "nearest_"


class _Text(msgspec.Struct):
    labels: list[str]
    training: Training
    phrases: dict[str, list[str]]
    words: dict[str, dict[str, int]]
    tagged: list[str]
    groups: list[tuple[str, list[str], int, int]]
    pieces: list[Piece]


def digest(bank: Bank, strange: Sequence[str], training: Training) -> str:
    """Names what a learner was taught; another content, another name."""
    said = compiled.digest(Spoken(bank.language, bank.templates, bank.rules, bank.lists, bank.answers, {}))
    meant = [(str(one.intent), str(one.skill)) for one in bank.templates]
    content = msgspec.json.encode([_FORMAT, said, meant, strange, asdict(training)])
    return hashlib.sha256(content).hexdigest()[:24]


def save(path: Path, learner: Learner, nearest: Nearest) -> None:
    """Whole or not at all. Only of learners without word vectors and networks."""
    models = learner.tagger.models if learner.tagger else {}
    gazetteer = learner.tagger.gazetteer if learner.tagger else Gazetteer({}, {})
    text = _Text(
        list(learner.labels),
        learner.training,
        {phrase: list(slots) for phrase, slots in gazetteer.phrases.items()},
        {word: dict(counted) for word, counted in gazetteer.words.items()},
        list(models),
        [(intent, list(masks), *cut) for (intent, masks), cut in nearest.groups.items()],
        list(nearest.pieces),
    )
    arrays: dict[str, Any] = {
        "text": np.frombuffer(msgspec.json.encode(text), np.uint8),
        "hashes": learner.vocabulary.hashes,
        "rarity": learner.vocabulary.rarity,
        "sparse": learner.weights[0],
        "dense": learner.weights[1],
        **{f"{_NEAREST}{name}": array for name, array in nearest.arrays.items()},
        **{f"tagger{at}": np.frombuffer(content, np.uint8) for at, content in enumerate(models.values())},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez(part, **arrays)
    part.replace(path)


def load(path: Path) -> tuple[Learner, Nearest] | None:
    """None: there is none, or it is broken and is to be made anew."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return _learned({name: file[name] for name in file.files})
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, msgspec.DecodeError) as error:
        log.warning("%s cannot be read and is made anew: %s", path.name, error)
        return None


def forget_old(path: Path, start: str) -> None:
    """Of what begins with `start`, only `path` stays."""
    for old in path.parent.glob(f"{start}*"):
        if old != path:
            old.unlink(missing_ok=True)


def _learned(arrays: dict[str, Any]) -> tuple[Learner, Nearest]:
    text = msgspec.json.decode(arrays.pop("text").tobytes(), type=_Text)
    models = {intent: arrays.pop(f"tagger{at}").tobytes() for at, intent in enumerate(text.tagged)}
    learner = Learner(
        text.labels,
        Vocabulary(arrays["hashes"], arrays["rarity"]),
        (arrays["sparse"], arrays["dense"]),
        text.training,
        tagger=Tagger(Gazetteer(text.phrases, text.words), models) if models else None,
    )
    groups = {(intent, tuple(masks)): (first, end) for intent, masks, first, end in text.groups}
    kept = {name.removeprefix(_NEAREST): array for name, array in arrays.items() if name.startswith(_NEAREST)}
    return learner, Nearest(len(learner.vocabulary), groups, text.pieces, kept)
