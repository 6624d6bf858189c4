"""Home Assistant's sentences of one language, from the package or from the folder of their own YAML files."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from home_assistant_intents import get_intents
from number_words import NumberWords

from jingling.core.turn import Language
from jingling.language.matching.spoken import Spoken
from jingling.language.templates import BUILT_IN, HOME_LISTS, read_bank
from jingling.language.values.find import PHRASES

OURS: Mapping[str, Language] = {"en": "en", "zh-CN": "zh"}
"""The languages whose numbers, times and polite words we know."""
_SPACELESS = re.compile(r"(?:ja|zh|yue|th|lo|km|my)\b")


def packaged(language: str) -> dict[str, Any]:
    """Raises LookupError when the package lacks the language."""
    content = get_intents(language)
    if content is None:
        raise LookupError(f"the package home-assistant-intents has no sentences in {language}")
    return dict(content)


def from_folder(folder: Path, language: str) -> dict[str, Any]:
    """The same shape as the package's, put together from `sentences`, `rules`, `lists` and `intents.yaml`.

    The lists that are the same in every language (ranges and free words) are not in the folder and are taken from
    the package.
    """
    sentences = folder / "sentences" / language
    if not sentences.is_dir():
        raise LookupError(f"{sentences}: no sentences of {language} here")
    common = packaged("en")["lists"]
    lists = {name: body for name, body in common.items() if "range" in body or body.get("wildcard")}
    rules: dict[str, Any] = {}
    for kind, key, into in (("lists", "lists", lists), ("rules", "expansion_rules", rules)):
        for file in sorted((folder / kind / language).glob("*.yaml")):
            into.update(_load(file).get(key) or {})
    combinations = {
        name: body.get("slot_combinations", {}) for name, body in _load(folder / "intents.yaml").items()
    }
    intents: dict[str, Any] = {}
    for file in sorted(sentences.glob("*/*.yaml")):
        combination = combinations.get(file.parent.name, {}).get(file.stem, {})
        blocks = [_block(block, combination) for block in _load(file).get("data") or ()]
        intents.setdefault(file.parent.name, {"data": []})["data"] += blocks
    return {"lists": lists, "expansion_rules": rules, "intents": intents}


def _load(file: Path) -> dict[str, Any]:
    """YAML in which `on` and `no` are words."""
    loader = type("_Words", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not (tag.endswith("bool") and first not in "tTfF")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return dict(yaml.load(file.read_text(encoding="utf-8"), loader) or {})


def _block(block: Mapping[str, Any], combination: Mapping[str, Any]) -> dict[str, Any]:
    slots, needs = dict(block.get("slots") or {}), dict(block.get("requires_context") or {})
    if block.get("inferred_domain"):
        slots["domain"] = block["inferred_domain"]
    domains = block.get("name_domains")
    if isinstance(domains, str):
        domains = (combination.get("name_domain_groups") or {}).get(domains)
    if domains:
        needs["domain"] = domains
    if combination.get("context_area"):
        needs["area"] = {"slot": True}
    return {
        "sentences": block["sentences"],
        "slots": slots,
        "requires_context": needs,
        "excludes_context": block.get("excludes_context") or {},
        "response": str(block.get("response", "")),
    }


def spoken(content: Mapping[str, Any], language: str) -> Spoken:
    """Ready to be compiled."""
    ours = OURS.get(language)
    bank = read_bank(content, ours or cast(Language, language), BUILT_IN if ours else HOME_LISTS)
    phrases = PHRASES[ours] if ours else {"number": NumberWords(language)}
    return Spoken(
        ours or language,
        bank.templates,
        bank.rules,
        bank.lists,
        phrases=phrases,
        characters=_SPACELESS.match(language) is not None,
    )


def count(content: Mapping[str, Any]) -> int:
    return sum(1 for _ in texts(content))


def texts(content: Mapping[str, Any]) -> Iterator[str]:
    for intent in content["intents"].values():
        for block in intent["data"]:
            yield from block["sentences"]
