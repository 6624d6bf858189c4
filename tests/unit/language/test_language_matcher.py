"""What is said becomes an intent, in both languages."""

import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingling.core.errors import BadInput
from jingling.core.turn import Ask, Intent, Language, Utterance
from jingling.language.base import Context, Name
from jingling.language.lattice import Edge
from jingling.language.matcher import TemplateUnderstander
from jingling.language.templates import SkillSentences

KITCHEN: dict[Language, str] = {"en": "kitchen", "zh": "厨房"}

MEANT: list[tuple[Language, str, str, dict[str, Any]]] = [
    ("en", "bake me a big rye bread", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("en", "BAKE ME A BIG RYE BREAD!", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("en", "Could you please bake white bread, thanks?", "bakery.bake", {"bread": "white bread"}),
    ("en", "make two sweet rolls", "none", {}),
    ("en", "make a sweet roll", "bakery.bake", {"bread": "sweet roll"}),
    ("en", "pack forty two rolls in a bag", "bakery.bag", {"number": 42, "bread": "rolls"}),
    ("en", "in a bag 3 rolls pack", "bakery.bag", {"number": 3, "bread": "rolls"}),
    ("en", "build me a huge tower", "toys.build", {"size": "huge"}),
    ("en", "build me a large tower", "none", {}),
    ("en", "what is on shelf seven", "bakery.shelf", {"shelf": 7}),
    ("en", "what is on shelf 12", "none", {}),
    (
        "en",
        "wake me up at half past seven am",
        "bakery.wake",
        {"datetime": "2026-11-23T07:30:00+01:00", "kind": "alarm"},
    ),
    ("en", "wake me in twenty minutes", "bakery.wake", {"datetime": "2026-11-22T09:20:00+01:00", "kind": "alarm"}),
    ("en", "note that Tom's E-mail came", "bakery.note", {"message": "Tom's E-mail came"}),
    ("en", "note down buy flour please", "bakery.note", {"message": "buy flour"}),
    ("en", "turn on the ceiling lamp", "HassTurnOn", {"name": "ceiling lamp"}),
    ("en", "turn on lamp seven", "HassTurnOn", {"name": "Lamp 7"}),
    ("en", "turn on the reading light", "HassTurnOn", {"name": "reading-light"}),
    ("en", "turn on the lights", "HassTurnOn", {"domain": "light", "area": "kitchen"}),
    ("en", "turn on the lights in the living room", "HassTurnOn", {"domain": "light", "area": "living room"}),
    ("en", "set the ceiling lamp to thirty percent", "HassLightSet", {"name": "ceiling lamp", "brightness": 30}),
    ("en", "set the ceiling lamp to 30%", "HassLightSet", {"name": "ceiling lamp", "brightness": 30}),
    ("en", "make the ceiling lamp turquoise", "HassLightSet", {"name": "ceiling lamp", "color": "turquoise"}),
    ("en", "open the bedroom curtain", "HassTurnOn", {"name": "bedroom curtain"}),
    ("en", "open the ceiling lamp", "none", {}),
    ("en", "set a timer for twenty five minutes", "HassStartTimer", {"minutes": 25}),
    (
        "en",
        "set the air conditioner to twenty one and a half degrees",
        "HassClimateSetTemperature",
        {"name": "air conditioner", "temperature": 21.5},
    ),
    (
        "en",
        "are any lights on in the kitchen",
        "HassGetState",
        {"area": "kitchen", "domain": "light", "state": "on", "question": "any"},
    ),
    ("en", "stop", "core.stop", {}),
    ("en", "never mind", "core.nevermind", {}),
    ("en", "nevermind that", "core.nevermind", {}),
    ("en", "say that again please", "core.repeat", {}),
    ("en", "tell me about whales", "none", {}),
    ("zh", "烤一个大号黑麦面包", "bakery.bake", {"size": "large", "bread": "rye bread"}),
    ("zh", "请帮我烤白面包，谢谢！", "bakery.bake", {"bread": "white bread"}),
    ("zh", "麻烦你 烤 小 白面包", "bakery.bake", {"size": "small", "bread": "white bread"}),
    ("zh", "明天早上六点叫醒我", "bakery.wake", {"datetime": "2026-11-23T06:00:00+01:00"}),
    ("zh", "把烤箱调到一百八十度", "bakery.oven", {"temperature": 180}),
    ("zh", "烤箱开一个半小时", "bakery.oven", {"duration": 5400}),
    ("zh", "记下该吃饭了", "bakery.note", {"message": "该吃饭了"}),
    ("zh", "打开吊灯", "HassTurnOn", {"name": "吊灯"}),
    ("zh", "把吊灯打开一下", "HassTurnOn", {"name": "吊灯"}),
    ("zh", "打开台灯七号", "HassTurnOn", {"name": "台灯7号"}),
    ("zh", "把吊灯的亮度调到百分之三十", "HassLightSet", {"name": "吊灯", "brightness": 30}),
    ("zh", "把吊灯的亮度调到３０％", "HassLightSet", {"name": "吊灯", "brightness": 30}),
    ("zh", "把空调温度设置为二十六度", "HassClimateSetTemperature", {"name": "空调", "temperature": 26}),
    ("zh", "打开这里的灯", "HassTurnOn", {"domain": "light", "area": "厨房"}),
    ("zh", "创建一个二十五分钟的计时器", "HassStartTimer", {"minutes": 25}),
    ("zh", "别说了", "core.stop", {}),
    ("zh", "算了", "core.nevermind", {}),
    ("zh", "再说一遍", "core.repeat", {}),
    ("zh", "鲸鱼有多重", "none", {}),
]


@pytest.mark.parametrize("case", MEANT, ids=lambda case: case[1])
def test_what_is_said_becomes_an_intent(
    understander: TemplateUnderstander, context: Context, case: tuple[Language, str, str, dict[str, Any]]
) -> None:
    language, said, intent, slots = case
    here = Context(context.now, area=KITCHEN[language])
    found = understander.understand(Utterance(said, language, 0.8), here).intent
    if intent == "none":
        assert found is None
    else:
        assert found == Intent(intent, slots, 0.8, "templates")


def test_without_a_place_of_its_own_a_speaker_needs_the_area_said(
    understander: TemplateUnderstander, context: Context
) -> None:
    assert understander.understand(Utterance("turn on the lights", "en"), context).intent is None


def test_other_hearings_are_tried_when_the_first_means_nothing(
    understander: TemplateUnderstander, context: Context
) -> None:
    said = Utterance("bake me a rice bread", "en", 0.5, ("bake me a rye bread",))
    found = understander.understand(said, context).intent
    assert found and found.slots == {"bread": "rye bread"}


def test_a_second_reading_is_a_rival(understander: TemplateUnderstander, context: Context) -> None:
    found = understander.understand(Utterance("note call the bank tomorrow at ten", "en"), context)
    assert found.intent
    assert found.intent.slots == {"message": "call the bank", "datetime": "2026-11-23T10:00:00+01:00"}
    assert {"message": "call the bank tomorrow at ten"} in [rival.slots for rival in found.rivals]


def test_new_names_are_understood_once_the_version_grows(
    understander: TemplateUnderstander, context: Context, house_names: Any
) -> None:
    said = Utterance("turn on the disco ball", "en")
    assert understander.understand(said, context).intent is None
    house_names.more.append(Name("Disco Ball", "Disco Ball", "name", {"domain": "light"}))
    assert understander.understand(said, context).intent is None
    house_names.version += 1
    found = understander.understand(said, context).intent
    assert found and found.slots == {"name": "Disco Ball"}


def test_names_of_the_other_language_are_understood(understander: TemplateUnderstander, context: Context) -> None:
    found = understander.understand(Utterance("打开kitchen的灯", "zh"), context).intent
    assert found and found.slots == {"domain": "light", "area": "kitchen"}
    spaced = understander.understand(Utterance("打开 ceiling lamp", "zh"), context).intent
    assert spaced and spaced.slots == {"name": "ceiling lamp"}


def test_a_name_of_the_own_language_comes_first(
    understander: TemplateUnderstander, context: Context, house_names: Any
) -> None:
    house_names.more.append(Name("radio", "radio", "name", {"domain": "light"}))
    house_names.foreign = [Name("radio", "收音机", "name", {"domain": "light"})]
    house_names.version += 1
    found = understander.understand(Utterance("turn on the radio", "en"), context)
    assert found.intent and found.intent.slots == {"name": "radio"}
    assert [rival.slots for rival in found.rivals] == [{"name": "收音机"}]


def test_what_it_stands_for_holds_for_one_utterance(understander: TemplateUnderstander, context: Context) -> None:
    lamp = Name("it", "ceiling lamp", "name", {"domain": "light"})
    there = Name("there", "kitchen", "area")
    here = Context(context.now, referents=(lamp, there))
    found = understander.understand(Utterance("turn it on", "en"), here).intent
    assert found and found.slots == {"name": "ceiling lamp"}
    found = understander.understand(Utterance("turn on the lights in there", "en"), here).intent
    assert found and found.slots == {"domain": "light", "area": "kitchen"}
    assert understander.understand(Utterance("turn it on", "en"), context).intent is None


def test_a_reading_tells_its_template_and_the_readings_of_a_guess_their_cost(
    understander: TemplateUnderstander, context: Context
) -> None:
    [word_for_word] = understander.read("build me a huge tower", "en", context)
    assert (word_for_word.cost, word_for_word.text) == (0, "build me a huge tower")
    assert word_for_word.template == "build [me] a {toys/size:size} tower"
    assert word_for_word.where.endswith(":4")
    guesses = (Edge(3, 4, 0.4, ("huge",)),)
    said = understander.said("build me a hugh tower", "en", context, guesses)
    [guessed] = understander.correct(said, "en", context, guesses)
    assert (guessed.cost, guessed.text) == (0.4, "build me a huge tower")
    assert guessed.intent == word_for_word.intent


ANSWERS: list[tuple[Language, str, str, str, str, dict[str, Any]]] = [
    ("en", "yes_no", "yes please", "core.answer", "answer", {"answer": True}),
    ("en", "yes_no", "go ahead", "core.answer", "answer", {"answer": True}),
    ("en", "yes_no", "no thanks", "core.answer", "answer", {"answer": False}),
    ("en", "yes_no", "cancel", "core.nevermind", "templates", {}),
    ("en", "yes_no", "build a tiny tower", "toys.build", "templates", {"size": "tiny"}),
    (
        "en",
        "bakery/bread",
        "a small rye bread please",
        "core.answer",
        "answer",
        {"size": "small", "bread": "rye bread"},
    ),
    ("en", "bakery/bread", "forget it", "core.nevermind", "templates", {}),
    ("en", "bakery/bread", "bake a rye bread", "bakery.bake", "templates", {"bread": "rye bread"}),
    ("en", "gone/group", "build a tiny tower", "toys.build", "templates", {"size": "tiny"}),
    ("zh", "yes_no", "好的", "core.answer", "answer", {"answer": True}),
    ("zh", "yes_no", "不用了，谢谢", "core.answer", "answer", {"answer": False}),
    ("zh", "yes_no", "算了吧", "core.nevermind", "templates", {}),
    ("zh", "bakery/bread", "小号白面包", "core.answer", "answer", {"size": "small", "bread": "white bread"}),
]


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: f"{case[1]}: {case[2]}")
def test_a_question_takes_its_answer_first_and_anything_else_after(
    understander: TemplateUnderstander, context: Context, case: tuple[Language, str, str, str, str, dict[str, Any]]
) -> None:
    language, expect, said, intent, source, slots = case
    here = Context(context.now, ask=Ask(Intent("bakery.bake"), "bread", expect))
    assert understander.understand(Utterance(said, language), here).intent == Intent(intent, slots, 1.0, source)


def test_an_answer_means_nothing_without_its_question(understander: TemplateUnderstander, context: Context) -> None:
    assert understander.understand(Utterance("yes", "en"), context).intent is None


NASTY = [
    ("en", "one " * 150),
    ("zh", "十二点" * 200),
    ("zh", "三分钟后" * 150),
    ("en", "note " * 120),
    ("en", "set the lights to " * 33),
    ("zh", "打开灯" * 200),
    ("en", "x" * 100_000),
    ("en", "😀" * 600),
    ("en", "\x00\x1b[2J\x07"),
    ("zh", "{name}<light>(([["),
    ("en", ""),
]


@pytest.mark.parametrize(("language", "said"), NASTY)
def test_no_text_takes_long(
    understander: TemplateUnderstander, context: Context, language: Language, said: str
) -> None:
    def seconds() -> float:
        before = time.thread_time()
        understander.understand(Utterance(said, language), context)
        return time.thread_time() - before

    assert min(seconds() for _ in range(2)) < 0.05


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["en", "zh"]))
def test_any_text_is_taken(
    understander: TemplateUnderstander, context: Context, said: str, language: Language
) -> None:
    understander.understand(Utterance(said, language), context)


