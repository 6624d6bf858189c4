"""What a free recogniser wrote, as an utterance. Pure."""

import re
from collections.abc import Collection

from jingling.core.turn import Language, Utterance

UNSURE = 0.75
"""The confidence of an engine that tells none."""

_TAG = re.compile(r"<\|?[a-zA-Z_]*\|?>|<unk>", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)*")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_EDGES = ' \t\n。，、！？；：.,!?;:…"“”'
_CHINESE = frozenset({"zh", "yue", "cmn", "chinese"})
_ENGLISH = frozenset({"en", "english"})


def utterance(text: str, tag: str, languages: Collection[Language], sure: float | None = None) -> Utterance | None:
    """None when no word is in `text`. `tag` is what the engine says the language is, such as <|zh|>; "" nothing.

    Words in capitals throughout are made small, as people do not shout at machines.
    """
    said = _tidied(text)
    if not any(letter.isalnum() for letter in said):
        return None
    confidence = UNSURE if sure is None else min(max(sure, 0.0), 1.0)
    return Utterance(said, language_of(said, tag, languages), round(confidence, 3))


def language_of(text: str, tag: str, languages: Collection[Language]) -> Language:
    """By the engine's own word, or by which script has more of the text: a Han character weighs as a word."""
    named = tag.strip("<|> ").lower().partition("-")[0].partition("_")[0]
    if named in _CHINESE and "zh" in languages:
        return "zh"
    if named in _ENGLISH and "en" in languages:
        return "en"
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    if han == words:
        return "zh" if han and "zh" in languages else ("en" if "en" in languages else "zh")
    guessed: Language = "zh" if han > words else "en"
    return guessed if guessed in languages or not languages else next(iter(languages))


def _tidied(text: str) -> str:
    said = _BETWEEN_HAN.sub("", " ".join(_TAG.sub(" ", text.replace("▁", " ")).split())).strip(_EDGES)
    words = _WORD.findall(said)
    shouted = words and all(word.isupper() for word in words) and max(map(len, words)) > 1
    return said.lower() if shouted else said
