"""What rings: where, what is said of it, and when it falls silent."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from fakes.desk import REPLIES, Desk, FakeEndpoint, FakeSchedule, settle
from jingling.assistant.answer import Answer
from jingling.assistant.ring import PAUSE_S, Ringer
from jingling.assistant.session import Session
from jingling.bus.local import LocalBus
from jingling.core.card import TimerCard
from jingling.core.clock import VirtualClock
from jingling.core.endpoint import Typed
from jingling.core.turn import Reply, Turn
from jingling.schedule.events import EntryChanged, EntryRang
from jingling.schedule.model import Entry, Kind, State
from jingling.sdk.skill import Do
from jingling.speech.base import Manner

NOW = VirtualClock().now()


def entry(device_id: str = "kitchen-screen", kind: Kind = "timer", state: State = "ringing", **more: str) -> Entry:
    return Entry(
        id="e1", home_id="home", device_id=device_id, kind=kind, state=state, due_at=NOW, created_at=NOW,
        **{"language": "en", **more},
    )  # fmt: skip


class Ringing:
    """A ringer with any number of screens; `desk` is the assistant behind them all."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.bus = LocalBus()
        self.ringer = Ringer(desk.turns.answer, REPLIES, desk.schedule, desk.clock)
        self.ringer.attach(self.bus)
        self.sessions: dict[str, Session] = {}

    def arrive(self, device_id: str) -> FakeEndpoint:
        endpoint = FakeEndpoint(device_id)
        self.sessions[device_id] = self.desk.new_session(endpoint)
        self.ringer.arrived(self.sessions[device_id])
        return endpoint

    async def leave(self, device_id: str) -> None:
        await self.ringer.left(self.sessions.pop(device_id))

    async def ring(self, rung: Entry, late_s: float = 0.0) -> None:
        self.desk.schedule.all = [rung]
        await self.bus.publish(EntryRang(id="1", at=NOW, home_id="home", entry=rung, late_s=late_s))
        await settle()

    async def dismiss(self, rung: Entry) -> None:
        self.desk.schedule.all = []
        await self.bus.publish(EntryChanged(id="2", at=NOW, home_id="home", entry=rung))
        await settle()


async def greet(turn: Turn, do: Do) -> Reply:
    return Reply("Hello.")


def desk() -> Desk:
    return Desk({"test.greet": greet}, schedule=FakeSchedule())


async def test_it_rings_where_it_was_set_with_a_card_a_chime_and_words() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        own, other = ringing.arrive("kitchen-screen"), ringing.arrive("bedroom-screen")
        await ringing.ring(entry(label="tea"))
        card = own.cards[-1][1]
        assert isinstance(card, TimerCard) and card.timers[0].state == "ringing"
        assert [answer.text for answer in own.answers] == ["Your tea timer is done."]
        assert len(own.played) == 2 and other.played == other.cards == []


async def test_it_rings_everywhere_else_when_its_own_screen_is_away() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        screens = [ringing.arrive("bedroom-screen"), ringing.arrive("office-screen")]
        await ringing.ring(entry())
        assert all(screen.answers for screen in screens)


async def test_it_goes_on_elsewhere_when_its_own_screen_leaves() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        ringing.arrive("kitchen-screen")
        other = ringing.arrive("bedroom-screen")
        await ringing.ring(entry())
        assert other.answers == []
        await ringing.leave("kitchen-screen")
        await settle()
        assert [answer.text for answer in other.answers] == ["Your timer is done."]


async def test_a_screen_that_comes_back_rings() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        await ringing.ring(entry())
        own = ringing.arrive("kitchen-screen")
        other = ringing.arrive("bedroom-screen")
        await settle()
        assert own.answers and other.answers == []


async def test_it_chimes_on_without_the_words_until_it_is_dismissed() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        own = ringing.arrive("kitchen-screen")
        await ringing.ring(entry())
        await at.clock.advance(3 * PAUSE_S)
        assert len(own.answers) == 1 and len(own.played) == 2 + 3
        await ringing.dismiss(entry(state="done"))
        played, shown = len(own.played), own.cards[-1][0]
        await at.clock.advance(10 * PAUSE_S)
        assert len(own.played) == played and shown in own.stopped


async def test_it_is_quiet_while_somebody_is_answered() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        own = ringing.arrive("kitchen-screen")
        session = ringing.sessions["kitchen-screen"]
        await ringing.ring(entry())
        played = len(own.played)
        own.hold = asyncio.Event()
        await session._take(Typed("greet"))
        await settle()
        await at.clock.advance(3 * PAUSE_S)
        assert len(own.played) == played + 1
        own.hold.set()
        await settle()
        await at.clock.advance(2 * PAUSE_S)
        assert len(own.played) > played + 1


async def test_what_is_late_is_said_to_be_late_in_its_own_language() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        own = ringing.arrive("kitchen-screen")
        late_s = timedelta(hours=2, minutes=5).total_seconds()
        await ringing.ring(entry(kind="reminder", label="吃药", language="zh"), late_s)
        assert own.answers[0].text == "提醒您：吃药。 到点时我没有开机，已经过了2小时5分钟。"


async def test_what_is_on_time_is_not_said_to_be_late() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        own = ringing.arrive("kitchen-screen")
        await ringing.ring(entry(kind="alarm"), late_s=0.4)
        assert own.answers[0].text.startswith("It's 9 AM.") and "off" not in own.answers[0].text


async def test_closing_ends_every_ring() -> None:
    async with desk() as at:
        ringing = Ringing(at)
        own = ringing.arrive("kitchen-screen")
        await ringing.ring(entry())
        await ringing.ringer.close()
        played = len(own.played)
        await at.clock.advance(10 * PAUSE_S)
        assert len(own.played) == played


async def test_the_night_softens_an_answer_and_not_what_rings() -> None:
    async with Desk({"test.greet": greet}) as desk:
        desk.turns = replace(
            desk.turns, answer=Answer(desk.voice, lambda device_id, waking: Manner(quiet=not waking))
        )
        desk.session.turns = desk.turns
        await desk.bring(Typed("greet"))
        ringing = Ringing(desk)
        ringing.arrive("kitchen-screen")
        await ringing.ring(entry())
        assert [manner.quiet for manner in desk.voice.manners] == [True, False]
        await ringing.ringer.close()
