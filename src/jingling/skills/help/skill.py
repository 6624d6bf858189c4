"""What can be said here."""

from jingling.sdk import Choice, Do, ListCard, Reply, Skill, Turn, phrases
from jingling.sdk.examples import one_of_each

SPOKEN = 3
SHOWN = 12


class Help(Skill):
    async def what_to_say(self, turn: Turn, do: Do) -> Reply:
        examples = one_of_each(self.kit.help.examples(turn.language), last=self.kit.name)[:SHOWN]
        if not examples:
            return self.say(turn, "nothing")
        quoted = [self.kit.replies.text(turn.language, "quoted", text=e.text) for e in examples[:SPOKEN]]
        title = self.kit.replies.text(turn.language, "title")
        card = ListCard(title, tuple(Choice(title=example.text, value=example.text) for example in examples))
        return self.say(turn, "you_can_say", examples=phrases.joined(quoted, turn.language), card=card)
