"""The tools for those who write sentences."""

import json

import pytest
from click.testing import CliRunner, Result

from jingling.cli import main


def run(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, ["language", *words])


def test_explaining_prints_the_reading_and_its_slots() -> None:
    result = run("explain", "turn on the floor lamp", "打开落地灯", "colourless green ideas")
    assert result.exit_code == 0, result.output
    assert "HassTurnOn" in result.stdout
    assert "落地灯" in result.stdout
    assert "nothing understands it" in result.stdout


def test_explaining_in_json_is_a_line_for_each() -> None:
    result = run("explain", "--json", "what time is it", "现在几点")
    languages = [json.loads(line)["language"] for line in result.stdout.splitlines()]
    assert languages == ["en", "zh"]


def test_samples_of_a_skill_are_of_its_intents() -> None:
    result = run("sample", "coffee", "--count", "1", "--language", "en", "--json")
    intents = {json.loads(line)["intent"] for line in result.stdout.splitlines()}
    assert intents
    assert all(intent.startswith("coffee.") for intent in intents)


def test_checking_one_skill_counts_its_templates() -> None:
    result = run("check", "clock", "--language", "zh")
    assert "templates" in result.output.splitlines()[-1]
    assert result.exit_code in (0, 1)


@pytest.mark.parametrize("command", ["sample", "check"])
def test_an_unknown_skill_is_named_with_those_that_there_are(command: str) -> None:
    result = run(command, "bakery")
    assert result.exit_code == 1
    assert "there is no skill and no intent 'bakery'; the skills are" in result.output
    assert "timers" in result.output


def test_values_of_a_text_are_told_with_what_they_come_to() -> None:
    texts = ("meet me tomorrow at half past seven with twenty five dollars", "下周三下午三点半带一百二十八块五")
    result = run("values", "--now", "2026-03-04T10:00:00", "--json", *texts)
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {one["kind"] for one in found} == {"datetime", "currency"}
    assert any("2026-03-11 15:30:00" in str(one["resolutions"]) for one in found)
    assert any("128.5" in str(one["resolutions"]) for one in found)
