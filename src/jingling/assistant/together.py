"""What the devices of one home do with each other: who answers, what is announced, who is called."""

from collections.abc import Mapping
from dataclasses import dataclass

from jingling.assistant.act import Executor
from jingling.assistant.announcer import Announcer
from jingling.assistant.answer import Answer
from jingling.assistant.arbiter import Arbiter
from jingling.assistant.calls import Calls
from jingling.assistant.neighbours import Neighbours
from jingling.assistant.recordings import Recordings
from jingling.assistant.session import Session
from jingling.core.clock import Clock
from jingling.core.command import Command
from jingling.devices.commands import Announce, AnswerCall, CallPlace, HangUp
from jingling.home.base import HomeReader
from jingling.sdk.kit import Replies


@dataclass(frozen=True)
class Together:
    arbiter: Arbiter
    recordings: Recordings
    announcer: Announcer
    calls: Calls
    clock: Clock

    @property
    def executors(self) -> dict[type[Command], Executor]:
        return {
            Announce: Executor(self.announcer.execute),
            CallPlace: Executor(self.calls.call),
            AnswerCall: Executor(self.calls.take),
            HangUp: Executor(self.calls.hang_up),
        }

    @property
    def neighbours(self) -> Neighbours:
        return Neighbours(
            lambda device_id: self.arbiter.answers(device_id, self.clock.monotonic()),
            lambda device_id, text: self.arbiter.is_echo(device_id, text, self.clock.monotonic()),
            self.recordings.keep,
            self.calls.overhear,
        )

    async def close(self) -> None:
        await self.calls.close()
        await self.announcer.close()


def together(
    sessions: Mapping[str, Session], answer: Answer, replies: Replies, home: HomeReader, clock: Clock
) -> Together:
    """`sessions` are those of connected devices."""
    recordings = Recordings(clock)
    announcer = Announcer(sessions, answer, replies, home, recordings, clock)
    return Together(Arbiter(), recordings, announcer, Calls(sessions, answer, replies, home, clock), clock)
