"""What is plugged into a home's hub from outside, when its owner has it: a language model."""

from collections.abc import Sequence
from dataclasses import dataclass

from jingling.assistant.briefing import Briefing
from jingling.assistant.converse import Converse
from jingling.assistant.skillset import Skillset
from jingling.assistant.toolboxes import Toolboxes
from jingling.config import LanguageModelSettings, Settings
from jingling.core.clock import Clock
from jingling.home.base import HomeReader
from jingling.language.chat.base import ChatModel
from jingling.language.chat.openai import OpenAIChat
from jingling.language.templates import SkillSentences
from jingling.sdk.kit import Replies


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
    toolboxes: Toolboxes
    converse: Converse | None = None

    async def prepare(self) -> None:
        """Load what takes long, ahead of the first question."""
        if self.converse is not None:
            await self.toolboxes.prepare()
            await self.converse.model.prepare()

    async def close(self) -> None:
        if self.converse is not None:
            await self.converse.model.close()


def outside(inside: Inside, model: ChatModel | None = None) -> Outside:
    """`model` takes the place of the one in the settings."""
    toolboxes = Toolboxes(inside.sentences)
    model = model or language_model(inside.settings.llm)
    return Outside(toolboxes, _converse(inside, toolboxes, model) if model else None)


def language_model(llm: LanguageModelSettings) -> ChatModel | None:
    """None: the owner has none."""
    return OpenAIChat(llm.base_url, llm.model, llm.api_key, llm.answer_seconds_max) if llm.base_url else None


def _converse(inside: Inside, toolboxes: Toolboxes, model: ChatModel) -> Converse:
    briefing = Briefing(inside.home)
    return Converse(
        model, inside.settings.llm, briefing, inside.skills, toolboxes, inside.replies, inside.clock
    )  # fmt: skip
