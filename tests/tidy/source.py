"""The project's files, as the rules see them."""

import ast
import fnmatch
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Module:
    """A Python file under its dotted name; a package's `__init__` has the package's name."""

    name: str
    text: str
    package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def modules(src: Path = ROOT / "src") -> list[Module]:
    return [_module(path, src) for path in sorted(src.rglob("*.py"))]


def _module(path: Path, src: Path) -> Module:
    parts = path.relative_to(src).with_suffix("").parts
    package = parts[-1] == "__init__"
    return Module(".".join(parts[:-1] if package else parts), path.read_text(encoding="utf-8"), package)


def tracked(root: Path = ROOT) -> list[Path]:
    """Every file that belongs to the project, relative to `root`; without git, all that .gitignore leaves."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = [Path(name) for name in listed.stdout.split("\0") if name]
        return [name for name in names if (root / name).is_file()]
    return sorted(_walk(root, root, _ignored(root)))


def _ignored(root: Path) -> list[str]:
    return [".git", *(line.strip("/") for line in (root / ".gitignore").read_text().split())]


def _walk(folder: Path, root: Path, ignored: list[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        name = path.relative_to(root)
        if any(fnmatch.fnmatch(one, pattern) for one in (path.name, str(name)) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, root, ignored)
        else:
            yield name
