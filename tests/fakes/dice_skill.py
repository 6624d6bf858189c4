"""The smallest whole skill, to be broken by tests."""

from pathlib import Path

FILES = {
    "skill.toml": 'name = "dice"\ntitle = { en = "Dice", zh = "骰子" }\n',
    "intents.en.yaml": 'language: en\nintents:\n  roll: {sentences: ["roll a die"]}\n',
    "intents.zh.yaml": 'language: zh\nintents:\n  roll: {sentences: ["掷骰子"]}\n',
    "replies.en.yaml": 'rolled: "A four."\n',
    "replies.zh.yaml": 'rolled: "四点。"\n',
    "skill.py": (
        "from jingling.sdk import Do, Reply, Skill, Turn\n\n\n"
        "class Dice(Skill):\n"
        "    async def roll(self, turn: Turn, do: Do) -> Reply:\n"
        '        return self.say(turn, "rolled")\n'
    ),
}


def dice_skill(folder: Path, name: str = "dice", **changed: str | None) -> Path:
    """The skill in `folder/name`; `changed` are files by name with `__` for the dot, None to leave one out."""
    place = folder / name
    place.mkdir(parents=True)
    files = {**FILES, **{file.replace("__", "."): text for file, text in changed.items()}}
    for file, text in files.items():
        if text is not None:
            (place / file).write_text(text, "utf-8")
    return place


def handling(body: str) -> str:
    """A skill.py whose one handler is `body`."""
    return (
        "import asyncio\n\nfrom jingling.sdk import *\n\n\n"
        f"class Dice(Skill):\n    async def roll(self, turn, do):\n        {body}\n"
    )
