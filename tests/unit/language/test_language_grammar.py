"""The recogniser's grammar allows what is understood, and nothing that is not."""

import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

from fakes.bakery import HouseNames
from jingling.core.grammar import Arc, Grammar, plugged, with_parts
from jingling.core.turn import Ask, Intent, Language, Utterance
from jingling.language.base import Context, Name
from jingling.language.grammar import compile_part, pieces
from jingling.language.hints import pronouns
from jingling.language.matcher import TemplateUnderstander


def outgoing(grammar: Grammar) -> dict[int, list[Arc]]:
    arcs: dict[int, list[Arc]] = defaultdict(list)
    for arc in plugged(grammar).arcs:
        arcs[arc.source].append(arc)
    return arcs


def accepts(grammar: Grammar, sentence: str) -> bool:
    arcs = outgoing(grammar)
    words = sentence.split()
    reached = [(grammar.start, 0)]
    seen = set(reached)
    for state, read in reached:
        if state == grammar.final and read == len(words):
            return True
        for arc in arcs[state]:
            if arc.word and (read == len(words) or words[read] != arc.word):
                continue
            following = (arc.target, read + bool(arc.word))
            if following not in seen:
                seen.add(following)
                reached.append(following)
    return False


def walks(grammar: Grammar, count: int) -> Iterator[list[str]]:
    """Sentences by the grammar's own weights."""
    arcs = outgoing(grammar)
    chance = random.Random(7)
    for _ in range(count):
        state, words = grammar.start, []
        while state != grammar.final:
            arc = chance.choices(arcs[state], [arc.weight for arc in arcs[state]])[0]
            words += [arc.word] if arc.word else []
            state = arc.target
        yield words


def at_home(
    context: Context, language: Language = "en", ask: Ask | None = None, referents: tuple[Name, ...] = ()
) -> Context:
    return Context(context.now, "kitchen" if language == "en" else "厨房", ask, referents)


SAYABLE: list[tuple[Language, str, bool]] = [
    ("en", "bake me a big rye bread", True),
    ("en", "please bake rolls", True),
    ("en", "bake", False),
    ("en", "pack forty two rolls in a bag", True),
    ("en", "in a bag forty two rolls pack", True),
    ("en", "turn on lamp seven", True),
    ("en", "turn on the reading light", True),
    ("en", "turn on the lights", True),
    ("en", "open the front door", False),
    ("en", "open the bedroom curtain", True),
    ("en", "set the ceiling lamp to thirty percent", True),
    ("en", "what's the temperature in the living room", True),
    ("en", "wake me up tomorrow at half past seven", True),
    ("en", "note buy milk", False),
    ("en", "stop", True),
    ("zh", "烤 一 个 大 号 黑 麦 面 包", True),
    ("zh", "打 开 台 灯 七 号", True),
    ("zh", "明 天 早 上 六 点 叫 醒 我", True),
    ("zh", "把 吊 灯 的 亮 度 调 到 百 分 之 三 十", True),
    ("zh", "记 下 吃 饭", False),
]


@pytest.mark.parametrize(("language", "sentence", "allowed"), SAYABLE)
def test_what_can_be_said(
    understander: TemplateUnderstander, context: Context, language: Language, sentence: str, allowed: bool
) -> None:
    (grammar,) = understander.grammars([language], at_home(context, language))
    assert accepts(grammar, sentence) is allowed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whatever_the_grammar_allows_is_understood(
    understander: TemplateUnderstander, house_names: HouseNames, context: Context, language: Language
) -> None:
    (grammar,) = understander.grammars([language], at_home(context, language))
    apart = " " if language == "en" else ""
    said = [apart.join(words) for words in walks(grammar, 300)]
    spoken = at_home(context, language, referents=tuple(pronouns(house_names.names(language), language)))
    lost = [text for text in said if understander.understand(Utterance(text, language), spoken).intent is None]
    assert len(lost) <= 3, lost


def test_the_weights_of_a_state_are_shares(understander: TemplateUnderstander, context: Context) -> None:
    (grammar,) = understander.grammars(["en"], at_home(context))
    for state, arcs in outgoing(grammar).items():
        assert sum(arc.weight for arc in arcs) == pytest.approx(1, abs=1e-3), state
        assert all(0 < arc.weight <= 1 for arc in arcs)
        words = [arc.word for arc in arcs if arc.word]
        assert len(words) == len(set(words))


