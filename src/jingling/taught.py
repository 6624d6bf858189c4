"""What a hub has been taught: its skills, and what understands their sentences."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jingling.assistant.skillset import LoadedSkill, Skillset
from jingling.core.clock import Clock
from jingling.core.turn import Language
from jingling.home.service import HomeService
from jingling.language.base import Example, Name, Names, Understander
from jingling.language.layered import LayeredUnderstander
from jingling.language.learned.phrases import PhraseBook
from jingling.language.learned.understander import LearnedUnderstander
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import SkillSentences
from jingling.schedule.service import ScheduleService
from jingling.sdk.kit import Kit
from jingling.sdk.loader import SkillFolder, SkillProblem, load_skills, make_skills
from jingling.sdk.manifest import LANGUAGES
from jingling.sdk.replies import SkillReplies
from jingling.sdk.skill import Skill
from jingling.settings import Settings

log = logging.getLogger(__name__)
BUNDLED_SKILLS = Path(__file__).parent / "skills"


@dataclass(frozen=True)
class Taught:
    """The skills of a hub, and what understands their sentences."""

    skills: Skillset
    sentences: Sequence[SkillSentences]
    templates: TemplateUnderstander
    problems: Sequence[SkillProblem]


def teach(settings: Settings, home: HomeService, schedule: ScheduleService, clock: Clock, cache: Path) -> Taught:
    folders, problems = load_skills(_skill_folders(settings), BUNDLED_SKILLS)
    examples = SkillHelp()

    def kit(one: SkillFolder) -> Kit:
        return Kit(one.manifest.name, SkillReplies.load(one.folder), clock, home, schedule, examples)

    made, unmade = make_skills(folders, kit)
    able = [folder for folder, _ in made]
    examples.understander, misspelt = _understander(able, home, cache)
    everything = [*problems, *unmade, *misspelt]
    for problem in everything:
        log.error("skill left out: %s", problem.text)
    return Taught(_skillset(made), _sentence_files(able), examples.understander, everything)


def _skill_folders(settings: Settings) -> list[Path]:
    if settings.only_skill is not None:
        return [settings.only_skill.expanduser()]
    return [BUNDLED_SKILLS, *(folder.expanduser() for folder in settings.skills)]


def _sentence_files(folders: Sequence[SkillFolder]) -> list[SkillSentences]:
    return [
        SkillSentences(of.name, language, one.folder / f"intents.{language}.yaml", of.packaged, of.typed)
        for one in folders
        for of in [one.manifest]
        for language in LANGUAGES
    ]


def _understander(
    folders: Sequence[SkillFolder], home: HomeService, cache: Path
) -> tuple[TemplateUnderstander, list[SkillProblem]]:
    understander = TemplateUnderstander(_sentence_files(folders), HomeNames(home), cache)
    folder = {one.manifest.name: one.folder for one in folders}
    return understander, [SkillProblem(folder[error.skill], error.message) for error in understander.errors]


@dataclass(frozen=True)
class HomeNames(Names):
    """The home's names in language's words."""

    home: HomeService

    @property
    def version(self) -> int:
        return self.home.version

    def names(self, language: Language) -> Sequence[Name]:
        return [Name(one.text, one.value, one.kind, one.context) for one in self.home.names(language)]


def _skillset(made: Sequence[tuple[SkillFolder, Skill]]) -> Skillset:
    loaded = [LoadedSkill(one.manifest.name, skill, one.manifest) for one, skill in made]
    return Skillset(loaded, {intent: one.manifest.name for one, _ in made for intent in one.manifest.packaged})


@dataclass
class SkillHelp:
    """Skills are made before the understander, and ask it only when they are at work."""

    understander: Understander | None = None

    def examples(self, language: str) -> list[Example]:
        assert self.understander is not None
        return list(self.understander.examples("zh" if language == "zh" else "en"))


def understanders(
    taught: Taught, phrases: PhraseBook, cache: Path
) -> tuple[LayeredUnderstander, LearnedUnderstander]:
    """What understands in the end, and the part of it that learns."""
    known = taught.templates
    learned = LearnedUnderstander(known.banks, known.values, known.understand, phrases, cache)
    return LayeredUnderstander(known, learned, taught.skills.is_last_resort), learned
