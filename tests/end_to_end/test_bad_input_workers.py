"""Ears and voice that die in the middle of their work."""

import asyncio
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
import pytest

from fakes import sound_files
from fakes.running_hub import RunningHub
from jingling.screen.messages import AnswerText, AudioEnd, AudioStart, EndListening, Snapshot, StartListening

SAID = "turn on the bedroom light"


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    samples = asyncio.run(sound_files.spoken(SAID))
    return sound_files.write(tmp_path_factory.mktemp("said") / "said.flac", samples).read_bytes()


def worker(hub: RunningHub, name: str) -> int:
    for child in psutil.Process(hub.process.pid).children():
        if f"{name}_worker" in " ".join(child.cmdline()):
            return child.pid
    raise AssertionError(f"there is no {name} at work")


async def test_a_recogniser_that_is_killed_while_it_listens_is_asked_again(
    hub: RunningHub, recording: bytes
) -> None:
    path = "/api/hear?language=en"
    assert hub.post(path, recording)[1]["utterance"]["text"] == SAID
    pid = worker(hub, "pocketsphinx")
    os.kill(pid, signal.SIGSTOP)
    hearing = asyncio.create_task(asyncio.to_thread(hub.post, path, recording))
    await asyncio.sleep(0.3)
    os.kill(pid, signal.SIGKILL)
    status, answer = await hearing
    assert status == 200 and answer["utterance"]["text"] == SAID
    assert worker(hub, "pocketsphinx") != pid


async def test_a_recogniser_that_keeps_dying_is_said_and_typing_still_works(
    hub: RunningHub, recording: bytes
) -> None:
    async with hub.screen("listening-screen") as screen:
        await screen.next(Snapshot)
        hearing = asyncio.create_task(asyncio.to_thread(hub.post, "/api/hear?language=en", recording))
        killing = asyncio.create_task(keep_killing(hub, "pocketsphinx", hearing))
        status, answer = await hearing
        await killing
        assert status == 200 and "can't understand speech" in answer["reply"]
        await screen.say("what time is it")
        assert (await screen.next(AnswerText)).text.startswith("It's ")


async def keep_killing(hub: RunningHub, name: str, until: "asyncio.Task[object]") -> None:
    while not until.done():
        with suppress(AssertionError, ProcessLookupError, psutil.NoSuchProcess):
            os.kill(await asyncio.to_thread(worker, hub, name), signal.SIGKILL)
        await asyncio.sleep(0.02)


async def test_a_voice_that_is_killed_in_a_sentence_leaves_the_text(hub: RunningHub) -> None:
    async with hub.screen("talking-screen") as screen:
        await screen.say("what can i say here")
        answer = await screen.next(AnswerText)
        await screen.next(AudioStart)
        os.kill(worker(hub, "espeak"), signal.SIGKILL)
        await screen.next(AudioEnd)
        assert answer.text
        await screen.say("what time is it")
        assert (await screen.next(AnswerText)).text.startswith("It's ")
        await screen.next(AudioStart)


async def test_a_screen_that_vanishes_while_it_is_heard_stops_the_listening(
    hub: RunningHub, recording: bytes
) -> None:
    pcm = np.zeros(16_000, "<i2").tobytes()
    async with hub.screen("vanishing-screen") as screen:
        await screen.next(Snapshot)
        await screen.send(StartListening("open"))
        await screen.socket.send(pcm)
        screen.socket.transport.abort()
    async with hub.screen("vanishing-screen") as screen:
        await screen.next(Snapshot)
        await screen.send(StartListening("hold"))
        await screen.socket.send(pcm)
        await screen.send(EndListening())
        assert "didn't catch" in (await screen.next(AnswerText)).text


def test_no_worker_outlives_its_hub(tmp_path: Path, recording: bytes) -> None:
    with RunningHub(tmp_path) as hub:
        hub.post("/api/hear?language=en", recording)
        workers = psutil.Process(hub.process.pid).children()
        hub.kill()
        end = time.monotonic() + 10
        while any(map(at_work, workers)) and time.monotonic() < end:
            time.sleep(0.02)
    assert workers and not any(map(at_work, workers))


def at_work(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
