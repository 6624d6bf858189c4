"""How long turns took, over HTTP and on the command line: stages, no words."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from server_fakes import browser, make_settings, opened

from jingling.assistant.record import TURNS_KEPT, Stopwatch, TurnTrace
from jingling.cli import remote
from jingling.cli.turns import turns
from jingling.core.clock import VirtualClock
from jingling.core.errors import NotReady
from jingling.server.http import create_server


def trace(number: int, **after: float) -> TurnTrace:
    watch = Stopwatch(after=after)
    at = VirtualClock().now()
    return TurnTrace(f"t{number}", at, "kitchen", "en", True, watch, "HassTurnOn", "done")


async def test_the_latest_turns_come_first_and_only_so_many_are_kept(tmp_path: Path) -> None:
    async with opened(make_settings(), VirtualClock()) as hub, browser(create_server(hub, tmp_path)) as client:
        assert (await client.get("/api/turns")).json() == []
        for number in range(TURNS_KEPT + 2):
            hub.turn_log.add(trace(number, ended=200.0, sent=320.5))
        told = (await client.get("/api/turns")).json()
    assert len(told) == TURNS_KEPT and told[0]["turn_id"] == f"t{TURNS_KEPT + 1}"
    assert told[0]["after_ms"] == {"ended": 200.0, "sent": 320.5}
    assert set(told[0]) == {
        "turn_id", "at", "device_id", "language", "spoken", "intent", "outcome", "after_ms",
    }  # fmt: skip


async def test_a_turn_under_way_is_seen_at_its_stage(tmp_path: Path) -> None:
    async with opened(make_settings(), VirtualClock()) as hub, browser(create_server(hub, tmp_path)) as client:
        watch = Stopwatch()
        hub.turn_log.add(TurnTrace("t1", VirtualClock().now(), "kitchen", "en", True, watch))
        assert (await client.get("/api/turns")).json()[0]["outcome"] == "under way"
        watch.reach("heard")
        watch.reach("heard")
        assert list((await client.get("/api/turns")).json()[0]["after_ms"]) == ["heard"]


@pytest.mark.parametrize(
    ("found", "shown"), [([trace(1, ended=200.0).as_json()], "HassTurnOn"), ([], "Nobody has asked")]
)
def test_they_are_listed_on_the_command_line(found: Any, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "turns", lambda url: found)
    result = CliRunner().invoke(turns)
    assert result.exit_code == 0 and shown in result.output


def test_a_hub_that_is_not_there_is_said_to_be_away() -> None:
    with pytest.raises(NotReady, match="jingling up"):
        remote.turns("http://127.0.0.1:9")
