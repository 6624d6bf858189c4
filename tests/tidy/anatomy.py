"""What a folder of the package may hold."""

from collections.abc import Iterable, Mapping
from pathlib import Path

DOMAIN_NOUNS = frozenset({"__init__", "model", "base", "commands", "events", "service", "store"})
DOMAIN_FOLDERS = frozenset({"drivers", "engines", "players", "gateways", "shops", "ingest"})
FURTHER_NOUNS: Mapping[str, frozenset[str]] = {
    "home": frozenset({"document", "file", "kinds", "names", "values"}),
}
"""Nouns that one domain has beyond the anatomy: each is a decision, taken here."""
FURTHER_FOLDERS: Mapping[str, frozenset[str]] = {}
MARKS = ("commands.py", "service.py")
"""A folder with one of these is a domain."""
BANNED_NAMES = frozenset({"utils", "util", "manager", "managers", "helpers", "helper", "misc", "common"})
WITHOUT_README = frozenset({"core", "skills"})
"""Words that everyone shares, and a folder of folders."""


def strange_files(package: Path) -> list[str]:
    """Files and folders of a domain that the anatomy has no place for."""
    wrong: list[str] = []
    for domain in domains(package):
        nouns = DOMAIN_NOUNS | FURTHER_NOUNS.get(domain.name, frozenset())
        folders = DOMAIN_FOLDERS | FURTHER_FOLDERS.get(domain.name, frozenset())
        for path in _entries(domain):
            fits = path.name in folders if path.is_dir() else path.suffix != ".py" or path.stem in nouns
            if not fits:
                wrong.append(f"{path.relative_to(package)} has no place in a domain folder")
    return wrong


def missing_readmes(package: Path) -> list[str]:
    return [
        f"{folder.name}/README.md is missing"
        for folder in _entries(package)
        if folder.is_dir() and folder.name not in WITHOUT_README and any(folder.glob("*.py"))
        if not (folder / "README.md").is_file()
    ]


def banned_names(files: Iterable[Path]) -> list[str]:
    return [f"{file}: name it after what it is" for file in files if _words(file) & BANNED_NAMES]


def domains(package: Path) -> list[Path]:
    return [one for one in _entries(package) if one.is_dir() and any((one / mark).is_file() for mark in MARKS)]


def _words(file: Path) -> set[str]:
    return {piece for part in file.with_suffix("").parts for piece in part.lower().replace("-", "_").split("_")}


def _entries(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if not one.name.startswith((".", "__pycache__")))
