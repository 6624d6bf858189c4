from datetime import UTC, datetime
from pathlib import Path

import pytest

from jingling.core.clock import VirtualClock
from jingling.core.errors import BadInput
from jingling.speech.base import PLAIN, Manner
from jingling.speech.voice.commands import ChangeManner, RestoreManner
from jingling.speech.voice.manners import VOLUMES, Night, VoiceManners, night, restored

KITCHEN = "kitchen-screen"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, minute, tzinfo=UTC)


def manners(asleep: Night | None = None, hour: int = 12, path: Path | None = None) -> VoiceManners:
    return VoiceManners(VirtualClock(at(hour)), path, asleep)


@pytest.mark.parametrize(
    ("hours", "hour", "minute", "asleep"),
    [
        ("22:00-07:00", 22, 0, True),
        ("22:00-07:00", 6, 59, True),
        ("22:00-07:00", 7, 0, False),
        ("22:00-07:00", 21, 59, False),
        ("13:00 – 14:30", 14, 29, True),
        ("13:00 – 14:30", 14, 30, False),
    ],
)
def test_the_night_goes_over_midnight(hours: str, hour: int, minute: int, asleep: bool) -> None:
    found = night(hours, 40, 80)
    assert found is not None and found.covers(at(hour, minute)) is asleep


def test_without_hours_there_is_no_night() -> None:
    assert night("", 40, 80) is None


@pytest.mark.parametrize("hours", ["late", "25:00-07:00", "22-7", "22:00"])
def test_hours_that_are_none_are_told(hours: str) -> None:
    with pytest.raises(BadInput, match="22:00-07:00"):
        night(hours, 40, 80)


def test_at_night_it_is_quiet_and_an_alarm_is_not() -> None:
    asleep = night("22:00-07:00", 40, 80)
    assert manners(asleep, 23).manner(KITCHEN) == Manner(1.0, 0.5, quiet=True)
    assert manners(asleep, 23).manner(KITCHEN, waking=True) == PLAIN
    assert manners(asleep, 12).manner(KITCHEN) == PLAIN


def test_a_night_is_never_louder_than_the_day() -> None:
    found = night("22:00-07:00", 90, 30)
    assert found is not None and found.volume == 1.0


async def test_a_change_is_for_one_device_and_comes_back_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "voice.yaml"
    assert (await manners(path=path).execute(ChangeManner(device_id=KITCHEN, rate=-1))).ok
    again = manners(path=path)
    assert again.manner(KITCHEN).rate < 1.0
    assert again.manner("hall-screen") == PLAIN


async def test_each_step_is_taken_until_there_is_none() -> None:
    kept = manners()
    heard = [kept.own(KITCHEN).volume]
    while (await kept.execute(ChangeManner(device_id=KITCHEN, volume=-1))).ok:
        heard.append(kept.own(KITCHEN).volume)
    assert heard == sorted(heard, reverse=True) and heard[-1] == VOLUMES[0] and len(heard) == len(set(heard))
    refused = await kept.execute(ChangeManner(device_id=KITCHEN, volume=-1))
    assert refused.problem is not None and refused.problem.code == "bad_value"


async def test_what_was_changed_is_taken_back() -> None:
    kept = manners()
    await kept.execute(ChangeManner(device_id=KITCHEN, rate=1))
    command = ChangeManner(device_id=KITCHEN, quiet=True, volume=-1)
    before = kept.before(command)
    outcome = await kept.execute(command)
    assert kept.own(KITCHEN).quiet
    for undoing in restored(command, outcome, before):
        assert isinstance(undoing, RestoreManner)
        await kept.execute(undoing)
    assert kept.own(KITCHEN) == before


async def test_plain_forgets_all_changes() -> None:
    kept = manners()
    await kept.execute(ChangeManner(device_id=KITCHEN, rate=1, quiet=True))
    assert (await kept.execute(ChangeManner(device_id=KITCHEN, plain=True))).ok
    assert kept.own(KITCHEN) == PLAIN


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[1, 2]", b"a: {rate: fast}", b"{"])
async def test_a_file_that_cannot_be_read_leaves_the_voice_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "voice.yaml"
    path.write_bytes(content)
    kept = manners(path=path)
    assert kept.manner(KITCHEN) == PLAIN
    assert (await kept.execute(ChangeManner(device_id=KITCHEN, rate=1))).ok
