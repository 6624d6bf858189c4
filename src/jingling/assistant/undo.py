"""What was done, taken back: through the gate as anything else, one request at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import structs

from jingling.assistant.act import Gate, TurnGate
from jingling.assistant.conversation import Conversation, Step
from jingling.core.command import Command, Outcome, Risk
from jingling.core.turn import Reply, Turn
from jingling.sdk.kit import Replies

UNDOING = ":undo:"
"""In the keys of commands that take something back."""


@dataclass(frozen=True)
class Undo:
    gate: Gate
    replies: Replies

    async def last(self, turn: Turn, do: TurnGate, conversation: Conversation) -> Reply:
        """All that was asked for in the last breath; said plainly, or why it cannot be."""
        if not conversation.steps:
            return self._say(turn, "nothing_to_undo")
        step = conversation.steps[-1]
        steps = [each for each in reversed(conversation.steps) if each.breath == step.breath]
        commands = [command for each in steps for command in each.commands]
        outcomes = await self._take_back(commands, step, turn, do)
        for each in steps:
            conversation.steps.remove(each)
        if not outcomes:
            return self._say(turn, "cannot_undo", step)
        if not all(outcome.ok for outcome in outcomes):
            return self._say(turn, "undo_refused" if _refused(outcomes) else "undo_failed", step)
        return self._say(turn, "undone", step)

    async def earlier(self, turn: Turn, do: TurnGate, conversation: Conversation) -> None:
        """What the request before this one did, ahead of its correction; never what would need a yes."""
        last = conversation.history[-1].turn_id if conversation.history else ""
        step = conversation.steps[-1] if conversation.steps else None
        if step is None or step.turn_id != last:
            return
        conversation.steps.pop()
        if all(self.gate.risk(command) == Risk.NONE for command in step.commands):
            await self._take_back(step.commands, step, turn, do)

    async def _take_back(self, commands: Sequence[Command], step: Step, turn: Turn, do: TurnGate) -> list[Outcome]:
        note, do.note = do.note, None
        outcomes = []
        for number, command in enumerate(commands, 1):
            outcomes.append(await do(self._asked(command, f"{turn.id}{UNDOING}{number}", turn, step)))
        do.note = note
        return outcomes

    def _asked(self, command: Command, key: str, turn: Turn, step: Step) -> Command:
        """What is risky is read back in the words that were said."""
        if self.gate.risk(command) == Risk.NONE:
            return command.with_key(key)
        question = self.replies.text(turn.language, _key("undo_confirm", step), said=step.said)
        return structs.replace(command, key=key, read_back=question)

    def _say(self, turn: Turn, key: str, step: Step | None = None) -> Reply:
        if step is None:
            return Reply(self.replies.text(turn.language, key))
        return Reply(self.replies.text(turn.language, _key(key, step), said=step.said))


def _key(key: str, step: Step) -> str:
    """A touch has no words to call it by."""
    return key if step.said else f"{key}_touch"


def is_undoing(command: Command) -> bool:
    return UNDOING in command.key


def _refused(outcomes: list[Outcome]) -> bool:
    return any(outcome.problem is not None and outcome.problem.code == "refused" for outcome in outcomes)
