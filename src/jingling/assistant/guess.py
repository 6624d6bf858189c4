"""What was only half understood is asked about before anything is done."""

from dataclasses import dataclass

from jingling.assistant.conversation import Conversation, OpenQuestion
from jingling.assistant.think import Thought
from jingling.core.card import Card, Choice, ConfirmCard, ListCard
from jingling.core.clock import Clock
from jingling.core.turn import Ask, Reply
from jingling.sdk.kit import Replies

CHOICE = "core/choice"


@dataclass(frozen=True)
class Guessing:
    replies: Replies
    clock: Clock

    def ask(self, thought: Thought, conversation: Conversation) -> Reply:
        """ "Did you mean …?", with a card to tap on."""
        turn, guesses = thought.turn, thought.guesses
        said = [reading.text or turn.utterance.text for reading in guesses]
        text = self.replies.text
        key = "did_you_mean" if len(said) == 1 else "did_you_mean_either"
        question = text(turn.language, key, first=said[0], second=said[-1])
        card: Card = ConfirmCard(question, text(turn.language, "yes"), text(turn.language, "no"))
        ask = Ask(turn.intent, "answer", "yes_no")
        if len(said) > 1:
            items = tuple(Choice(title, str(number)) for number, title in enumerate(said, 1))
            card = ListCard(text(turn.language, "did_you_mean_title"), items)
            ask = Ask(turn.intent, "which", CHOICE)
        expires_at = conversation.expiry(self.clock.now())
        conversation.question = OpenQuestion(ask, turn, expires_at, question, card=card, guesses=guesses)
        return Reply(question, card, ask, end=False)
