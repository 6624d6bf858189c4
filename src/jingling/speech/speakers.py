"""The voices that a home knows: one mean embedding for each person. Pure.

Whoever sounds like somebody is no proof: a voice can be played from a recording. It chooses whose reminders are
meant, never who may pay or open.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from jingling.core.errors import BadInput

LIKENESS_MIN = 0.6
"""The cosine of two embeddings of one person is mostly above it, and of two people mostly far below."""
MARGIN_MIN = 0.08
"""By how much the best must be better than the next: between two who sound alike nobody is known."""

Vector = tuple[float, ...]


class Speaker(Struct, frozen=True):
    """`centroid` is a unit vector, the mean of `samples` embeddings."""

    centroid: Vector
    samples: int = 1


class Speakers(Struct, frozen=True):
    """By the id of a person. Each change gives a new one."""

    known: Mapping[str, Speaker] = {}

    def with_sample(self, person: str, embedding: Sequence[float]) -> "Speakers":
        """The person's mean with one more. Raises BadInput for an embedding of another model."""
        new = _unit(embedding)
        sizes = {len(one.centroid) for one in self.known.values()}
        if sizes - {len(new)}:
            raise BadInput("This voice was taken with another model than those known; learn all of them anew.")
        before = self.known.get(person)
        count = before.samples if before else 0
        held = before.centroid if before else (0.0,) * len(new)
        mean = _unit([old * count + one for old, one in zip(held, new, strict=True)])
        return Speakers({**self.known, person: Speaker(mean, count + 1)})

    def without(self, person: str) -> "Speakers":
        return Speakers({one: speaker for one, speaker in self.known.items() if one != person})

    def who(self, embedding: Sequence[float]) -> str | None:
        """Whose voice it is; None when it is like nobody's, or like two people's."""
        try:
            new = _unit(embedding)
        except BadInput:
            return None
        ranked = sorted(
            ((likeness(new, speaker.centroid), person) for person, speaker in self.known.items()), reverse=True
        )
        if not ranked or ranked[0][0] < LIKENESS_MIN:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN_MIN:
            return None
        return ranked[0][1]


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two unit vectors; -1 for those of different models."""
    return sum(a * b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else -1.0


def dumped(speakers: Speakers) -> bytes:
    return msgspec.json.encode(speakers)


def loaded(content: bytes) -> Speakers:
    """Raises BadInput for what is not from `dumped`."""
    try:
        return msgspec.json.decode(content, type=Speakers)
    except msgspec.DecodeError as problem:
        raise BadInput(f"The known voices cannot be read ({problem}); learn them anew.") from None


def _unit(vector: Sequence[float]) -> Vector:
    length = math.sqrt(sum(one * one for one in vector))
    if not math.isfinite(length) or length < 1e-9:
        raise BadInput("There is no voice in this sound to know anybody by.")
    return tuple(one / length for one in vector)
