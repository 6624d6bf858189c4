from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.errors import BadInput, Refused
from jingling.schedule import model
from jingling.schedule.model import DAYS, Entry, check_due, check_repeat, next_due, repeat_days

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)

zones = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai")]
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1))
wall_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
repeats = st.one_of(
    st.sampled_from(["daily", "weekdays", "weekends"]),
    st.lists(st.sampled_from(DAYS), min_size=1, max_size=9).map(",".join),
)


def entry(**fields: object) -> Entry:
    given_fields = {
        "id": "1",
        "home_id": "home",
        "device_id": "kitchen",
        "kind": "timer",
        "state": "running",
        "due_at": NOW + timedelta(minutes=5),
        "created_at": NOW,
        "language": "en",
        "total_s": 300.0,
    }
    return Entry(**{**given_fields, **fields})  # type: ignore[arg-type]


@given(moments, zones, wall_times, repeats)
def test_a_repetition_comes_next_on_one_of_its_days_within_a_week(moment, zone, at, repeat):
    now = moment.replace(tzinfo=zone)
    due = next_due(at, now, repeat)
    assert due.weekday() in repeat_days(repeat)
    assert due.time() == at
    assert 0 < model.seconds_between(now, due) <= 8 * 86_400


@given(moments, zones, wall_times, repeats)
def test_no_earlier_day_of_the_repetition_is_skipped(moment, zone, at, repeat):
    now = moment.replace(tzinfo=zone)
    due = next_due(at, now, repeat)
    day = now.date()
    while day < due.date():
        earlier = datetime.combine(day, at, tzinfo=zone)
        assert earlier.weekday() not in repeat_days(repeat) or earlier.timestamp() <= now.timestamp()
        day += timedelta(days=1)


@given(moments, zones, wall_times)
def test_every_day_keeps_its_wall_time_through_a_year(moment, zone, at):
    due = next_due(at, moment.replace(tzinfo=zone))
    for _ in range(365):
        following = next_due(due.time(), due)
        assert (following.date() - due.date()).days == 1
        assert following.time() == at
        due = following


@given(repeats)
def test_the_one_spelling_of_a_repetition_means_the_same_days(repeat):
    spelled = check_repeat(repeat)
    assert repeat_days(spelled) == repeat_days(repeat)
    assert check_repeat(spelled) == spelled
    assert len(spelled) <= 27


def test_seven_o_clock_stays_seven_when_the_clocks_go_back():
    saturday = datetime(2026, 10, 24, 7, 0, tzinfo=BERLIN)
    sunday = next_due(time(7), saturday)
    assert sunday.isoformat() == "2026-10-25T07:00:00+01:00"
    assert model.seconds_between(saturday, sunday) == 25 * 3600


def test_a_wall_time_that_a_night_lacks_rings_an_hour_later_and_is_itself_again_next_day():
    before = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
    missing = next_due(time(2, 30), before)
    assert missing.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    kept = datetime.fromisoformat(missing.isoformat())
    again = model.ended(
        entry(kind="alarm", state="ringing", due_at=kept, repeat="daily"),
        missing.astimezone(UTC).astimezone(BERLIN),
    )
    assert again.due_at.isoformat() == "2026-03-30T02:30:00+02:00"


def test_what_is_left_counts_real_seconds_across_a_clock_change():
    evening = datetime(2026, 10, 24, 23, 0, tzinfo=BERLIN)
    sleeping = entry(due_at=datetime(2026, 10, 25, 7, 0, tzinfo=BERLIN))
    assert sleeping.left_s(evening) == 9 * 3600
    assert model.later(evening, 9 * 3600) == sleeping.due_at


@pytest.mark.parametrize("repeat", ["monthly", "mon,", "montag", "mon;tue"])
def test_an_unknown_repetition_is_refused(repeat):
    with pytest.raises(BadInput, match="use daily, weekdays"):
        check_repeat(repeat)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 30 * 86_400 + 1])
def test_a_duration_out_of_range_is_refused(seconds):
    with pytest.raises(BadInput):
        model.check_duration(seconds)


def test_a_label_is_tidied_and_limited():
    assert model.check_label("  pizza   oven ") == "pizza oven"
    assert len(model.check_label("披" * 80)) == 80
    for bad in ("x" * 81, "be\x07ll"):
        with pytest.raises(BadInput):
            model.check_label(bad)


@pytest.mark.parametrize(
    "due_at", ["2026-11-22T09:00:00+08:00", "2026-11-22T10:00:00", "soon", "", "9999-12-31T23:59:59-12:00"]
)
def test_a_due_time_must_be_a_future_moment_with_an_offset(due_at):
    with pytest.raises(BadInput):
        check_due(due_at, NOW)


def test_a_due_time_of_another_offset_is_put_on_the_homes_wall():
    assert check_due("2026-11-22T02:30:00+00:00", NOW).isoformat() == "2026-11-22T10:30:00+08:00"


def test_ended_and_cancelled_entries_go_nowhere():
    for state in ("done", "cancelled"):
        over = entry(state=state)
        for act in (model.rung, model.cancelled, lambda e: model.ended(e, NOW), lambda e: model.paused(e, NOW)):
            with pytest.raises(Refused):
                act(over)


def test_only_timers_are_paused_and_only_paused_ones_resumed():
    with pytest.raises(Refused, match="Only a timer"):
        model.paused(entry(kind="alarm"), NOW)
    with pytest.raises(Refused, match="not paused"):
        model.resumed(entry(), NOW)


@given(st.floats(0, 299), st.floats(0, 10_000))
def test_pausing_keeps_what_is_left_however_long_it_takes(run_s, pause_s):
    at = model.later(NOW, run_s)
    stopped = model.paused(entry(), at)
    going = model.resumed(stopped, model.later(at, pause_s))
    assert going.left_s(model.later(at, pause_s)) == pytest.approx(300 - run_s, abs=0.001)


def test_more_time_goes_to_running_paused_and_ringing_timers():
    assert model.extended(entry(), 60, NOW).left_s(NOW) == 360
    assert model.extended(model.paused(entry(), NOW), -60, NOW).remaining_s == 240
    again = model.extended(entry(state="ringing", due_at=NOW), 60, NOW)
    assert (again.state, again.left_s(NOW), again.total_s) == ("running", 60, 60)
    with pytest.raises(BadInput):
        model.extended(entry(), -300, NOW)


def test_a_cancelled_entry_goes_on_as_if_it_had_not_been() -> None:
    later = NOW + timedelta(minutes=2)
    running = model.restored(model.cancelled(entry()), later)
    assert running.state == "running" and running.left_s(later) == 180
    paused = model.restored(model.cancelled(model.paused(entry(), NOW)), later)
    assert paused.state == "paused" and paused.left_s(later) == 300


def test_a_cancelled_entry_that_repeats_waits_for_its_next_time() -> None:
    daily = entry(kind="alarm", repeat="daily", due_at=NOW + timedelta(minutes=5))
    after = NOW + timedelta(minutes=6)
    assert model.restored(model.cancelled(daily), after).due_at == NOW + timedelta(days=1, minutes=5)


def test_only_what_was_cancelled_is_restored() -> None:
    with pytest.raises(Refused):
        model.restored(entry(), NOW)
