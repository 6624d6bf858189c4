import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.turn import Language
from jingling.speech.spoken import Run, runs


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It is 21.5 °C.", "It is 21.5 degrees."),
        ("-3°C outside", "minus 3 degrees outside"),
        ("1 °C", "1 degree"),
        ("40% humid", "40 percent humid"),
        ("450 ppm", "450 parts per million"),
        ("1,250 W", "1,250 watts"),
        ("at 7:05 pm", "at 7 oh 5 P M"),
        ("at 07:00", "at 7 o clock"),
        ("at 19:30", "at 19 30"),
        ("a 3-4 mix", "a 3-4 mix"),
        ("$12.50", "12.50 dollars"),
        ("15 min", "15 minutes"),
        ("3 miles", "3 miles"),
        ("**bold** OK 👍", "bold OK"),
    ],
)
def test_english_is_said_in_words(written: str, said: str) -> None:
    assert runs(written, "en") == [Run(said, "en")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("现在21.5°C", "现在21.5度"),
        ("湿度40%", "湿度百分之40"),
        ("室外-5度", "室外零下5度"),
        ("现在7:30", "现在7点30分"),
        ("7:05 开始", "7点零5分 开始"),
        ("2026年11月22日", "二零二六年11月22日"),
        ("一共¥1,280.50", "一共1280.50元"),
        ("功率1,250 W", "功率1250瓦"),
    ],
)
def test_chinese_is_said_in_words(written: str, said: str) -> None:
    assert runs(written, "zh") == [Run(said, "zh")]


def test_each_script_is_spoken_in_its_own_language() -> None:
    cut = [(run.text, run.language) for run in runs("播放 Hello World 吧", "zh")]
    assert cut == [("播放", "zh"), ("Hello World", "en"), ("吧", "zh")]
    assert [run.language for run in runs("turn on 客厅 light", "en")] == ["en", "zh", "en"]


@pytest.mark.parametrize("text", ["", "   ", "👍", "…!?", "\0\x07", "---"])
def test_nothing_to_say_is_no_run(text: str) -> None:
    assert runs(text, "en") == []


@given(st.text(max_size=60), st.sampled_from(["en", "zh"]))
def test_any_text_can_be_said(text: str, language: Language) -> None:
    for run in runs(text, language):
        assert run.text.strip()
        assert "\0" not in run.text
