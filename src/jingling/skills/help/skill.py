"""What can be said here."""

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from jingling.language.base import Example
from jingling.sdk import Choice, Do, ListCard, Reply, Skill, Turn, phrases

SPOKEN = 3
SHOWN = 12


class Help(Skill):
    async def what_can_i_say(self, turn: Turn, do: Do) -> Reply:
        examples = one_of_each(self.kit.help.examples(turn.language), last=self.kit.name)[:SHOWN]
        if not examples:
            return self.say(turn, "nothing")
        quoted = [self.kit.replies.text(turn.language, "quoted", text=e.text) for e in examples[:SPOKEN]]
        title = self.kit.replies.text(turn.language, "title")
        card = ListCard(title, tuple(Choice(title=example.text, value=example.text) for example in examples))
        return self.say(turn, "you_can_say", examples=phrases.joined(quoted, turn.language), card=card)


def one_of_each(examples: Iterable[Example], last: str) -> Sequence[Example]:
    """One of each skill in turn, then a second of each, and so on; those of the skill `last` at the end."""
    by_skill: dict[str, list[Example]] = {}
    for example in examples:
        by_skill.setdefault(example.skill, []).append(example)
    own = by_skill.pop(last, [])
    return [example for example in chain.from_iterable(zip_longest(*by_skill.values())) if example] + own
