import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jingling.core.errors import NotReady
from jingling.storage.lock import LOCK_FILE, FolderLock

HOLDER = """
import sys
from pathlib import Path
from jingling.storage.lock import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_hub_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with (
        FolderLock(tmp_path / "data"),
        pytest.raises(NotReady, match=rf"process {os.getpid()}\) uses the data folder .*data.*--data-dir"),
        FolderLock(tmp_path / "data"),
    ):
        pass


def test_the_folder_is_free_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with FolderLock(tmp_path):
            assert (tmp_path / LOCK_FILE).read_text() == f"{os.getpid()}\n"
    assert (tmp_path / LOCK_FILE).read_text() == ""


def test_a_killed_hub_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env()
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(NotReady, match=f"process {holder.pid}"), FolderLock(tmp_path):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with FolderLock(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotReady, match="cannot be used"), FolderLock(tmp_path / "file"):
        pass


def env() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
