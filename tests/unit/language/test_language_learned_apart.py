"""What is learned in a process of its own is what the hub then reads."""

from pathlib import Path

from fakes.bakery import HouseNames
from jingling.language.learned.apart import learn_apart, read_files, written
from jingling.language.learned.phrases import PhraseBook
from jingling.language.learned.understander import LearnedUnderstander
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import SkillSentences

BAKERY = """language: en
intents:
  bake: {sentences: ["(bake|make) [me] [a] {bread} [please]"]}
  open: {sentences: ["open the (shop|bakery)"]}
lists:
  bread: {values: [rye bread, white bread]}
"""


def sentences(folder: Path) -> list[SkillSentences]:
    path = folder / "intents.en.yaml"
    path.write_text(BAKERY, encoding="utf-8")
    return [SkillSentences("bakery", "en", path, ("HassTurnOn",), ("HassTurnOn",))]


def test_the_files_arrive_as_they_were_sent(tmp_path: Path) -> None:
    files = sentences(tmp_path)
    assert read_files(written(files)) == files


async def test_what_was_learned_apart_is_found(tmp_path: Path) -> None:
    files = sentences(tmp_path)
    templates = TemplateUnderstander(files, HouseNames())
    learned = LearnedUnderstander(
        templates.banks, templates.values, templates.understand, PhraseBook(None), tmp_path / "cache"
    )
    assert not learned.is_kept(["en"])
    assert await learn_apart(files, tmp_path / "cache")
    assert learned.is_kept(["en"])


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    assert not await learn_apart(sentences(tmp_path), tmp_path / "cache")
