"""What a skill is."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from jingling.core.card import Card
from jingling.core.command import Command, Outcome
from jingling.core.turn import Ask, Intent, Reply, Turn
from jingling.sdk.kit import Kit


class Do(Protocol):
    """The one gate through which a skill acts.

    A command whose risk demands it is put to the person first; the skill is then handled anew from its
    start with the same turn, and commands already done return their first outcome.
    """

    async def __call__(self, command: Command) -> Outcome: ...


class Skill:
    """Base of all skills. An intent `coffee.orderDrink` is handled by a method `order_drink(turn, do)`."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit

    async def handle(self, turn: Turn, do: Do) -> Reply:
        handler: Callable[[Turn, Do], Awaitable[Reply]] = getattr(self, method_name(turn.intent.name))
        return await handler(turn, do)

    def say(
        self, turn: Turn, key: str, *, card: Card | None = None, ask: Ask | None = None, **values: Any
    ) -> Reply:
        """The reply `key` of `replies.<lang>.yaml` with `values` filled in."""
        speech = self.kit.replies.text(turn.language, key, **values)
        return Reply(speech=speech, card=card, ask=ask, end=ask is None)

    def ask_for(
        self, turn: Turn, key: str, slot: str, expect: str, *, intent: Intent | None = None, **values: Any
    ) -> Reply:
        """Ask the question `key`; the answer fills `slot` of `intent` (the turn's own), which is handled anew."""
        ask = Ask(intent=intent or turn.intent, slot=slot, expect=f"{self.kit.name}/{expect}")
        return self.say(turn, key, ask=ask, **values)


def method_name(intent: str) -> str:
    """`coffee.orderDrink` → `order_drink`; `HassTurnOn` → `hass_turn_on`."""
    verb = intent.rsplit(".", 1)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", verb).lower()
