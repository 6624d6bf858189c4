"""The owner's own phrases are kept, found, replaced and forgotten."""

from pathlib import Path

import pytest

from jingling.core.errors import BadInput
from jingling.language.learned.commands import ForgetPhrase, TeachPhrase
from jingling.language.learned.phrases import Phrase, PhraseBook


def test_a_phrase_outlives_the_book(tmp_path: Path) -> None:
    path = tmp_path / "data" / "phrases.yaml"
    PhraseBook(path).teach("movie time", "turn off the lamp", "en")
    PhraseBook(path).teach("看电影", "关灯", "zh")
    assert PhraseBook(path).phrases == (
        Phrase("movie time", "turn off the lamp", "en"),
        Phrase("看电影", "关灯", "zh"),
    )


def test_case_and_punctuation_do_not_matter() -> None:
    book = PhraseBook(None)
    taught = book.teach("Movie time!", "turn off the lamp", "en")
    assert book.find("movie  TIME", "en") == taught
    assert book.find("movie time", "zh") is None


def test_taught_again_it_means_the_new_thing_only() -> None:
    book = PhraseBook(None)
    book.teach("movie time", "turn off the lamp", "en")
    book.teach("movie time", "close the curtain", "en")
    assert [one.means for one in book.phrases] == ["close the curtain"]


def test_the_last_one_of_the_language_is_forgotten() -> None:
    book = PhraseBook(None)
    for text in ("one", "two"):
        book.teach(text, "turn off the lamp", "en")
    book.teach("三", "关灯", "zh")
    gone = book.forget("", "en")
    assert gone is not None
    assert gone.text == "two"
    assert [one.text for one in book.phrases] == ["one", "三"]
    assert book.forget("nothing like it", "en") is None


def test_each_change_is_a_new_version() -> None:
    book = PhraseBook(None)
    versions = [book.version]
    book.teach("movie time", "turn off the lamp", "en")
    versions.append(book.version)
    book.forget("movie time", "en")
    assert sorted({*versions, book.version}) == [*versions, book.version]


@pytest.mark.parametrize(
    ("text", "means"), [("", "stop"), ("!?", "stop"), ("hush", ""), ("stop", "Stop!"), ("x" * 700, "stop")]
)
def test_what_cannot_be_a_phrase_is_refused(text: str, means: str) -> None:
    with pytest.raises(BadInput):
        PhraseBook(None).teach(text, means, "en")


def test_a_meaning_must_be_understood() -> None:
    book = PhraseBook(None)
    book.understood = lambda phrase: phrase.means == "stop"
    with pytest.raises(BadInput, match="flibber"):
        book.teach("hush", "flibber", "en")
    assert book.teach("hush", "stop", "en") in book.phrases


@pytest.mark.parametrize("content", ["- text: only\n", "[", "a: b\n", "- {text: a, means: b, language: fr}\n"])
def test_a_broken_file_is_named_and_kept(tmp_path: Path, content: str) -> None:
    path = tmp_path / "phrases.yaml"
    path.write_text(content)
    with pytest.raises(BadInput, match=r"phrases\.yaml"):
        PhraseBook(path)
    assert path.read_text() == content


async def test_commands_teach_and_forget() -> None:
    book = PhraseBook(None)
    taught = await book.execute(TeachPhrase(text="hush", means="stop", language="en"))
    assert (taught.ok, taught.data["text"]) == (True, "hush")
    assert (await book.execute(ForgetPhrase(language="en"))).data["text"] == "hush"
    again = await book.execute(ForgetPhrase(language="en"))
    assert again.problem is not None
    assert again.problem.code == "unknown_phrase"
    refused = await book.execute(TeachPhrase(text="", means="stop", language="en"))
    assert refused.problem is not None
    assert refused.problem.code == "bad_value"
