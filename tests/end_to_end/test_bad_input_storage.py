"""Disks that are full, folders that are closed, databases that are broken or from tomorrow."""

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from fakes.running_hub import RunningHub
from jingling.app import App, Engines, build
from jingling.core.endpoint import EndpointInfo
from jingling.core.errors import BadInput, JinglingError, NotReady
from jingling.settings import Settings

NOBODY = 65_534


async def start(folder: Path, error: type[JinglingError]) -> str:
    """What a hub on `folder` says instead of starting."""
    with pytest.raises(error) as problem:
        async with build(Settings(data_dir=folder), engines=Engines()):
            pass
    return str(problem.value)


async def lamp(app: App, on: bool) -> dict[str, Any]:
    return await app.ask(f"turn {'on' if on else 'off'} the floor lamp", "en", EndpointInfo("test-device"))


async def test_on_a_full_disk_nothing_is_done_and_that_is_said(tmp_path: Path) -> None:
    async with build(Settings(data_dir=tmp_path), engines=Engines()) as app:
        assert (await lamp(app, True))["reply"] == "The floor lamp is on."
        await pragma(app, f"max_page_count = {await pragma(app, 'page_count')}")
        wanted = False
        while (answer := await lamp(app, wanted))["commands"]:
            wanted = not wanted
        assert "can't write to my disk" in answer["reply"] and answer["commands"] == []
        assert app.home.state("floor_lamp").values["power"] is not wanted
        timer = await app.ask("set a timer for ten minutes", "en", EndpointInfo("test-device"))
        assert "can't write to my disk" in timer["reply"] and list(app.schedule.entries()) == []
        assert (await app.ask("what time is it", "en", EndpointInfo("test-device")))["reply"].startswith("It's ")
        await pragma(app, "max_page_count = 1000000")
        assert (await lamp(app, False))["reply"] == "The floor lamp is off."


async def pragma(app: App, what: str) -> int:
    async with app.database.unit() as unit:
        rows = await unit.rows(text(f"PRAGMA {what}"))
    return int(next(iter(rows[0].values())))


def test_a_hub_whose_disk_fills_up_lives_on_and_works_when_there_is_room(tmp_path: Path) -> None:
    with RunningHub(tmp_path, ("--set", "speech.enabled=false")) as hub:
        assert hub.ask("turn on the floor lamp")["commands"][0]["ok"]
        full = (1_000, resource.RLIM_INFINITY)
        before = resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, full)
        answer = hub.ask("turn off the floor lamp")
        assert "can't write to my disk" in answer["reply"] and answer["commands"] == []
        status, health = hub.get("/api/health")
        assert status == 200 and health["ok"]
        resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, before)
        assert hub.ask("turn off the floor lamp")["commands"][0]["ok"]
    assert commands(tmp_path) == ["done", "done"]


def commands(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "jingling.sqlite") as database:
        return [state for (state,) in database.execute("select state from commands order by created_at")]


async def test_a_database_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "jingling.sqlite"
    file.write_text("My dear diary, " * 100)
    said = await start(tmp_path, BadInput)
    assert str(file) in said and "not a database" in said and "backup" in said
    assert file.read_text().startswith("My dear diary")


async def test_a_damaged_database_is_named_and_kept(tmp_path: Path) -> None:
    async with build(Settings(data_dir=tmp_path), engines=Engines()) as app:
        await lamp(app, True)
    file = tmp_path / "jingling.sqlite"
    content = bytearray(file.read_bytes())
    content[100:] = b"\xa5" * (len(content) - 100)
    file.write_bytes(content)
    said = await start(tmp_path, BadInput)
    assert str(file) in said and "damaged" in said and "backup" in said
    assert file.read_bytes() == bytes(content)


async def test_a_database_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    async with build(Settings(data_dir=tmp_path), engines=Engines()) as app:
        await lamp(app, True)
    with sqlite3.connect(tmp_path / "jingling.sqlite") as database:
        database.execute("update alembic_version set version_num = '9999_tomorrow'")
    said = await start(tmp_path, BadInput)
    assert "newer Jingling" in said and "another data folder" in said
    assert commands(tmp_path) == ["done"]


async def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("")
    assert "--data-dir" in await start(file, NotReady)


async def test_a_data_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o500)
    with as_nobody():
        said = await start(folder, NotReady)
    assert str(folder) in said and "Permission denied" in said and "--data-dir" in said


async def test_a_database_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    async with build(Settings(data_dir=tmp_path), engines=Engines()) as app:
        await lamp(app, True)
    file = tmp_path / "jingling.sqlite"
    file.chmod(0o400)
    (tmp_path / "hub.lock").chmod(0o666)
    make_passable(tmp_path, 0o555)
    with as_nobody():
        said = await start(tmp_path, NotReady)
    assert str(file) in said and "this user may write there" in said


def make_passable(folder: Path, mode: int) -> None:
    """Others may come as far as `folder`."""
    for one in (folder.parent, folder.parent.parent):
        one.chmod(0o711)
    folder.chmod(mode)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere, so it must not be root who tries."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
