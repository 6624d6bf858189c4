"""Whatever is said to a whole home, nothing breaks and no door opens without a yes."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingling.app import Engines, build
from jingling.cli.talk import HomeTalk
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import EndpointInfo
from jingling.core.turn import Language
from jingling.settings import Settings

PIECES: dict[Language, tuple[str, ...]] = {
    "en": (
        "turn on", "unlock", "open", "the", "front door", "lights", "it", "and", "no", "the second one", "sixty",
        "undo", "a bit more", "everywhere", "bedroom", "again", "what about", "for ten minutes", "set a timer", ",",
    ),
    "zh": (
        "打开", "开锁", "把", "大门", "灯", "它", "然后", "不是", "第二个", "六十", "撤销", "再来一点", "全部",
        "卧室", "呢", "十分钟", "计时", "也", "，",
    ),
}  # fmt: skip
CONFIRMING = ("yes", "是")


def saying(language: Language) -> st.SearchStrategy[str]:
    gap = " " if language == "en" else ""
    joined = st.lists(st.sampled_from(PIECES[language]), min_size=1, max_size=6).map(gap.join)
    return joined | st.text(max_size=40)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_conversation_breaks_or_opens_the_door(tmp_path: Path, language: Language) -> None:
    with asyncio.Runner() as runner:
        opened = build(
            Settings(data_dir=tmp_path), clock=(clock := VirtualClock()), database=":memory:", engines=Engines()
        )
        app = runner.run(opened.__aenter__())
        talk = HomeTalk(app, clock, language, EndpointInfo("dialog", place_id="kitchen", language=language))

        failed = app.replies.text(language, "failed")

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(st.lists(saying(language), min_size=1, max_size=4))
        def converse(sayings: list[str]) -> None:
            for text in sayings:
                if not any(word in text.casefold() for word in CONFIRMING):
                    record = runner.run(talk.say(text))
                    assert record["reply"] != failed, text
            assert talk.value("front_door", "locked") is True, sayings

        try:
            converse()
        finally:
            runner.run(opened.__aexit__(None, None, None))
