"""What was compiled is kept, and made anew when it is of no use."""

import zlib
from pathlib import Path

import pytest

from fakes.bakery import NOW
from fakes.sentences import spoken_of
from jingling.language.matching import tongue as compiling
from jingling.language.matching.names import NameIndex
from jingling.language.matching.spoken import Spoken
from jingling.language.matching.tongue import Tongue

FILE = """
intents:
  go: {sentences: ["go <way> [{pace}]"]}
lists:
  pace: {values: [fast, "slow"]}
expansion_rules:
  way: "(home|away)"
"""


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each compilation."""
    made: list[str] = []
    real = compiling._compiled

    def counted(spoken: Spoken, *rest: object) -> object:
        made.append(spoken.code)
        return real(spoken, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(compiling, "_compiled", counted)
    return made


def said(folder: Path, cache: Path | None, text: str = FILE) -> dict[str, object]:
    tongue = Tongue(spoken_of(folder, text), NameIndex(), cache)
    return tongue.match(tongue.said("go home slow", NOW))[0].slots


def test_the_second_start_compiles_nothing(tmp_path: Path, compilations: list[str]) -> None:
    cache = tmp_path / "cache"
    assert said(tmp_path, cache) == {"pace": "slow"}
    assert said(tmp_path, cache) == {"pace": "slow"}
    assert len(compilations) == 1
    assert said(tmp_path, None) == {"pace": "slow"}
    assert len(compilations) == 2


@pytest.mark.parametrize(
    ("old", "new"), [("(home|away)", "(home|out)"), ('"slow"', '"[so] slow"'), ("go <way>", "go [on] <way>")]
)
def test_any_change_of_the_sentences_compiles_anew(
    tmp_path: Path, compilations: list[str], old: str, new: str
) -> None:
    said(tmp_path, tmp_path / "cache")
    said(tmp_path, tmp_path / "cache", FILE.replace(old, new))
    assert len(compilations) == 2


@pytest.mark.parametrize(
    "content", [b"", b"garbage", zlib.compress(b"garbage"), zlib.compress(b"\x96" + b"\x90" * 6), b"\x78\x9c" * 9]
)
def test_what_is_broken_is_made_anew(tmp_path: Path, compilations: list[str], content: bytes) -> None:
    cache = tmp_path / "cache"
    said(tmp_path, cache)
    [file] = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(content)
    assert said(tmp_path, cache) == {"pace": "slow"}
    assert file.read_bytes() == whole
    file.write_bytes(whole[: len(whole) // 2])
    assert said(tmp_path, cache) == {"pace": "slow"}
    assert len(compilations) == 3


def test_a_folder_that_takes_nothing_only_costs_time(tmp_path: Path, compilations: list[str]) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    assert said(tmp_path, tmp_path / "cache") == {"pace": "slow"}
    assert len(compilations) == 1


def test_old_sentences_are_not_kept_for_ever(tmp_path: Path) -> None:
    for number in range(9):
        said(tmp_path, tmp_path / "cache", FILE.replace("away", f"away {'x' * (number + 1)}"))
    assert len(list((tmp_path / "cache").iterdir())) < 9
