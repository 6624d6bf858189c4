"""Skills from folders. One that is broken is reported and hinders no other."""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from jingling.core.errors import BadInput
from jingling.sdk.kit import Kit
from jingling.sdk.manifest import Manifest, read_manifest
from jingling.sdk.skill import Skill

BUNDLED = "jingling.skills"


@dataclass(frozen=True)
class SkillFolder:
    """A skill whose code is loaded and not yet made."""

    manifest: Manifest
    folder: Path
    kind: type[Skill]


@dataclass(frozen=True)
class SkillProblem:
    folder: Path
    text: str


def load_skills(folders: Iterable[Path], bundled: Path) -> tuple[list[SkillFolder], list[SkillProblem]]:
    """Every skill of `folders`, each of which is a skill or holds skills. `bundled` is the package's own folder."""
    loaded: dict[str, SkillFolder] = {}
    problems: list[SkillProblem] = []
    for folder in _skill_folders(folders, problems):
        try:
            name = read_manifest(folder).name
            if name in loaded:
                raise BadInput(f"{folder}: there is a skill {name!r} already; rename one of them")
            loaded[name] = load_skill(folder, bundled)
        except BadInput as error:
            problems.append(SkillProblem(folder, str(error)))
    return list(loaded.values()), problems


def make_skills(
    folders: Iterable[SkillFolder], kit: Callable[[SkillFolder], Kit]
) -> tuple[list[tuple[SkillFolder, Skill]], list[SkillProblem]]:
    """Every skill with its kit in hand."""
    made: list[tuple[SkillFolder, Skill]] = []
    problems: list[SkillProblem] = []
    for one in folders:
        try:
            made.append((one, one.kind(kit(one))))
        except BadInput as error:
            problems.append(SkillProblem(one.folder, f"{one.folder}: {error}"))
        except (Exception, SystemExit) as error:
            what = f"{one.folder / 'skill.py'}: cannot be made: {type(error).__name__}: {error}"
            problems.append(SkillProblem(one.folder, what))
    return made, problems


def load_skill(folder: Path, bundled: Path) -> SkillFolder:
    """Raises BadInput when the folder is incomplete or its code does not load."""
    manifest = read_manifest(folder)
    parent = BUNDLED if folder.resolve().parent == bundled.resolve() else "jingling_skills"
    module = _import(folder, f"{parent}.{manifest.name}")
    kinds = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Skill) and kind.__module__ == module.__name__
    ]
    if len(kinds) != 1:
        raise BadInput(f"{folder / 'skill.py'}: must define exactly one subclass of Skill, has {len(kinds)}")
    return SkillFolder(manifest, folder, kinds[0])


def _skill_folders(folders: Iterable[Path], problems: list[SkillProblem]) -> Iterable[Path]:
    for folder in folders:
        if (folder / "skill.toml").is_file() or (folder / "skill.py").is_file():
            yield folder
        elif folder.is_dir():
            yield from sorted(path.parent for path in folder.glob("*/skill.toml"))
        else:
            problems.append(SkillProblem(folder, f"{folder}: no skill folder there (it needs a skill.toml)"))


def _import(folder: Path, package: str) -> ModuleType:
    """The folder becomes a package of its own, so that skill.py can import the files beside it."""
    _import_package(folder, package)
    spec = importlib.util.spec_from_file_location(f"{package}.skill", folder / "skill.py")
    if spec is None or spec.loader is None:
        raise BadInput(f"{folder / 'skill.py'}: cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise BadInput(f"{folder / 'skill.py'}: does not load: {type(error).__name__}: {error}") from error
    return module


def _import_package(folder: Path, package: str) -> None:
    root = package.partition(".")[0]
    if root not in sys.modules:
        sys.modules[root] = ModuleType(root)
        sys.modules[root].__path__ = []
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]
    module = ModuleType(package)
    module.__path__ = [str(folder)]
    sys.modules[package] = module
