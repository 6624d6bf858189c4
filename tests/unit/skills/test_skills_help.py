from pathlib import Path

from jingling.core.turn import Intent, Reply, Turn, Utterance
from jingling.language.base import Example
from jingling.sdk import Kit
from jingling.sdk.replies import SkillReplies
from jingling.skills.help import skill as help_skill

FOLDER = Path(help_skill.__file__).parent
EXAMPLES = [
    Example("what can i say", "help.whatToSay", "help"),
    Example("turn on the lamp", "HassTurnOn", "home"),
    Example("close the curtains", "HassTurnOff", "home"),
    Example("what time is it", "HassGetCurrentTime", "clock"),
    *(Example(f"coffee {number}", "coffee.orderDrink", "coffee") for number in range(20)),
]


class Examples:
    def __init__(self, examples: list[Example]) -> None:
        self._examples = examples

    def examples(self, language: str) -> list[Example]:
        return self._examples


async def asked(examples: list[Example], language: str = "en") -> Reply:
    kit = Kit("help", SkillReplies.load(FOLDER), None, None, None, Examples(examples))
    turn = Turn("t", "home", "d", Utterance("help", language), Intent("help.whatToSay"))
    return await help_skill.Help(kit).handle(turn, None)


async def test_three_are_said_one_of_each_skill_and_more_are_shown():
    reply = await asked(EXAMPLES)
    assert reply.speech == "You can say, for example, “turn on the lamp”, “what time is it” and “coffee 0”."
    titles = [choice.title for choice in reply.card.items]
    assert titles[:5] == ["turn on the lamp", "what time is it", "coffee 0", "close the curtains", "coffee 1"]
    assert len(titles) == 12


async def test_in_mandarin():
    assert (await asked(EXAMPLES[1:3], "zh")).speech == "您可以说“turn on the lamp”和“close the curtains”。"


async def test_without_any_other_skill_there_is_its_own():
    assert "what can i say" in (await asked(EXAMPLES[:1])).speech
    assert (await asked([])).speech.startswith("There is nothing to say")
