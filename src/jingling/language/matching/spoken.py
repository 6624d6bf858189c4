"""What can be said in one language, before it is compiled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hassil.expression import Sentence as Parsed
from hassil.intents import SlotList, TextSlotList, TextSlotValue

from jingling.language.matching.automaton import Sentence
from jingling.language.templates import Template
from jingling.language.values.phrases import Phrase

ALL = ""
"""The group of what can be said at any time."""


@dataclass(frozen=True)
class Spoken:
    """The sentences of a language. `groups` are those that may be said at certain times only (in answer).

    `phrases` are the value lists that every skill has; `characters`: words are not set apart by spaces.
    """

    code: str
    templates: Sequence[Template]
    rules: Mapping[str, Parsed]
    lists: Mapping[str, SlotList]
    groups: Mapping[str, Sequence[Template]] = field(default_factory=dict)
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    characters: bool = False


def numbered(spoken: Spoken) -> tuple[list[Template], dict[int, TextSlotValue], list[Sentence]]:
    """Every template and every written value of a list has a number; the smaller is preferred: answers."""
    always = {id(template) for template in spoken.templates}
    answers = [one for members in spoken.groups.values() for one in members if id(one) not in always]
    templates = list({id(one): one for one in answers}.values())
    numbers = {id(one): number for number, one in enumerate(templates)}
    sentences = []
    for group, members in {ALL: spoken.templates, **spoken.groups}.items():
        for template in members:
            number = numbers.setdefault(id(template), len(templates))
            if number == len(templates):
                templates.append(template)
            sentences.append(Sentence(group, number, template.sentence.expression))
    values: dict[int, TextSlotValue] = {}
    for name, known in spoken.lists.items():
        for value in known.values if isinstance(known, TextSlotList) else ():
            number = len(templates) + len(values)
            values[number] = value
            sentences.append(Sentence(f"{{{name}}}", number, value.text_in))
    return templates, values, sentences
