"""The rules of rate, attempts, names and pace, without a server."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.clock import VirtualClock
from jingling.server.attempts import Attempts
from jingling.server.complaint import SENTENCES, Complaint
from jingling.server.frames import decode
from jingling.server.limits import RateLimit, TokenBucket, neighbourhood, within
from jingling.server.origin import host_name, is_loopback, is_own_host, is_own_origin
from jingling.server.text import checked_text
from jingling.speech.pace import Pace

STEPS = st.lists(st.floats(0, 100), max_size=200)


@given(capacity=st.integers(1, 50), rate=st.floats(0.1, 100), steps=STEPS)
def test_a_bucket_never_gives_more_than_it_holds_and_wins_back(
    capacity: int, rate: float, steps: list[float]
) -> None:
    bucket, now, given_out = TokenBucket(capacity, rate), 0.0, 0
    for step in steps:
        now += step
        given_out += bucket.take(now) == 0
    assert given_out <= capacity + now * rate + 1e-6


@given(capacity=st.integers(1, 20), rate=st.floats(0.1, 10))
def test_after_the_wait_it_names_a_bucket_gives_again(capacity: int, rate: float) -> None:
    bucket = TokenBucket(capacity, rate)
    for _ in range(capacity):
        assert bucket.take(0) == 0
    wait = bucket.take(0)
    assert wait > 0
    assert bucket.take(wait * 1.001) == 0


def test_one_address_does_not_use_up_anothers_rate() -> None:
    rate = RateLimit(per_minute=2)
    assert [rate.take("a", 0) == 0 for _ in range(3)] == [True, True, False]
    assert rate.take("b", 0) == 0


def test_a_subscribers_ipv6_addresses_count_as_one() -> None:
    assert neighbourhood("2001:db8:1:2::3") == neighbourhood("2001:db8:1:2:ffff::9")
    assert neighbourhood("2001:db8:1:2::3") != neighbourhood("2001:db8:1:3::3")
    assert neighbourhood("::ffff:192.168.1.2") == neighbourhood("192.168.1.2") == "192.168.1.2"
    assert neighbourhood("fe80::1%eth0")


@given(st.integers(1, 400))
def test_guesses_become_rare(hours: int) -> None:
    attempts, tries, now = Attempts(), 0, 0.0
    while now < hours * 60:
        wait = attempts.begin("guesser", now)
        tries += wait == 0
        now += wait
    assert tries <= 5 + 10 + hours * 60 / 900 + 1


def test_many_addresses_together_are_slowed_too() -> None:
    attempts = Attempts()
    free = [attempts.begin(f"10.0.0.{n}", 0.0) for n in range(200)]
    assert free.count(0.0) == 30
    assert max(free) <= 30


def test_a_hundred_tries_at_once_are_not_a_hundred_free_ones() -> None:
    attempts = Attempts()
    assert [attempts.begin("a", 0.0) for _ in range(100)].count(0.0) == 5


def test_a_right_password_forgives_typing_errors() -> None:
    attempts = Attempts()
    for round_ in range(10):
        for _ in range(3):
            assert attempts.begin("owner", round_) == 0
        attempts.succeeded("owner")


@given(st.text(max_size=80))
def test_no_host_header_crashes(host: str) -> None:
    name = host_name(host)
    assert is_own_host(host, lan=False, own_address="10.0.0.1", names=()) == is_loopback(name)
    is_own_origin(host, host, lan=True)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8765", "127.0.0.1:1", "127.8.9.1", "[::1]:80", "[::ffff:127.0.0.1]"]
)
def test_loopback_names(host: str) -> None:
    assert is_own_host(host, lan=False, own_address="", names=())


@pytest.mark.parametrize("host", ["", "evil", "localhost.evil", "0.0.0.0", "[::", "127.0.0.1@evil", "10.0.0.1"])
def test_other_names(host: str) -> None:
    assert not is_own_host(host, lan=False, own_address="10.0.0.1", names=("evil",))
    assert not is_own_host("", lan=True, own_address="", names=())


@given(st.lists(st.tuples(st.floats(0.01, 0.5), st.floats(0, 1)), max_size=100))
def test_sound_never_runs_more_than_a_second_and_a_piece_ahead(pieces: list[tuple[float, float]]) -> None:
    pace, now = Pace(ahead_s=1.0), 5.0
    for seconds, pause in pieces:
        now += pause + pace.wait_s(now + pause)
        pace.sent(seconds, now)
        assert pace.left_s(now) <= 1.0 + seconds + 1e-9


@given(st.text(max_size=50))
def test_text_is_passed_or_turned_away_but_never_changed_inside(text: str) -> None:
    try:
        assert checked_text(text, 40) == text.strip()
    except Complaint as complaint:
        assert complaint.code in {"too_long", "bad_text", "empty_text"}


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300).map(lambda data: data.decode("latin-1"))))
def test_no_frame_crashes_the_codec(frame: str) -> None:
    try:
        decode(frame, 200)
    except Complaint as complaint:
        assert complaint.code in {"bad_frame", "frame_too_large"}


def test_every_sentence_says_the_same_fields_in_both_languages() -> None:
    values = dict.fromkeys(("length", "limit", "detail", "seconds", "minimum", "maximum"), 1)
    for code, sentence in SENTENCES.items():
        complaint = Complaint(code, **values)
        assert complaint.text("en") and complaint.text("zh")
        for name in values:
            assert (f"{{{name}}}" in sentence.en) == (f"{{{name}}}" in sentence.zh), code


async def test_within_gives_the_result_or_gives_up_and_leaves_nothing() -> None:
    clock = VirtualClock(datetime(2026, 1, 1, tzinfo=UTC))
    before = asyncio.all_tasks()
    assert await within(clock, 5, asyncio.sleep(0, "done")) == "done"
    waiting = asyncio.ensure_future(within(clock, 5, asyncio.Event().wait()))
    await clock.advance(6)
    with pytest.raises(TimeoutError):
        await waiting
    cancelled = asyncio.ensure_future(within(clock, 5, asyncio.Event().wait()))
    await asyncio.sleep(0)
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    assert asyncio.all_tasks() == before
