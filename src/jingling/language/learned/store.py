"""A learner on disk: plain numbers and text, nothing that runs when it is read."""

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
from jingling.language.learned.gazetteer import Gazetteer, Tagged
from jingling.language.learned.learner import Learner, Training
from jingling.language.learned.tagger import Tagger

log = logging.getLogger(__name__)
_FORMAT = 1


def digest(texts: Sequence[str], labels: Sequence[str], tags: Sequence[Sequence[str]], training: Training) -> str:
    """Names what a learner was taught; another content, another name."""
    content = msgspec.json.encode([_FORMAT, texts, labels, tags, asdict(training)])
    return hashlib.sha256(content).hexdigest()[:24]


def save(path: Path, learner: Learner) -> None:
    """Whole or not at all. Only of learners without word vectors and network."""
    tagger = learner.tagger
    text = {
        "labels": learner.labels,
        "columns": [list(view) for view in learner.vocabulary.columns],
        "training": asdict(learner.training),
        "sentences": tagger.gazetteer.sentences if tagger else [],
    }
    arrays: dict[str, Any] = {
        "text": _bytes(msgspec.json.encode(text)),
        "rarity": learner.vocabulary.rarity,
        "sparse": learner.weights[0],
        "dense": learner.weights[1],
    }
    for number, (intent, content) in enumerate(tagger.models.items() if tagger else ()):
        arrays[f"tagger{number}"] = _bytes(content)
        arrays[f"tagger{number}_intent"] = _bytes(intent.encode())
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez(part, **arrays)
    part.replace(path)


def load(path: Path) -> Learner | None:
    """None: there is none, or it is broken and is to be made anew."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return _learner({name: file[name] for name in file.files})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, BadZipFile, msgspec.DecodeError) as error:
        log.warning("%s cannot be read and is made anew: %s", path.name, error)
        return None


def _learner(arrays: dict[str, Any]) -> Learner:
    text = msgspec.json.decode(arrays["text"].tobytes())
    columns: list[dict[str, int]] = []
    count = 0
    for view in text["columns"]:
        columns.append({feature: count + at for at, feature in enumerate(view)})
        count += len(view)
    models = {
        arrays[f"{name}_intent"].tobytes().decode(): arrays[name].tobytes()
        for name in arrays
        if name.startswith("tagger") and not name.endswith("_intent")
    }
    sentences: list[Tagged] = [(words, tags) for words, tags in text["sentences"]]
    tagger = Tagger(Gazetteer(sentences), models) if models else None
    return Learner(
        text["labels"],
        Vocabulary(columns, arrays["rarity"]),
        None,
        (arrays["sparse"], arrays["dense"]),
        None,
        Training(**text["training"]),
        tagger,
    )


def _bytes(content: bytes) -> Any:
    return np.frombuffer(content, np.uint8)
