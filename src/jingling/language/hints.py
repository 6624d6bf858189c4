"""What of a conversation can be heard: words that stand for names, and what is left out of answers."""

from collections.abc import Mapping, Sequence

from jingling.core.turn import Language
from jingling.language.base import Name

HINTS = frozenset({"core.followup", "core.correct", "core.more", "core.choose", "core.undo", "core.value"})
"""Not to be heard in answer to a question, where each word more costs certainty."""
CORE_SHARE_MAX = 3
"""What is built in has the chance of three intents together: it never crowds out what the skills are for."""
_PRONOUNS: Mapping[Language, tuple[str, ...]] = {"en": ("it", "them"), "zh": ("它",)}


def pronouns(names: Sequence[Name], language: Language) -> list[Name]:
    """Words that can be heard in the place of names, once for each kind of thing there is.

    What they mean when they are said is in the context's referents.
    """
    kinds = {
        (one.context.get("domain"), one.context.get("device_class")): one for one in names if one.kind == "name"
    }
    return [Name(word, one.value, "name", one.context) for word in _PRONOUNS[language] for one in kinds.values()]
