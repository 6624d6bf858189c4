"""Each rule finds a small bad example, and leaves a good one alone."""

from pathlib import Path

import pytest

from tidy import anatomy, contents, layers, sizes, skills
from tidy.source import Module, tracked


def module(name: str, text: str, package: bool = False) -> Module:
    return Module(f"jingling.{name}", text, package)


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("home.service", "from jingling.storage.base import UnitOfWork", False),
        ("home.service", "from jingling.home.model import Lamp", False),
        ("market.service", "from jingling.wallet.commands import Pay", False),
        ("cli.up", "from jingling.server.http import serve", False),
        ("home.service", "from jingling.language.base import Names", True),
        ("home.service", "from jingling import app", True),
        ("storage.engine", "from jingling.bus.base import Bus", True),
        ("core.clock", "import jingling.config", True),
        ("wallet.service", "from jingling.market.model import Order", True),
        ("sdk.kit", "if 1:\n    from ..assistant import act", True),
        ("cellar.model", "from jingling.core import clock", True),
        ("core.clock", "import asyncio\nfrom typing import Any", False),
        ("app", "from jingling import __version__", False),
    ],
)
def test_imports_up_or_sideways_are_found(name: str, text: str, wrong: bool) -> None:
    assert bool(layers.misplaced([module(name, text)])) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("from jingling.sdk import Skill", False),
        ("from jingling.core.card import TextCard", False),
        ("from jingling.skills.tea.words import NAMES", False),
        ("from jingling.home.commands import SetProperty", False),
        ("from jingling.home.service import HomeService", True),
        ("from jingling.skills.coffee.skill import Coffee", True),
        ("from jingling.storage.base import Database", True),
        ("from jingling.assistant.store import begin", True),
    ],
)
def test_what_a_skill_may_not_import_is_found(text: str, wrong: bool) -> None:
    assert bool(layers.skill_imports([module("skills.tea.skill", text)])) is wrong


def test_a_cycle_is_found_through_submodules_and_relative_imports() -> None:
    one = module("home", "", package=True)
    two = module("home.model", "from jingling.home import store")
    three = module("home.store", "from .service import x")
    four = module("home.service", "from . import model")
    assert layers.cycles([one, two, three]) == []
    assert layers.cycles([one, two, three, four]) != []


def test_a_late_import_is_found() -> None:
    late = "async def f():\n    def g():\n        from jingling.core import clock\n"
    assert layers.late([module("home.service", late)])
    assert not layers.late([module("app", late)])
    assert not layers.late([module("home.service", "def f():\n    import pocketsphinx")])


def test_long_files_and_functions_are_found() -> None:
    body = "    x = 1\n"
    assert sizes.long_files({"a.py": "\n" * 401, "b.py": "\n" * 400}) == ["a.py has 401 lines"]
    assert sizes.long_functions([module("a", "class A:\n  async def f():\n" + body * 60)])
    assert not sizes.long_functions([module("a", "def f():\n" + body * 59)])
    assert sizes.long_median([module("a", ("def f():\n" + body * 10) * 3)])
    assert not sizes.long_median([module("a", "def f():\n" + body * 9)])
    assert sizes.big_files({"a.bin": 1024 * 1024 + 1, "b.bin": 5}) == ["a.bin has 1048577 bytes"]


def test_strange_files_of_a_domain_are_found(tmp_path: Path) -> None:
    for name in (
        "wallet/service.py",
        "wallet/model.py",
        "wallet/gateways/own.py",
        "speech/earcons.py",
        "wallet/stuff.py",
    ):
        make(tmp_path / name)
    make(tmp_path / "wallet" / "oddments" / "one.py")
    assert anatomy.strange_files(tmp_path) == [
        "wallet/oddments has no place in a domain folder",
        "wallet/stuff.py has no place in a domain folder",
    ]
    make(tmp_path / "speech" / "README.md")
    assert anatomy.missing_readmes(tmp_path) == ["wallet/README.md is missing"]


def test_names_that_say_nothing_are_found() -> None:
    files = [Path("a/utils.py"), Path("a/turn_manager.py"), Path("web/helpers/x.ts"), Path("a/managing.py")]
    assert len(anatomy.banned_names(files)) == 3


def test_what_a_skill_lacks_is_found(tmp_path: Path) -> None:
    skill = tmp_path / "tea"
    assert "tea: skill.py is missing" in skills.incomplete(skill)
    make(skill / "skill.py")
    make(skill / "skill.toml", 'name = "tea"\ntitle = { en = "Tea", zh = "茶" }')
    for language in ("en", "zh"):
        make(skill / f"intents.{language}.yaml", "intents: {brew: {}}")
        make(skill / f"replies.{language}.yaml", "done: ok")
        make(skill / f"dialogs.{language}.yaml", "[{}, {}, {}]")
    assert skills.incomplete(skill) == []
    make(skill / "skill.toml", 'name = "coffee"\ntitle = { en = "Tea" }')
    make(skill / "intents.zh.yaml", "intents: {pour: {}}")
    make(skill / "replies.en.yaml", "done: ok\nfailed: no")
    make(skill / "dialogs.zh.yaml", "[{}, {}]")
    assert skills.incomplete(skill) == [
        "tea: skill.toml has another name than its folder",
        "tea: skill.toml has no title in zh",
        "tea: 2 dialogs in zh, 3 are needed",
        "tea: intents: brew is only in en",
        "tea: intents: pour is only in zh",
        "tea: replies: failed is only in en",
    ]


@pytest.mark.parametrize(
    "address", ["https://py" + "pi.org/x", "--index" + "-url=x", '"resolved": "' + "https://a"]
)
def test_registry_addresses_are_found(address: str) -> None:
    assert contents.told(contents.ADDRESSES, {"a.txt": f"one\n{address}"})[0].startswith("a.txt:2")


@pytest.mark.parametrize("folder", ["work", "root", "tmp"])
def test_machine_paths_are_found(folder: str) -> None:
    assert contents.told(contents.MACHINE_PATHS, {"a": f'open("/{folder}/x")'})
    assert not contents.told(contents.MACHINE_PATHS, {"a": f"src/{folder}/x and ./{folder}/x and /{folder}s"})


@pytest.mark.parametrize(
    "word", ["TO" + "DO later", "# FIX" + "ME", "raise NotImplemented" + "Error", "pytest.mark.sk" + "ip"]
)
def test_unfinished_work_is_found(word: str) -> None:
    assert contents.told(contents.UNFINISHED, {"a.py": word}) != []
    assert contents.told(contents.UNFINISHED, {"a.py": "mastodon"}) == []


def test_without_git_the_ignored_files_stay_out(tmp_path: Path) -> None:
    make(tmp_path / ".gitignore", "node_modules/\n*.log\nsrc/static/\n")
    for name in ("a.py", "x.log", "web/node_modules/b.js", "src/static/index.html", "src/c.py"):
        make(tmp_path / name)
    assert tracked(tmp_path) == [Path(".gitignore"), Path("a.py"), Path("src/c.py")]


def make(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
