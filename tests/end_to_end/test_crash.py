"""kill -9 of a real hub: what was promised is kept, and nothing is done twice."""

import asyncio
import sqlite3
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fakes.running_hub import RunningHub, environment
from jingling.core.card import TimerCard
from jingling.screen.messages import AnswerText, AudioStart, ShowCard, Snapshot

HANGING = (sys.executable, str(Path(__file__).with_name("hub_that_hangs.py")))


def commands(folder: Path) -> list[tuple[str, str]]:
    """State and name of every command that was ever begun."""
    with sqlite3.connect(folder / "jingling.sqlite") as database:
        return list(database.execute("select state, name from commands order by created_at"))


def set_back(folder: Path, passed: timedelta) -> None:
    """As if the hub had been off for longer."""
    with sqlite3.connect(folder / "jingling.sqlite") as database:
        for entry_id, due_at in list(database.execute("select id, due_at from schedule_entries")):
            earlier = datetime.fromisoformat(due_at) - passed
            database.execute("update schedule_entries set due_at = ? where id = ?", (earlier.isoformat(), entry_id))


async def test_a_timer_rings_late_on_the_screen_that_set_it(tmp_path: Path) -> None:
    hub = RunningHub(tmp_path)
    with hub:
        async with hub.screen("bedroom-screen") as screen:
            await screen.say("set a timer for one minute", "r1")
            await screen.next(AnswerText)
            hub.kill()
        set_back(tmp_path, timedelta(minutes=3))
        hub.start()
        async with hub.screen("kitchen-screen") as other, hub.screen("bedroom-screen") as screen:
            await screen.next(Snapshot)
            shown: Any = await screen.next(ShowCard)
            await screen.next(AudioStart)
            said = await screen.next(AnswerText)
            assert isinstance(shown.card, TimerCard) and shown.card.timers[0].state == "ringing"
            assert "timer is done" in said.text and "I was off when this was due, 2 minutes" in said.text
            await screen.say("stop")
            answer = await screen.next(AnswerText)
            assert answer.text == "Okay."
            await asyncio.sleep(0.2)
            other_said = [one for one in other.heard if isinstance(one, AnswerText)]
        assert screen.sound > 10_000 and other_said == []


async def test_a_command_cut_short_is_closed_and_never_done_twice(tmp_path: Path) -> None:
    done, hang = tmp_path / "done", tmp_path / "hang"
    hang.touch()
    env = environment(DONE_FILE=str(done), HANG_FILE=str(hang))
    hub = RunningHub(tmp_path / "hub", ("--set", "speech.enabled=false"), HANGING, env)
    with hub:
        async with hub.screen() as screen:
            await screen.say("turn on the floor lamp", "same-request")
            await asyncio.to_thread(until_written, done)
            assert commands(hub.data_dir) == [("pending", "home.setProperty")]
            hub.kill()
        hang.unlink()
        hub.start()
        assert "1 commands were cut short" in hub.said()
        assert commands(hub.data_dir) == [("interrupted", "home.setProperty")]
        async with hub.screen() as screen:
            await screen.say("turn on the floor lamp", "same-request")
            await screen.next(AnswerText)
            assert done.read_text().split() == ["floor_lamp.power"]
            await screen.say("turn on the floor lamp", "another-request")
            await screen.next(AnswerText)
    assert commands(hub.data_dir) == [("interrupted", "home.setProperty"), ("done", "home.setProperty")]
    assert done.read_text().split() == ["floor_lamp.power"] * 2


async def test_a_finished_request_sent_again_after_a_crash_is_answered_and_not_repeated(tmp_path: Path) -> None:
    done = tmp_path / "done"
    env = environment(DONE_FILE=str(done), HANG_FILE=str(tmp_path / "hang"))
    hub = RunningHub(tmp_path / "hub", ("--set", "speech.enabled=false"), HANGING, env)
    with hub:
        answers = []
        for _ in range(2):
            async with hub.screen() as screen:
                await screen.say("turn on the floor lamp", "same-request")
                answers.append((await screen.next(AnswerText)).text)
                hub.kill()
            hub.start()
    assert answers[0] == answers[1] == "The floor lamp is on."
    assert commands(hub.data_dir) == [("done", "home.setProperty")]
    assert done.read_text().split() == ["floor_lamp.power"]


def until_written(path: Path) -> None:
    end = time.monotonic() + 20
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < end
        time.sleep(0.02)
