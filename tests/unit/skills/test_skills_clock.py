from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jingling.core.clock import VirtualClock
from jingling.core.turn import Intent, Reply, Turn, Utterance
from jingling.sdk import Kit
from jingling.sdk.replies import SkillReplies
from jingling.skills.clock import skill as clock_skill

FOLDER = Path(clock_skill.__file__).parent
START = datetime(2026, 11, 22, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


async def mean(intent: str, language: str, **slots: object) -> Reply:
    kit = Kit("clock", SkillReplies.load(FOLDER), VirtualClock(START), None, None, None)
    turn = Turn("t", "home", "d", Utterance("…", language), Intent(intent, slots))
    return await clock_skill.Clock(kit).handle(turn, None)


@pytest.mark.parametrize(
    ("intent", "slots", "en", "zh"),
    [
        ("HassGetCurrentTime", {}, "It's 9:05 AM.", "现在是上午9点05分。"),
        ("HassGetCurrentDate", {}, "Today is Sunday, November 22.", "今天是11月22日星期日。"),
        ("clock.dayOf", {"ahead": 1}, "Tomorrow is Monday, November 23.", "明天是11月23日星期一。"),
        ("clock.dayOf", {"ahead": -1}, "Yesterday was Saturday, November 21.", "昨天是11月21日星期六。"),
        ("clock.dayOf", {"date": "2026-11-23"}, "Tomorrow is Monday, November 23.", "明天是11月23日星期一。"),
        ("clock.dayOf", {"date": "2027-01-01"}, "That is Friday, January 1, 2027.", "那天是2027年1月1日星期五。"),
        (
            "clock.daysUntil",
            {"date": "2026-11-23"},
            "One day until Monday, November 23.",
            "离11月23日星期一还有1天。",
        ),
        (
            "clock.daysUntil",
            {"date": "2026-11-22"},
            "That is today, Sunday, November 22.",
            "就是今天，11月22日星期日。",
        ),
        (
            "clock.daysUntil",
            {"date": "2026-11-20"},
            "Friday, November 20 was 2 days ago.",
            "11月20日星期五已经过去2天了。",
        ),
    ],
)
async def test_times_and_days_in_words(intent, slots, en, zh):
    assert (await mean(intent, "en", **slots)).speech == en
    assert (await mean(intent, "zh", **slots)).speech == zh


async def test_the_screen_shows_the_moment_that_was_asked_for():
    assert (await mean("HassGetCurrentTime", "en")).card.at == "2026-11-22T09:05:00+08:00"
    card = (await mean("clock.dayOf", "en", date="2026-11-27")).card
    assert (card.at[:10], card.show) == ("2026-11-27", "date")
