"""What no template has word for word is guessed, put into words that one has, and asked about when in doubt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.bakery import HouseNames
from jingling.core.errors import BadInput
from jingling.core.turn import Intent, Language, Utterance
from jingling.language.base import Context, Understanding
from jingling.language.learned.masking import masked
from jingling.language.learned.phrases import PhraseBook
from jingling.language.learned.samples import samples
from jingling.language.learned.understander import SOURCE, LearnedUnderstander, background, risky
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import Bank, SkillSentences, load_all

BAKERY = """language: en
intents:
  bake:
    sentences:
      - "(bake|make) [me] [a] {bread} [please]"
      - "put [a] {bread} [in|into] the oven"
  timer:
    sentences: ["(set|start) a timer (for|of) {duration}", "ring [a bell] in {duration}"]
  note:
    sentences: ["note [down] [that] {message}", "write down [that] {message}"]
  unlock:
    sentences: ["unlock the shop [door]", "open the shop [door] [for me]"]
  lamp:
    sentences: ["(switch|turn) on the {name}", "(switch|turn) the {name} on"]
lists:
  bread: {values: ["rye bread", "white bread"]}
  message: {wildcard: true}
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> SkillSentences:
    path = tmp_path_factory.mktemp("bakery") / "intents.en.yaml"
    path.write_text(BAKERY)
    return SkillSentences("bakery", "en", path)


@pytest.fixture(scope="module")
def bank(source: SkillSentences) -> Bank:
    return load_all([source])[0]["en"]


@pytest.fixture(scope="module")
def matcher(source: SkillSentences) -> TemplateUnderstander:
    return TemplateUnderstander([source], HouseNames())


@pytest.fixture(scope="module")
def learned(bank: Bank, matcher: TemplateUnderstander) -> LearnedUnderstander:
    made = LearnedUnderstander({"en": bank}, matcher.values, matcher.understand, PhraseBook(None))
    made.prepare(["en"])
    return made


Say = Callable[[str], Understanding]


@pytest.fixture
def say(learned: LearnedUnderstander, context: Context) -> Say:
    return lambda text: learned.understand(Utterance(text, "en"), context)


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("could you start me a timer of ten minutes", "bakery.timer", {"duration": 600}),
        ("bake us a rye bread in the oven", "bakery.bake", {"bread": "rye bread"}),
        ("switch the old ceiling lamp on", "bakery.lamp", {"name": "ceiling lamp"}),
        ("write that down pick up the eggs", "bakery.note", {}),
    ],
)
def test_other_words_for_the_same_are_understood(
    say: Say, text: str, intent: str, slots: dict[str, object]
) -> None:
    understanding = say(text)
    assert understanding.intent is not None
    assert understanding.intent.name == intent
    assert slots.items() <= understanding.intent.slots.items()
    assert understanding.intent.source == SOURCE
    assert 0 < understanding.intent.confidence <= 1


def test_the_guess_is_told_as_a_sentence_that_is_known(
    say: Say, matcher: TemplateUnderstander, context: Context
) -> None:
    guess = say("could you start me a timer of ten minutes")
    told = guess.readings[0].text
    read = matcher.understand(Utterance(told, "en"), context).intent
    assert read is not None
    assert guess.intent is not None
    assert (read.name, read.slots) == (guess.intent.name, guess.intent.slots)


@pytest.mark.parametrize(
    "text", ["who wrote the odyssey", "how do i improve my credit", "", "!!", "x" * 700, "汉字"]
)
def test_what_is_like_nothing_is_not_guessed(say: Say, text: str) -> None:
    assert say(text) == Understanding()


def test_a_door_is_never_opened_on_a_guess(say: Say) -> None:
    understanding = say("please do unlock the shop door")
    assert understanding.intent is not None
    assert understanding.intent.name == "bakery.unlock"
    assert understanding.unsure


@pytest.mark.parametrize(
    ("intent", "is_risky"),
    [
        (Intent("home.unlock"), True),
        (Intent("shop.buyThing"), True),
        (Intent("HassTurnOff", {"domain": "lock"}), True),
        (Intent("HassTurnOn", {"domain": "light"}), False),
    ],
)
def test_what_may_do_harm_is_known(intent: Intent, is_risky: bool) -> None:
    assert risky(intent) is is_risky


def test_a_phrase_counts_at_once_and_no_longer_when_forgotten(
    learned: LearnedUnderstander, matcher: TemplateUnderstander, say: Say, context: Context
) -> None:
    learned.teach("the usual", "bake me a rye bread", "en")
    exact, near = say("The usual, please"), say("the usuals")
    assert (exact.unsure, near.unsure) == (False, True)
    for one in (exact, near):
        assert one.intent is not None
        assert (one.intent.name, one.intent.slots, one.intent.source) == (
            "bakery.bake",
            {"bread": "rye bread"},
            "phrases",
        )
        assert one.readings[0].text == "bake me a rye bread"
    learned.forget("the usual", "en")
    assert say("the usual") == Understanding()
    with pytest.raises(BadInput):
        learned.teach("", "bake me a rye bread", "en")


def test_what_was_learned_is_kept(
    tmp_path: Path, bank: Bank, matcher: TemplateUnderstander, context: Context
) -> None:
    said = Utterance("could you start me a timer of ten minutes", "en")

    def understood() -> Understanding:
        made = LearnedUnderstander({"en": bank}, matcher.values, matcher.understand, PhraseBook(None), tmp_path)
        made.prepare(["en", "zh"])
        return made.understand(said, context)

    first, kept = understood(), sorted(tmp_path.iterdir())
    times = [path.stat().st_mtime_ns for path in kept]
    assert len(kept) == 1
    assert understood() == first
    assert [path.stat().st_mtime_ns for path in sorted(tmp_path.iterdir())] == times


def test_until_it_has_learned_only_phrases_are_understood(
    bank: Bank, matcher: TemplateUnderstander, context: Context
) -> None:
    made = LearnedUnderstander({"en": bank}, matcher.values, matcher.understand, PhraseBook(None))
    made.teach("the usual", "bake me a rye bread", "en")
    assert made.understand(Utterance("could you start me a timer of ten minutes", "en"), context) == Understanding()
    assert made.understand(Utterance("the usual", "en"), context).readings


def test_samples_are_the_same_each_time_and_mask_their_values(bank: Bank) -> None:
    made = samples(bank)
    assert made == samples(bank)
    assert {one.intent for one in made} == {
        f"bakery.{verb}" for verb in ("bake", "timer", "note", "unlock", "lamp")
    }
    timer = next(one for one in made if one.intent == "bakery.timer")
    assert "{duration}" in timer.words
    note = next(one for one in made if one.intent == "bakery.note")
    assert "B-bakery/message" in note.tags
    assert all(len(one.words) == len(one.tags) for one in made)


def test_the_longest_value_is_masked(matcher: TemplateUnderstander, context: Context) -> None:
    text = "turn on the ceiling lamp in ten minutes"
    found = masked(text, matcher.values(text, "en", context))
    assert found.words == ("turn", "on", "the", "{name}", "{time}")
    assert found.said[-2:] == ("ceiling lamp", "in ten minutes")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_is_something_to_tell_requests_from(language: Language) -> None:
    assert len(set(background(language))) > 50
