"""Learning in another process: it takes seconds and memory that the hub would not get back."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jingling.language.templates import SkillSentences

ROOT = Path(__file__).parents[3]


async def learn_apart(files: Iterable[SkillSentences], cache: Path) -> bool:
    """Put what is to be learned of `files` into `cache`. False: it did not work. Cancelling ends the process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "jingling.language.learned", str(cache)),
        stdin=PIPE,
        stdout=DEVNULL,
        stderr=DEVNULL,
        env=_environment(),
    )
    try:
        await process.communicate(written(files))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode == 0


def written(files: Iterable[SkillSentences]) -> bytes:
    return json.dumps([{**asdict(file), "path": str(file.path)} for file in files]).encode()


def read_files(content: bytes) -> list[SkillSentences]:
    """What `written` wrote."""
    return [_file(**each) for each in json.loads(content)]


def _file(path: str, packaged: list[str], typed: list[str], **rest: Any) -> SkillSentences:
    return SkillSentences(path=Path(path), packaged=tuple(packaged), typed=tuple(typed), **rest)


def _environment() -> dict[str, str]:
    """So that it finds this very package."""
    inherited = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": str(ROOT) + (os.pathsep + inherited if inherited else "")}
