"""What authors of sentences are told about them."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from fakes.bakery import NOW
from jingling.core.turn import Language, Utterance
from jingling.language.authoring.check import Checker, Finding, same
from jingling.language.authoring.explain import explain, record
from jingling.language.authoring.sample import Sample, Sampler
from jingling.language.base import Context, Name
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import SkillSentences

QUARREL = """language: en
intents:
  ring: {sentences: ["ring the {sound}", "sound [the] alarm"]}
  chime: {sentences: ["ring the bell"]}
  never: {sentences: ["ring on the {floor}"]}
lists:
  sound: {values: [bell, gong, chime]}
"""
RIVAL = """language: en
intents:
  strike: {sentences: ["(ring|strike) the gong"]}
"""


class Nameless:
    version = 1

    def names(self, language: Language) -> Sequence[Name]:
        return ()


def sampler(understander: TemplateUnderstander, language: Language, seed: int = 7) -> Sampler:
    return Sampler(understander.bank(language), understander.names(language), Random(seed), NOW)


def samples(understander: TemplateUnderstander, language: Language, count: int, seed: int = 7) -> list[Sample]:
    saying = sampler(understander, language, seed)
    return [one for each in understander.bank(language).templates for one in saying.samples(each, count)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_sampled_is_read_back(understander: TemplateUnderstander, language: Language) -> None:
    for one in samples(understander, language, 2):
        said = Utterance(one.text, language)
        readings = understander.understand(said, Context(NOW, area=one.area)).readings
        assert any(same(reading.intent, one.intent) for reading in readings), one


def test_samples_differ_and_the_same_seed_gives_the_same(understander: TemplateUnderstander) -> None:
    first, again = (samples(understander, "en", 3, seed=3) for _ in range(2))
    assert [one.text for one in first] == [one.text for one in again]
    assert first != samples(understander, "en", 3, seed=4)
    bread = {one.text for one in first if one.intent.name == "bakery.bake"}
    assert len(bread) == 3


def test_a_slot_of_a_block_and_of_the_place_are_in_a_sample(understander: TemplateUnderstander) -> None:
    made = samples(understander, "en", 3)
    assert all(one.intent.slots["kind"] == "alarm" for one in made if one.intent.name == "bakery.wake")
    here = [one for one in made if one.template.needs_area]
    assert here
    assert all(one.intent.slots["area"] == one.area for one in here)


@pytest.fixture
def quarrel(tmp_path: Path) -> TemplateUnderstander:
    files = []
    for skill, text in (("bells", QUARREL), ("rival", RIVAL)):
        path = tmp_path / f"{skill}.yaml"
        path.write_text(text, encoding="utf-8")
        files.append(SkillSentences(skill, "en", path))
    understander = TemplateUnderstander(files, Nameless())
    assert not understander.errors
    return understander


def findings(quarrel: TemplateUnderstander) -> dict[tuple[str, str], Finding]:
    checker = Checker(quarrel, sampler(quarrel, "en"), "en", NOW)
    templates = [one for one in quarrel.bank("en").templates if one.skill != "core"]
    found = {(one.kind, str(one.template.sentence.text)): one for one in checker.check(templates)}
    return {(kind, text.replace("bells/", "")): one for (kind, text), one in found.items()}


def test_what_cannot_be_said_or_means_something_else_is_found(quarrel: TemplateUnderstander) -> None:
    found = findings(quarrel)
    assert ("unsayable", "ring on the {floor:floor}") in found
    losers = {kind for kind, _ in found} - {"unsayable"}
    assert losers <= {"dead", "ambiguous", "clash"}
    assert losers
    assert not any("alarm" in text for _, text in found)


def test_a_finding_names_place_and_taker(quarrel: TemplateUnderstander) -> None:
    lost = next(one for one in findings(quarrel).values() if one.taken_by is not None)
    sentence = lost.sentence()
    assert lost.where in sentence
    assert lost.taken_by is not None
    assert lost.taken_by.where in sentence
    assert lost.taken_by.where.rpartition(":")[2].isdigit()


def test_explaining_names_template_file_line_and_rivals(quarrel: TemplateUnderstander) -> None:
    text = "\n".join(explain(quarrel, "strike the gong", None, Context(NOW)))
    assert "rival.strike {}" in text
    assert "(ring|strike) the gong" in text
    assert "rival.yaml:3" in text
    assert "rival" in str(record(quarrel, "ring the gong", "en", Context(NOW)))
    rivals = record(quarrel, "ring the gong", "en", Context(NOW))["readings"]
    assert isinstance(rivals, list)
    assert len(rivals) == 2


def test_what_nothing_understands_is_said_to_be_so(quarrel: TemplateUnderstander) -> None:
    assert "nothing understands it" in "\n".join(explain(quarrel, "fly me to the moon", None, Context(NOW)))
