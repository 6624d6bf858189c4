"""How long a file and a function may be."""

import ast
from collections.abc import Iterable, Mapping
from statistics import median

from tidy.source import Module

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
FUNCTION_LINES_MEDIAN_MAX = 10
FILE_BYTES_MAX = 1024 * 1024


def long_files(texts: Mapping[str, str]) -> list[str]:
    counts = {name: len(text.splitlines()) for name, text in texts.items()}
    return [f"{name} has {lines} lines" for name, lines in counts.items() if lines > FILE_LINES_MAX]


def big_files(sizes: Mapping[str, int]) -> list[str]:
    return [f"{name} has {size} bytes" for name, size in sizes.items() if size > FILE_BYTES_MAX]


def long_functions(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.name}:{node.lineno}: {node.name} has {lines(node)} lines"
        for module in modules
        for node in functions(module)
        if lines(node) > FUNCTION_LINES_MAX
    ]


def long_median(modules: Iterable[Module]) -> list[str]:
    lengths = [lines(node) for module in modules for node in functions(module)]
    middle = median(lengths or [0])
    return [f"half of all functions have more than {middle} lines"] if middle > FUNCTION_LINES_MEDIAN_MAX else []


def functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
