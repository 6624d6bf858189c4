"""Handles `mcp.callTool`: another server's tool, used after the person has heard what for."""

from collections.abc import Mapping
from typing import Any

from jingling.core.turn import Reply, Turn
from jingling.language.text import even
from jingling.protocols.mcp.commands import CallTool
from jingling.sdk.kit import Replies
from jingling.sdk.skill import Do

READ_CHARS_MAX = 300
VALUE_CHARS_MAX = 60
ARGUMENTS_READ_MAX = 6


class OutsideSkill:
    """The question is made of our words, the owner's name for the server and the bare values: nothing of it is the
    server's description, and no value can end the sentence."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies

    async def handle(self, turn: Turn, do: Do) -> Reply:
        slots = turn.intent.slots
        server, tool, arguments = str(slots["server"]), str(slots["tool"]), dict(slots["arguments"])
        question = self.read_back(turn.language, server, tool, arguments)
        outcome = await do(CallTool(server=server, tool=tool, arguments=arguments, read_back=question))
        if not outcome.ok:
            code = outcome.problem.code if outcome.problem else "failed"
            key = code if code in ("refused", "unreachable") else "failed"
            return Reply(self._replies.text(turn.language, key, server=bare(server)))
        text = " ".join(str(outcome.data.get("text", "")).split())[:READ_CHARS_MAX]
        if not text:
            return Reply(self._replies.text(turn.language, "done", server=bare(server)))
        return Reply(self._replies.text(turn.language, "says", server=bare(server), text=text))

    def read_back(self, language: str, server: str, tool: str, arguments: Mapping[str, Any]) -> str:
        said = {"server": bare(server), "tool": bare(tool.replace("_", " ").replace("-", " "))}
        if not arguments:
            return self._replies.text(language, "ask", **said)
        listed = [f"{bare(key)} {bare(value)}" for key, value in list(arguments.items())[:ARGUMENTS_READ_MAX]]
        if len(arguments) > ARGUMENTS_READ_MAX:
            listed.append("…")
        return self._replies.text(language, "ask_with", values=", ".join(listed), **said)


def bare(value: Any) -> str:
    """A value as words: no punctuation that could begin a sentence of its own, and not too long."""
    text = even(str(value))
    return text if len(text) <= VALUE_CHARS_MAX else text[:VALUE_CHARS_MAX] + "…"
