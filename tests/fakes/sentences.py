"""Sentences for a matcher, written as in a skill's file."""

from collections.abc import Sequence
from pathlib import Path

from jingling.core.turn import Language
from jingling.language.base import Name
from jingling.language.matching.names import NameIndex
from jingling.language.matching.spoken import Spoken
from jingling.language.matching.tongue import Tongue
from jingling.language.templates import SkillSentences, load_one
from jingling.language.values.find import PHRASES


def spoken_of(folder: Path, text: str, language: Language = "en") -> Spoken:
    """`text` is the body of a sentence file, without its first line."""
    path = folder / f"intents.{language}.yaml"
    path.write_text(f"language: {language}\n{text}", encoding="utf-8")
    bank = load_one(SkillSentences("shop", language, path))
    return Spoken(language, bank.templates, bank.rules, bank.lists, bank.answers, PHRASES[language])


def tongue_of(folder: Path, text: str, names: Sequence[Name] = (), language: Language = "en") -> Tongue:
    index = NameIndex()
    index.replace(language, names)
    return Tongue(spoken_of(folder, text, language), index)
