"""A language model that says what it is told, and a demo home to say it in."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from jingling.app import App, Engines, build
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import EndpointInfo
from jingling.core.thing import Value
from jingling.core.turn import Language, Role
from jingling.language.chat.base import Call, ChatFailed, Message, Text, Tool
from jingling.language.tools import Toolbox
from jingling.settings import LanguageModelSettings, Settings

Piece = str | Call | ChatFailed | float
"""Text, a call, a failure, or seconds to wait."""


_toolboxes: dict[Language, Toolbox] = {}
"""Made once for all tests: the skills' sentences do not change between them."""


async def prepare(app: App) -> None:
    toolboxes = app.outside.toolboxes
    toolboxes._made = _toolboxes
    await app.outside.prepare()
    _toolboxes.update(toolboxes._made)


def use(tool: str, **arguments: Any) -> Call:
    return Call(tool, json.dumps(arguments, ensure_ascii=False))


@dataclass
class ScriptedModel:
    """Gives `answers` in turn, the last one again and again. `asked` holds the messages that it was shown."""

    answers: Sequence[Sequence[Piece]]
    asked: list[list[Message]] = field(default_factory=list)
    tools: list[Tool] = field(default_factory=list)
    hung_up: int = 0

    async def stream(self, messages: Sequence[Message], tools: Sequence[Tool]) -> AsyncGenerator[Text | Call, None]:
        self.asked.append(list(messages))
        self.tools = list(tools)
        try:
            for piece in self.answers[min(len(self.asked), len(self.answers)) - 1]:
                if isinstance(piece, ChatFailed):
                    raise piece
                if isinstance(piece, float):
                    await asyncio.sleep(piece)
                else:
                    yield Text(piece) if isinstance(piece, str) else piece
        except (asyncio.CancelledError, GeneratorExit):
            self.hung_up += 1
            raise

    async def prepare(self) -> None:
        pass

    async def check(self) -> str:
        return "answers"

    async def close(self) -> None:
        pass


@dataclass
class TalkingHome:
    """The demo home with a scripted model; `say` is one typed turn by somebody in the kitchen."""

    app: App
    clock: VirtualClock
    model: ScriptedModel
    role: Role = "owner"

    def now_says(self, *answers: Sequence[Piece]) -> None:
        """Another model takes the place of the one before."""
        self.model.answers, self.model.asked = answers, []
        assert self.app.outside.converse is not None
        self.app.outside.converse.breaker.worked()

    async def say(self, text: str, place: str = "kitchen", device: str = "screen") -> dict[str, Any]:
        speaker = EndpointInfo(device, place_id=place, role=self.role)
        return await self.app.hub.ask(text, None, speaker)

    def value(self, thing_id: str, name: str) -> Value:
        return self.app.home.state(thing_id).values.get(name)


@asynccontextmanager
async def talking_home(
    *answers: Sequence[Piece], role: Role = "owner", llm: LanguageModelSettings | None = None
) -> AsyncIterator[TalkingHome]:
    clock, model = VirtualClock(), ScriptedModel(answers)
    settings = Settings(llm=llm or LanguageModelSettings(first_token_seconds=0.05))
    async with build(settings, clock=clock, database=":memory:", engines=Engines(), model=model) as app:
        await prepare(app)
        yield TalkingHome(app, clock, model, role)
