"""Who may import whom. `LAYERS` runs from the ground up; a module imports only from layers below its own."""

import ast
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from tidy.source import Module

LAYERS = (
    {"core"},
    {"settings"},
    {"config"},
    {"storage", "bus"},
    {
        "wallet",
        "speech",
        "language",
        "home",
        "media",
        "health",
        "learning",
        "vision",
        "screen",
        "schedule",
        "devices",
    },
    {"market"},
    {"live"},
    {"sdk"},
    {"skills", "assistant", "protocols"},
    {"outside", "engines", "taught", "gateways", "executors", "warming"},
    {"app"},
    {"server", "speaker"},
    {"cli"},
)
SKILLS_MAY = ("jingling.sdk", "jingling.core")
WORDS = ("commands", "model", "events", "base")
"""What a skill may import of a domain."""
LAZY = ("jingling.app", "jingling.engines")
"""The composition root may load an engine only when it is asked for."""


def misplaced(modules: Iterable[Module]) -> list[str]:
    """Imports that go up or sideways, and parts that no layer names."""
    wrong: list[str] = []
    for module in modules:
        here = part(module.name)
        for target in imports(module):
            there = part(target)
            if "" in (here, there) or here == there:
                continue
            if not {here, there} <= set().union(*LAYERS):
                wrong.append(f"{module.name} → {target}: one of them is in no layer")
            elif _level(there) >= _level(here):
                wrong.append(f"{module.name} → {target}: imports go only downward")
    return wrong


def skill_imports(modules: Iterable[Module]) -> list[str]:
    """Imports of a skill beyond the sdk, the shared words and the domains' words."""
    return [
        f"{module.name} → {target}: a skill imports the sdk, core, and a domain's {', '.join(WORDS)}"
        for module in modules
        if module.name.startswith("jingling.skills.")
        for target in imports(module)
        if not _allowed_in_skill(module.name.split(".")[2], target)
    ]


def cycles(modules: Iterable[Module]) -> list[str]:
    modules = list(modules)
    known = {module.name for module in modules}
    graph = {module.name: {_nearest(target, known) for target in imports(module, deep=known)} for module in modules}
    try:
        list(TopologicalSorter({name: to - {name} for name, to in graph.items()}).static_order())
    except CycleError as cycle:
        return [" → ".join(reversed(cycle.args[1]))]
    return []


def late(modules: Iterable[Module]) -> list[str]:
    """Imports of ours inside functions."""
    return [
        f"{module.name}:{line}: {target} is imported inside a function"
        for module in modules
        if module.name not in LAZY
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for target, line in _imported(module, node)
    ]


def imports(module: Module, deep: Iterable[str] = ()) -> list[str]:
    """The names of ours that `module` imports. `from a import b` is a.b where `deep` knows that module."""
    return [target for target, _ in _imported(module, module.tree, frozenset(deep))]


def part(name: str) -> str:
    """`jingling.home.model` is of the part home; jingling itself, with its version, of none."""
    named = name.split(".")[1] if "." in name else ""
    return "" if named.startswith("__") else named


def _imported(module: Module, within: ast.AST, deep: frozenset[str] = frozenset()) -> Iterator[tuple[str, int]]:
    for node in ast.walk(within):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = _from(module, node, deep)
        else:
            continue
        yield from ((name, node.lineno) for name in names if name.split(".")[0] == "jingling")


def _from(module: Module, node: ast.ImportFrom, deep: frozenset[str]) -> list[str]:
    base = node.module or ""
    if node.level:
        up = module.name.split(".")[
            : None if module.package and node.level == 1 else -(node.level - module.package)
        ]
        base = ".".join([*up, *([base] if base else [])])
    if base == "jingling" or deep:
        inner = [f"{base}.{alias.name}" for alias in node.names]
        return [name if base == "jingling" or name in deep else base for name in inner]
    return [base]


def _nearest(target: str, known: set[str]) -> str:
    while target not in known and "." in target:
        target = target.rpartition(".")[0]
    return target


def _level(name: str) -> int:
    return next(level for level, parts in enumerate(LAYERS) if name in parts)


def _allowed_in_skill(skill: str, target: str) -> bool:
    own = f"jingling.skills.{skill}"
    if any(target == one or target.startswith(f"{one}.") for one in (*SKILLS_MAY, own)):
        return True
    pieces = target.split(".")
    return len(pieces) == 3 and pieces[1] not in ("skills", "storage", "bus") and pieces[2] in WORDS
