"""One error goes into a name or a number, and what comes of it is counted for what it is."""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from jingling.core.turn import Intent
from jingling.language.base import Reading, Understanding

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
PARTS = ("english", "homes", "mandarin", "scope", "sentences")
MODULES = ("mishearing", *(f"noise_{part}" for part in PARTS), "report")


@pytest.fixture(scope="module")
def noise() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    import mishearing

    yield mishearing
    sys.path.remove(str(BENCHMARKS))
    for name in MODULES:
        sys.modules.pop(name, None)


def understood(name: str, cost: float = 0.0, unsure: bool = False) -> Understanding:
    return Understanding((Reading(Intent(name, {"name": "plant"}), "water the plant", cost),), unsure)


def test_an_error_goes_into_a_name_or_a_number_and_nowhere_else(noise: ModuleType) -> None:
    piece, kinds = noise.Piece, (noise.NAME, noise.NUMBER)
    for language, texts in (
        ("en", ("please water ", "the orange flowers", " now")),
        ("zh", ("请浇", "三朵红花", "吧")),
    ):
        said = noise.Said("garden.water", (piece(texts[0]), piece(texts[1], kinds[0]), piece(texts[2])))
        heard = {noise.misheard(said, language, random.Random(seed)) for seed in range(30)}
        assert len(heard) > 10
        assert all(one.startswith(texts[0].strip()) and one.endswith(texts[2].strip()) for one in heard)


def test_the_same_seed_makes_the_same_error(noise: ModuleType) -> None:
    import noise_english
    import noise_mandarin

    for misheard, text in (
        (noise_english.misheard, ["green", "watering", "can"]),
        (noise_mandarin.misheard, "洒水壶"),
    ):
        assert misheard(text, random.Random(3)) == misheard(text, random.Random(3))


def test_mandarin_is_misheard_by_a_sound_that_is_near(noise: ModuleType) -> None:
    import noise_mandarin

    assert "四" in noise_mandarin.by_sound()["si"]
    for seed in range(40):
        heard = noise_mandarin.misheard("花园", random.Random(seed))
        changed = [pair for pair in zip(heard, "花园", strict=True) if pair[0] != pair[1]]
        assert len(changed) <= 1
        assert all(noise_mandarin._apart(*map(noise_mandarin.sound, pair)) < 2 for pair in changed)


def test_what_comes_of_it_is_told_apart(noise: ModuleType) -> None:
    truth = Intent("garden.water", {"name": "plant"})
    assert noise.verdict(truth, understood("garden.water", 0.2)) == noise.RIGHT
    assert noise.verdict(truth, understood("garden.water", 0.5, unsure=True)) == noise.ASKED
    assert noise.verdict(truth, understood("garden.weed", 0.5, unsure=True)) == noise.ASKED_WRONG
    assert noise.verdict(truth, understood("garden.weed", 0.2)) == noise.WRONG_ACTION
    assert noise.verdict(truth, understood("HassGetState", 0.2)) == noise.WRONG_ANSWER
    assert noise.verdict(truth, understood("home.unknown")) == noise.NOTHING
    assert noise.verdict(truth, Understanding()) == noise.NOTHING


def test_sentences_that_became_others_count_neither_way(noise: ModuleType) -> None:
    tally = Counter({noise.RIGHT: 9, noise.WRONG_ACTION: 1, "another sentence": 90})
    assert noise.shares(tally)[noise.RIGHT] == 90


def test_requests_inside_our_skills_are_left_out(noise: ModuleType, tmp_path: Path) -> None:
    import noise_scope

    folder = tmp_path / "CLINC150" / "train"
    folder.mkdir(parents=True)
    (folder / "label").write_text("timer\npoetry\n", encoding="utf-8")
    (folder / "seq.in").write_text("ring in an hour\nwrite me a sonnet\n", encoding="utf-8")
    assert noise_scope.outside_requests(tmp_path) == [("poetry", "write me a sonnet")]


def test_missing_requests_are_told(noise: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import noise_scope

    assert noise_scope.outside_requests(tmp_path) == []
    assert "HWU64: no requests there" in capsys.readouterr().out


def test_a_large_home_has_so_many_names_each_once(noise: ModuleType) -> None:
    for language in ("en", "zh"):
        names = noise.large_home(300, 4).names(language)
        assert len({name.text for name in names}) == 300
