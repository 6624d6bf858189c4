"""What is plugged into a home's hub from outside: a language model, other servers' tools, other programs."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingling.assistant.act import Executor, Gate
from jingling.assistant.answer import Answer
from jingling.assistant.briefing import Briefing
from jingling.assistant.converse import Converse
from jingling.assistant.house import House
from jingling.assistant.petition import Petitions
from jingling.assistant.ring import Ringer
from jingling.assistant.skillset import LoadedSkill, Skillset
from jingling.assistant.toolboxes import Toolboxes
from jingling.core.clock import Clock
from jingling.home.base import HomeReader
from jingling.language.chat.base import ChatFailed, ChatModel
from jingling.language.chat.openai import OpenAIChat
from jingling.language.templates import SkillSentences
from jingling.protocols import mcp
from jingling.protocols.mcp.commands import CallTool
from jingling.protocols.mcp.servers import OutsideServers
from jingling.protocols.mcp.skill import OutsideSkill
from jingling.protocols.mcp.tools import OutsideTools
from jingling.sdk.kit import Replies
from jingling.sdk.manifest import Manifest
from jingling.sdk.replies import SkillReplies
from jingling.settings import LanguageModelSettings, Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Inside:
    """What the outside is shown of the hub."""

    settings: Settings
    home: HomeReader
    skills: Skillset
    sentences: Sequence[SkillSentences]
    replies: Replies
    clock: Clock


@dataclass(frozen=True)
class Outside:
    inside: Inside
    toolboxes: Toolboxes
    servers: OutsideServers
    converse: Converse | None = None

    @property
    def executors(self) -> Mapping[type[Any], Executor]:
        return {CallTool: Executor(self.servers.execute, self.servers.risk)}

    def house(self, gate: Gate, answer: Answer, ringer: Ringer) -> House:
        """The home for other programs; their questions go to the screens that the ringer knows."""
        inside = self.inside
        limits, language = inside.settings.limits, inside.settings.language
        petitions = Petitions(
            gate,
            inside.skills,
            answer,
            inside.replies,
            inside.clock,
            ringer.sessions,
            limits.turn_seconds_max,
            "zh" if language == "zh" else "en",
        )
        return House(inside.home, ringer.schedule, self.toolboxes, petitions)

    def start(self) -> None:
        """Waits for nobody."""
        self.servers.start()

    async def prepare(self) -> None:
        """Load what takes long, ahead of the first question."""
        if self.converse is None:
            return
        await self.toolboxes.prepare()
        try:
            await self.converse.model.prepare()
        except ChatFailed as problem:
            log.warning("%s", problem)

    async def close(self) -> None:
        await self.servers.close()
        if self.converse is not None:
            await self.converse.model.close()


def outside(inside: Inside, model: ChatModel | None = None) -> Outside:
    """`model` takes the place of the one in the settings."""
    servers = OutsideServers(inside.settings.mcp, inside.clock)
    if servers.all:
        skill = OutsideSkill(SkillReplies.load(Path(mcp.__file__).parent))
        inside.skills.add(LoadedSkill("mcp", skill, Manifest("mcp", {}, commands=("mcp.callTool",))))
    toolboxes = Toolboxes(inside.sentences, [OutsideTools(servers)] if servers.all else [])
    model = model or language_model(inside.settings.llm)
    return Outside(inside, toolboxes, servers, _converse(inside, toolboxes, model) if model else None)


def language_model(llm: LanguageModelSettings) -> ChatModel | None:
    """None: the owner has none."""
    return OpenAIChat(llm.base_url, llm.model, llm.api_key, llm.answer_seconds_max) if llm.base_url else None


def _converse(inside: Inside, toolboxes: Toolboxes, model: ChatModel) -> Converse:
    briefing = Briefing(inside.home)
    return Converse(
        model, inside.settings.llm, briefing, inside.skills, toolboxes, inside.replies, inside.clock
    )  # fmt: skip
