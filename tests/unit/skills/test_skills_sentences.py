"""The sentences of the bundled skills do not stand in each other's way."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from jingling.app import Engines, build
from jingling.core.clock import VirtualClock
from jingling.core.turn import Language
from jingling.language.authoring.check import Checker, Finding
from jingling.language.authoring.sample import Sampler
from jingling.language.templates import Template
from jingling.settings import Settings
from jingling.taught import BUNDLED_SKILLS

SEED = 5
SAYINGS = 3
"""Few, so that it is fast; what seems wrong then is tried more often."""


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_template_of_ours_is_dead_or_taken_by_another_skill(tmp_path: Path, language: Language) -> None:
    """Those of the packaged sentences that are in each other's way are not ours to change."""
    settings = Settings(data_dir=tmp_path)
    async with build(settings, clock=VirtualClock(), database=":memory:", engines=Engines()) as app:
        bank, now = app.templates.bank(language), app.clock.now()
        ours = [one for one in bank.templates if str(BUNDLED_SKILLS.parent) in str(one.where)]
        sampler = Sampler(bank, app.templates.names(language), Random(SEED), now)
        suspect = list(_bad(Checker(app.understander, sampler, language, now, SAYINGS), ours))
        again = Checker(app.understander, sampler, language, now)
        wrong = [found.sentence() for found in _bad(again, [one.template for one in suspect])]
    assert len(ours) > 200 and wrong == []


def _bad(checker: Checker, templates: Iterable[Template]) -> Iterator[Finding]:
    return (found for found in checker.check(templates) if found.kind in ("dead", "clash"))