def test_examples_are_the_skills_own_or_made_from_templates(understander: TemplateUnderstander) -> None:
    shown = {(one.skill, one.intent): one.text for one in reversed(understander.examples("en"))}
    assert shown["bakery", "bakery.bake"] == "bake me a large rye bread"
    assert ("core", "core.stop") not in shown
    assert ("bakery", "bakery.bag") not in shown, "its example names a thing but is no sentence of it"
    assert understander.examples("en") == understander.examples("en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_made_from_templates_are_understood_as_their_intent(
    understander: TemplateUnderstander, context: Context, language: Language
) -> None:
    here = Context(context.now, area=KITCHEN[language])
    made = understander.examples(language)
    assert len(made) > 10
    for one in made:
        found = understander.understand(Utterance(one.text, language), here).intent
        assert found and found.name == one.intent, one.text


def test_the_name_core_is_taken(files: list[SkillSentences], house_names: Any) -> None:
    with pytest.raises(BadInput, match="rename this skill"):
        TemplateUnderstander([SkillSentences("core", "en", files[0].path)], house_names)


def test_now_decides_what_a_time_means(understander: TemplateUnderstander) -> None:
    evening = Context(datetime.fromisoformat("2026-11-22T20:00:00+01:00"))
    found = understander.understand(Utterance("wake me at seven", "en"), evening).intent
    assert found and found.slots["datetime"] == "2026-11-23T07:00:00+01:00"
