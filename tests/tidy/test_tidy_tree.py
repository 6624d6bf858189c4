"""The structure is a test: this tree keeps the rules of docs and of the folders beside this file."""

from functools import cache
from pathlib import Path

import pytest

from tidy import anatomy, contents, layers, sizes, skills
from tidy.source import ROOT, Module, modules, tracked

PACKAGE = ROOT / "src" / "jingling"
SKILLS = sorted(one.parent for one in (PACKAGE / "skills").glob("*/skill.py"))
CODE = {".py", ".ts", ".js", ".css"}


@cache
def ours() -> list[Module]:
    return modules()


@cache
def texts() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in tracked():
        content = (ROOT / file).read_bytes()
        if b"\0" not in content[:4096]:
            found[str(file)] = content.decode("utf-8", errors="replace")
    return found


def code() -> dict[str, str]:
    return {name: text for name, text in texts().items() if Path(name).suffix in CODE}


def holds(wrong: list[str]) -> None:
    assert not wrong, "\n" + "\n".join(wrong)


def test_imports_go_only_downward() -> None:
    holds(layers.misplaced(ours()))


def test_skills_import_only_what_is_theirs() -> None:
    holds(layers.skill_imports(ours()))


def test_there_are_no_import_cycles() -> None:
    holds(layers.cycles(ours()))


def test_nothing_of_ours_is_imported_inside_a_function() -> None:
    holds(layers.late(ours()))


def test_files_are_short() -> None:
    holds(sizes.long_files(code()))


def test_functions_are_short() -> None:
    holds(sizes.long_functions([*ours(), *modules(ROOT / "tests")]))
    holds(sizes.long_median(ours()))


def test_no_file_is_over_a_megabyte() -> None:
    holds(sizes.big_files({str(file): (ROOT / file).stat().st_size for file in tracked()}))


def test_every_domain_folder_has_the_same_anatomy() -> None:
    holds(anatomy.strange_files(PACKAGE))


def test_every_folder_says_what_it_is() -> None:
    holds(anatomy.missing_readmes(PACKAGE))


def test_names_say_what_a_file_is() -> None:
    holds(anatomy.banned_names(Path(name) for name in code()))


@pytest.mark.parametrize("skill", SKILLS, ids=lambda one: one.name)
def test_a_skill_is_complete_in_both_languages(skill: Path) -> None:
    holds(skills.incomplete(skill))


def test_there_are_skills() -> None:
    assert len(SKILLS) >= 2


def test_no_package_registry_is_named() -> None:
    holds(contents.told(contents.ADDRESSES, texts()))


def test_no_path_of_one_machine_is_named() -> None:
    holds(contents.told(contents.MACHINE_PATHS, texts()))


def test_nothing_is_left_unfinished() -> None:
    holds(contents.told(contents.UNFINISHED, code()))
