"""A language model in conversation: messages and tools in, text and calls out as they come."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, Literal, Protocol

from msgspec import Struct

from jingling.core.errors import JinglingError
from jingling.core.turn import Intent

Failure = Literal["unreachable", "too_slow", "unauthorized", "too_many", "server", "refused", "garbage", "too_long"]


class Tool(Struct, frozen=True):
    """`name`: letters, digits, _ and -, at most 64. `parameters` is the JSON Schema of an object."""

    name: str
    description: str
    parameters: dict[str, Any]


class Text(Struct, frozen=True):
    """A piece of the answer; an empty one is a sign of life while a call is being written."""

    text: str


class Call(Struct, frozen=True):
    """A tool that the model wants used; `arguments` is JSON as the model wrote it, unchecked."""

    name: str
    arguments: str


class Message(Struct, frozen=True):
    """`calls` are what an assistant's message asked for; a tool's message answers the call `call_id`.

    The ids are ours: the n-th call of a conversation is `call_<n>`, whatever the model called it.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    calls: tuple[tuple[str, Call], ...] = ()
    call_id: str = ""


class ChatFailed(JinglingError):
    """Why the model gave no answer; `retry_s` is how long the server wants to be left alone."""

    def __init__(self, failure: Failure, detail: str = "", retry_s: float = 0.0) -> None:
        super().__init__(f"the language model failed ({failure}){': ' + detail if detail else ''}")
        self.failure = failure
        self.retry_s = retry_s


class ChatModel(Protocol):
    def stream(self, messages: Sequence[Message], tools: Sequence[Tool]) -> AsyncGenerator[Text | Call, None]:
        """One answer: its text as it comes, then its calls, whole. Closing the stream hangs up.

        Raises ChatFailed, also in the middle; an answer that stops without its end is a failure.
        """

    async def prepare(self) -> None:
        """Load what takes long, ahead of the first question."""

    async def check(self) -> str:
        """What answers there, in words for the owner. Raises ChatFailed."""

    async def close(self) -> None: ...


class ToolSource(Protocol):
    """Tools for a model, each of which stands for an intent."""

    @property
    def tools(self) -> Sequence[Tool]: ...

    def intent(self, name: str, arguments: Mapping[str, Any], area: str | None) -> Intent:
        """Raises BadInput with a sentence for the model."""
