from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jingling.protocols.timers import TimerBook
from jingling.schedule.model import Entry

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def timer(**fields: Any) -> Entry:
    plain: dict[str, Any] = {
        "id": "t1", "home_id": "home", "device_id": "esphome-1", "kind": "timer", "state": "running",
        "due_at": NOW + timedelta(seconds=90), "created_at": NOW, "language": "en", "label": "tea",
        "total_s": 120.0,
    }  # fmt: skip
    return Entry(**{**plain, **fields})


def changes(book: TimerBook, *entries: Entry) -> list[str | None]:
    return [news.change if (news := book.news(entry, NOW)) else None for entry in entries]


def test_a_timer_starts_changes_and_finishes() -> None:
    paused = timer(state="paused", remaining_s=30.0)
    told = changes(TimerBook("esphome-1"), timer(), paused, timer(), timer(state="ringing"), timer(state="done"))
    assert told == ["started", "updated", "updated", "finished", None]


def test_a_cancelled_timer_is_told_once() -> None:
    cancelled = timer(state="cancelled")
    assert changes(TimerBook("esphome-1"), timer(), cancelled, cancelled) == ["started", "cancelled", None]


def test_news_say_how_long_is_left() -> None:
    news = TimerBook("esphome-1").news(timer(), NOW)
    assert news is not None
    assert (news.name, news.total_s, news.left_s, news.active) == ("tea", 120, 90, True)
    paused = TimerBook("esphome-1").news(timer(state="paused", remaining_s=30.0), NOW)
    assert paused is not None
    assert (paused.left_s, paused.active) == (30, False)


@pytest.mark.parametrize("entry", [timer(device_id="other"), timer(kind="alarm"), timer(kind="reminder")])
def test_what_is_not_its_own_timer_is_none_of_its_business(entry: Entry) -> None:
    assert TimerBook("esphome-1").news(entry, NOW) is None


def test_a_device_that_comes_back_learns_what_runs() -> None:
    book = TimerBook("esphome-1")
    entries = [timer(), timer(id="t2", state="ringing"), timer(id="t3", device_id="other")]
    assert [news.id for news in book.all(entries, NOW)] == ["t1"]
    assert changes(book, timer(state="ringing")) == ["finished"]
    assert [news.change for news in book.all([timer()], NOW)] == ["started"]
