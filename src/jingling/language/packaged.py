"""The sentences of the home-assistant-intents package, each with its line in the package's file."""

import json
from collections import defaultdict, deque
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import home_assistant_intents

from jingling.core.turn import Language
from jingling.language.located import Located

_NAMES: Mapping[Language, str] = {"en": "en", "zh": "zh-CN"}
_Lines = Mapping[str, deque[int]]


def packaged_file(language: Language) -> Path:
    """As it is told to people: within the package."""
    return Path("home-assistant-intents", "data", f"{_NAMES[language]}.json")


@cache
def package(language: Language) -> dict[str, Any]:
    """Intents, lists and rules as in the package's file; the sentences are `Located`."""
    path = Path(home_assistant_intents.__file__).with_name("data") / packaged_file(language).name
    text = path.read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    lines = _lines(text)
    for intent in content["intents"].values():
        for block in intent["data"]:
            block["sentences"] = [_located(sentence, lines) for sentence in block["sentences"]]
    return content


def _located(sentence: str, lines: _Lines) -> str:
    """The same sentence may stand in several places, which come in the order of the file."""
    if not lines.get(sentence):
        return sentence
    located = Located(sentence)
    located.line = lines[sentence].popleft()
    return located


def _lines(text: str) -> _Lines:
    """Where each text stands that has a line to itself."""
    found: dict[str, deque[int]] = defaultdict(deque)
    for number, line in enumerate(text.splitlines(), 1):
        alone = line.strip().removesuffix(",")
        if alone.startswith('"') and alone.endswith('"') and '": ' not in alone:
            found[json.loads(alone)].append(number)
    return found
