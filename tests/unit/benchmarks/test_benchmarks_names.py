"""Homes of many names are made up from a seed, and everything that is said of them can be meant."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from jingling.language.matcher import TemplateUnderstander

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
MODULES = ("names", "names_homes", "noise_homes", "report")


@pytest.fixture(scope="module")
def names() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    import names

    yield names
    sys.path.remove(str(BENCHMARKS))
    for name in MODULES:
        sys.modules.pop(name, None)


@pytest.mark.parametrize("count", [30, 1_000, 3_000])
def test_a_home_has_as_many_names_as_asked_and_the_same_again(names: ModuleType, count: int) -> None:
    one, again = names.home(count, 5), names.home(count, 5)
    for language in ("en", "zh"):
        texts = [name.text for name in one.names(language)]
        assert len(texts) == len(set(texts)) == count
        assert one.names(language) == again.names(language)


def test_every_command_of_a_home_is_understood(names: ModuleType, tmp_path: Path) -> None:
    home = names.home(100, 5)
    understander = TemplateUnderstander(names.files(tmp_path), home)
    texts = names.commands(home.names("en"), 30, 5)
    assert len(texts) == 30 and all(names.meaning(understander, text) for text in texts)


def test_a_label_compares_with_what_was_understood(names: ModuleType) -> None:
    label = {"intent": "orderDrink", "slots": {"size": "small", "coffeeDrink": "latte"}}
    assert names.order(label) == '["coffee.orderDrink", {"coffeeDrink": "latte", "size": "small"}]'
