"""Templates that are never understood, sometimes mean something else, or clash with another skill's."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jingling.core.turn import Intent, Language, Utterance
from jingling.language.authoring.sample import Sample, Sampler
from jingling.language.base import Context, Reading, Understander
from jingling.language.templates import Template

Kind = Literal["unsayable", "dead", "ambiguous", "clash"]
SAMPLES = 12
PLAIN: dict[Kind, str] = {
    "unsayable": "nothing can be said for it in this home: none of its names or list values fit",
    "dead": "is never understood as what it stands for",
    "ambiguous": "is at times understood as something else of this skill",
    "clash": "is at times taken by another skill",
}


@dataclass(frozen=True)
class Finding:
    """What is wrong with `template`: `lost` of `tried` sentences, such as `text`, mean what `taken_by` says."""

    kind: Kind
    template: Template
    lost: int = 0
    tried: int = 0
    text: str = ""
    taken_by: Reading | None = None

    @property
    def where(self) -> str:
        return str(self.template.where)

    def sentence(self) -> str:
        """One line for an author: place, template, what is wrong, and what takes it."""
        head = f"{self.where}: {self.template.intent}: {self.template.sentence.text}: {PLAIN[self.kind]}"
        if self.kind == "unsayable":
            return f"{head}."
        if self.taken_by is None:
            return f"{head}: nothing understands “{self.text}” ({self.lost} of {self.tried})."
        rival = self.taken_by
        return (
            f"{head}: “{self.text}” is {rival.intent.name} {rival.intent.slots}"
            f" by {rival.where or 'what is built in'} ({self.lost} of {self.tried})."
            " Make one of the two say more, or take it out."
        )


@dataclass(frozen=True)
class _Tried:
    """A sentence, and how it was read; None: not at all."""

    sample: Sample
    reading: Reading | None

    @property
    def right(self) -> bool:
        return self.reading is not None and same(self.reading.intent, self.sample.intent)

    @property
    def taker(self) -> str:
        return self.reading.where if self.reading else ""


class Checker:
    """Says every template in several ways, at most `sayings`, and looks at what is understood."""

    def __init__(
        self,
        understander: Understander,
        sampler: Sampler,
        language: Language,
        now: datetime,
        sayings: int = SAMPLES,
    ) -> None:
        self._understander = understander
        self._sampler = sampler
        self._language = language
        self._now = now
        self._sayings = sayings

    def check(self, templates: Iterable[Template]) -> Iterator[Finding]:
        for template in templates:
            tried = [self._try(sample) for sample in self._sampler.samples(template, self._sayings)]
            finding = _finding(template, tried) if tried else Finding("unsayable", template)
            if finding is not None:
                yield finding

    def _try(self, sample: Sample) -> _Tried:
        place = Context(self._now, area=sample.area)
        readings = self._understander.understand(Utterance(sample.text, self._language), place).readings
        return _Tried(sample, readings[0] if readings else None)


def _finding(template: Template, tried: Sequence[_Tried]) -> Finding | None:
    lost = [one for one in tried if not one.right]
    if not lost:
        return None
    commonest, _ = Counter(one.taker for one in lost).most_common(1)[0]
    shown = next(one for one in lost if one.taker == commonest)
    kind = _kind(template, len(lost) == len(tried), shown.reading)
    return Finding(kind, template, len(lost), len(tried), shown.sample.text, shown.reading)


def _kind(template: Template, always: bool, taken_by: Reading | None) -> Kind:
    if always:
        return "dead"
    return "clash" if taken_by is not None and taken_by.skill != template.skill else "ambiguous"


def same(one: Intent, other: Intent) -> bool:
    """Whether both mean the same, however sure."""
    return (one.name, one.slots) == (other.name, other.slots)