def test_each_intent_gets_its_share(understander: TemplateUnderstander, context: Context) -> None:
    (grammar,) = understander.grammars(["en"], context, frozenset({"toys"}))
    towers = sum("tower" in words for words in walks(grammar, 2000))
    assert 0.2 < towers / 2000 < 0.3, "one of four intents, with the three that are built in"


def test_a_question_narrows_the_grammar_to_its_answers(
    understander: TemplateUnderstander, context: Context
) -> None:
    ask = Ask(Intent("bakery.bake"), "bread", "bakery/bread")
    (grammar,) = understander.grammars(["en"], at_home(context, ask=ask))
    assert accepts(grammar, "a small rye bread please")
    assert accepts(grammar, "never mind")
    assert not accepts(grammar, "turn on the lights")
    assert not accepts(grammar, "yes")


def test_yes_and_no_are_heard_when_asked_for(understander: TemplateUnderstander, context: Context) -> None:
    ask = Ask(Intent("home.lock"), "sure", "yes_no")
    english, chinese = understander.grammars(["en", "zh"], at_home(context, ask=ask))
    assert accepts(english, "yes please") and accepts(english, "no") and accepts(english, "stop")
    assert accepts(chinese, "好 的") and accepts(chinese, "不 用 了")


def test_some_skills_only(understander: TemplateUnderstander, context: Context) -> None:
    (grammar,) = understander.grammars(["en"], at_home(context), frozenset({"toys"}))
    assert accepts(grammar, "build a tiny tower") and accepts(grammar, "stop")
    assert not accepts(grammar, "bake rolls")


def test_without_an_area_nothing_that_needs_one_is_heard(
    understander: TemplateUnderstander, context: Context
) -> None:
    (grammar,) = understander.grammars(["en"], context)
    assert not accepts(grammar, "turn on the lights")
    assert accepts(grammar, "turn on the lights in the kitchen")


def test_the_grammar_is_kept_until_a_name_changes(
    understander: TemplateUnderstander, context: Context, house_names: HouseNames
) -> None:
    (first,) = understander.grammars(["en"], context)
    assert understander.grammars(["en"], context)[0] is first
    house_names.more.append(Name("disco ball", "disco ball", "name", {"domain": "light"}))
    house_names.version += 1
    (second,) = understander.grammars(["en"], context)
    assert second.digest != first.digest
    assert accepts(second, "turn on the disco ball") and not accepts(first, "turn on the disco ball")


def test_numbers_and_joined_pieces_become_words() -> None:
    assert "".join(pieces("lights-on 12%", "en")).split() == ["lights", "on", "twelve", "percent"]
    assert "".join(pieces("灯2号", "zh")).split() == ["灯", "二", "号"]


def test_a_new_name_changes_its_part_and_not_the_sentences(
    understander: TemplateUnderstander, context: Context, house_names: HouseNames
) -> None:
    (first,) = understander.grammars(["en"], context)
    house_names.more.append(Name("disco lamp", "disco lamp", "name", {"domain": "light"}))
    house_names.version += 1
    (second,) = understander.grammars(["en"], context)
    assert second.arcs is first.arcs and second.frame == first.frame
    changed = {part.label for part in second.parts} - {part.label for part in second.parts if part in first.parts}
    assert len(changed) == 1
    assert accepts(second, "turn on the disco lamp") and "disco" in second.words


def test_a_thing_of_a_new_class_is_heard_in_the_sentences_for_it_only(
    understander: TemplateUnderstander, context: Context, house_names: HouseNames
) -> None:
    understander.grammars(["en"], context)
    house_names.more.append(Name("porch fan", "porch fan", "name", {"domain": "fan"}))
    house_names.version += 1
    (grammar,) = understander.grammars(["en"], context)
    assert accepts(grammar, "turn on the porch fan")
    assert not accepts(grammar, "open the porch fan")


def test_a_name_that_goes_on_from_another_is_a_part_of_its_own() -> None:
    part = compile_part("\0x", ("lamp", "lamp two", "desk lamp"), "en")
    assert not [arc for arc in part.arcs if not arc.word]
    grammar = Grammar("en", (Arc(0, 1, "\0x"),), 0, 1, 2, "d")
    whole = with_parts(grammar, [part])
    for said in ("lamp", "lamp two", "desk lamp"):
        assert accepts(whole, said)
    assert not accepts(whole, "desk") and not accepts(whole, "two")
    assert whole.words == {"lamp", "two", "desk"}
