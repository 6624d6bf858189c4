"""An understander of the bakery's sentences."""

from pathlib import Path

import pytest

from fakes.bakery import FILES, NOW, PACKAGED, HouseNames
from jingling.language.base import Context
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import SkillSentences


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[SkillSentences]:
    folder = tmp_path_factory.mktemp("skills")
    found = []
    for (skill, language), text in FILES.items():
        path = Path(folder / f"{skill}.{language}.yaml")
        path.write_text(text, encoding="utf-8")
        packaged = PACKAGED if skill == "home" else ()
        found.append(SkillSentences(skill, language, path, packaged))  # type: ignore[arg-type]
    return found


@pytest.fixture
def house_names() -> HouseNames:
    return HouseNames()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def understander(files: list[SkillSentences], house_names: HouseNames, cache: Path) -> TemplateUnderstander:
    understander = TemplateUnderstander(files, house_names, cache)
    assert not understander.errors
    return understander


@pytest.fixture
def context() -> Context:
    return Context(NOW, area=None)
