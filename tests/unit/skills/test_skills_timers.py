from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fakes.memory_database import MemoryDatabase
from jingling.core.clock import VirtualClock
from jingling.core.command import Command, Outcome
from jingling.core.thing import Place
from jingling.core.turn import Intent, Reply, Turn, Utterance
from jingling.schedule.model import ENTRIES_MAX
from jingling.schedule.service import ScheduleService
from jingling.sdk import Kit
from jingling.sdk.replies import SkillReplies
from jingling.skills.timers import skill as timers

FOLDER = Path(timers.__file__).parent
START = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class OneRoom:
    """As much of a home as timers read."""

    def place(self, place_id: str) -> Place | None:
        return Place("kitchen", {"en": ("kitchen",), "zh": ("厨房",)}) if place_id == "kitchen" else None


@dataclass
class Talk:
    """Says intents to the skill; its commands are carried out by a real schedule."""

    skill: timers.Timers
    schedule: ScheduleService
    clock: VirtualClock
    done: list[Command] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    reply: Reply = field(default_factory=Reply)

    async def do(self, command: Command) -> Outcome:
        command = command.with_key(f"k{len(self.done)}")
        self.done.append(command)
        self.outcomes.append(await self.schedule.execute(command))
        return self.outcomes[-1]

    async def mean(self, intent: str, language: str = "en", device: str = "kitchen-1", **slots: object) -> str:
        said = Utterance("…", language)
        turn = Turn("t", "home", device, said, Intent(intent, slots), place_id="kitchen")
        self.reply = await self.skill.handle(turn, self.do)
        return self.reply.speech

    async def answer(self, language: str = "en", **slots: object) -> str:
        """What the assistant does with an answer: its slots join those of the question's intent."""
        asked = self.reply.ask.intent
        return await self.mean(asked.name, language, **{**asked.slots, **slots})

    @property
    def names(self) -> list[str]:
        return [command.name for command in self.done]


@pytest.fixture
async def talk():
    clock = VirtualClock(START)
    database = MemoryDatabase()
    schedule = ScheduleService(database, clock, "home")
    await schedule.start()
    kit = Kit("timers", SkillReplies.load(FOLDER), clock, OneRoom(), schedule, None)
    yield Talk(timers.Timers(kit), schedule, clock)
    await schedule.close()
    await database.close()


async def test_a_timer_is_set_where_it_was_asked_for(talk):
    assert await talk.mean("HassStartTimer", hours=1, minutes=30, name="pizza") == (
        "Pizza timer set for 1 hour and 30 minutes."
    )
    [entry] = talk.schedule.entries()
    assert (entry.label, entry.total_s, entry.device_id, entry.language) == ("pizza", 5400, "kitchen-1", "en")
    assert talk.reply.card.timers[0].due_at == "2026-11-22T10:30:00+08:00"


async def test_the_missing_length_is_asked_for_in_both_languages(talk):
    assert await talk.mean("HassStartTimer", "zh", name="披萨") == "要计时多久？"
    assert (talk.reply.ask.slot, talk.reply.ask.expect, talk.reply.end) == ("duration", "timers/duration", False)
    assert await talk.answer("zh", duration=125) == "好的，披萨计时2分5秒。"


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({"duration": 0}, "A timer needs to be longer than that."),
        (
            {"duration": 31 * 86_400},
            "A timer can run for 30 days at most. For later than that, ask me for a reminder.",
        ),
        ({"duration": 60, "name": "x" * 81}, "I couldn't set that. Its time or name isn't one I can use."),
    ],
)
async def test_a_length_that_cannot_be_is_answered_in_words(talk, slots, said):
    assert await talk.mean("HassStartTimer", **slots) == said
    assert talk.schedule.entries() == []


async def test_too_many_are_refused_in_words(talk):
    for _ in range(ENTRIES_MAX):
        await talk.mean("HassStartTimer", duration=60)
    assert await talk.mean("HassStartTimer", duration=60) == "That's too many at once. Cancel one first."


async def test_what_is_left_is_told_shortly_for_one_and_by_name_for_several(talk):
    await talk.mean("HassStartTimer", minutes=10)
    await talk.clock.advance(60)
    assert await talk.mean("HassTimerStatus") == "9 minutes left."
    await talk.mean("HassStartTimer", minutes=3, name="egg")
    assert await talk.mean("HassTimerStatus") == (
        "You have 2 timers: 3 minutes left on the egg timer and 9 minutes left on the timer for 10 minutes."
    )
    assert await talk.mean("HassTimerStatus", "zh", name="egg") == "Egg计时器还剩3分钟。"


async def test_more_than_three_are_left_to_the_screen(talk):
    for minutes in (1, 2, 3, 4, 5):
        await talk.mean("HassStartTimer", minutes=minutes, name=f"n{minutes}")
    assert (await talk.mean("HassTimerStatus")).endswith("3 minutes left on the n3 timer and 2 more.")
    assert len(talk.reply.card.timers) == 5


async def two_timers(talk) -> None:
    await talk.mean("HassStartTimer", minutes=4, name="tea")
    await talk.mean("HassStartTimer", minutes=9, name="pasta")
    talk.done.clear()


@pytest.mark.parametrize("which", [2, "2", "pasta", "Pasta"])
async def test_which_of_several_is_asked_and_answered_by_number_or_name(talk, which):
    await two_timers(talk)
    assert await talk.mean("HassCancelTimer") == "Which one: 1, tea timer; 2, pasta timer?"
    assert [choice.title for choice in talk.reply.card.items] == ["tea timer", "pasta timer"]
    assert talk.done == []
    assert await talk.answer(which=which) == "I cancelled the pasta timer."
    assert [entry.label for entry in talk.schedule.entries()] == ["tea"]


async def test_a_tap_on_the_list_chooses(talk):
    await two_timers(talk)
    await talk.mean("HassPauseTimer")
    assert await talk.answer(which=talk.reply.card.items[0].value) == "The tea timer is paused with 4 minutes left."


async def test_all_and_none_of_the_numbered(talk):
    await two_timers(talk)
    await talk.mean("HassCancelTimer")
    question = talk.reply
    assert await talk.answer(which=3) == "I have no such timer."
    talk.reply = question
    assert await talk.answer(which="all") == "I cancelled all 2 timers."


async def test_a_number_means_what_was_numbered_though_one_has_rung_meanwhile(talk):
    await two_timers(talk)
    await talk.mean("HassStartTimer", minutes=20, name="cake")
    await talk.mean("HassCancelTimer")
    question = talk.reply
    await talk.clock.advance(4 * 60 + 1)
    await talk.mean("timers.stopRinging")
    talk.reply = question
    assert await talk.answer(which=2) == "I cancelled the pasta timer."


async def test_the_length_it_was_set_for_tells_timers_apart(talk):
    await two_timers(talk)
    assert await talk.mean("HassCancelTimer", start_minutes=9) == "I cancelled the pasta timer."
    assert await talk.mean("HassCancelTimer", start_duration=540) == "I have no such timer."


async def test_an_area_means_a_name_or_this_speaker(talk):
    await talk.mean("HassStartTimer", minutes=4)
    await talk.mean("HassStartTimer", device="bath-1", minutes=9)
    assert await talk.mean("HassCancelTimer", area="bathroom") == "I have no such timer."
    assert await talk.mean("HassCancelTimer", area="kitchen") == "I cancelled the timer for 4 minutes."
    await talk.mean("HassStartTimer", device="bath-1", minutes=2, name="bathroom")
    assert await talk.mean("HassCancelAllTimers", area="bathroom") == "I cancelled the bathroom timer."


async def test_longer_shorter_and_not_below_nothing(talk):
    await talk.mean("HassStartTimer", minutes=5)
    assert await talk.mean("HassIncreaseTimer", minutes=2) == "The timer for 5 minutes now has 7 minutes left."
    assert await talk.mean("HassDecreaseTimer", "zh", minutes=1) == "好的，7分钟的计时器现在还剩6分钟。"
    assert await talk.mean("HassDecreaseTimer", minutes=6) == "There isn't that much time left on it."
    assert await talk.mean("HassIncreaseTimer") == "By how much?"
    assert await talk.answer(duration=60) == "The timer for 6 minutes now has 7 minutes left."


async def test_a_paused_one_is_not_paused_again(talk):
    await talk.mean("HassStartTimer", minutes=5)
    await talk.mean("HassPauseTimer")
    assert await talk.mean("HassPauseTimer") == "No such timer is running."
    assert await talk.mean("HassTimerStatus") == "5 minutes left on the timer for 5 minutes, which is paused."
    await talk.mean("HassUnpauseTimer")
    assert await talk.mean("HassUnpauseTimer") == "No such timer is paused."


@pytest.mark.parametrize(
    ("slots", "due", "said"),
    [
        ({"time": "07:00"}, "2026-11-23T07:00:00+08:00", "Alarm set for tomorrow at 7 AM."),
        ({"time": "18:30"}, "2026-11-22T18:30:00+08:00", "Alarm set for today at 6:30 PM."),
        ({"time": "10:00", "ahead": 1}, "2026-11-23T10:00:00+08:00", "Alarm set for tomorrow at 10 AM."),
        ({"time": "07:00", "date": "2026-11-27"}, "2026-11-27T07:00:00+08:00", "Alarm set for Friday at 7 AM."),
        ({"datetime": "2026-11-23T07:00:00+08:00"}, "2026-11-23T07:00:00+08:00", "Alarm set for tomorrow at 7 AM."),
        ({"datetime": "2026-11-23T07:00:00"}, "2026-11-23T07:00:00+08:00", "Alarm set for tomorrow at 7 AM."),
        ({"duration": 7200}, "2026-11-22T11:00:00+08:00", "Alarm set for today at 11 AM."),
        (
            {"time": "07:00", "repetition": "weekdays"},
            "2026-11-23T07:00:00+08:00",
            "Alarm set for every weekday at 7 AM.",
        ),
        (
            {"time": "07:00", "repetition": "sun"},
            "2026-11-29T07:00:00+08:00",
            "Alarm set for every Sunday at 7 AM.",
        ),
    ],
)
async def test_an_alarm_is_set_for_the_time_that_was_said(talk, slots, due, said):
    assert await talk.mean("timers.setAlarm", **slots) == said
    assert talk.schedule.entries()[0].due_at.isoformat() == due


async def test_a_time_that_has_passed_is_said_to(talk):
    assert (
        await talk.mean("timers.setAlarm", datetime="2026-11-22T08:00:00+08:00") == "That time has already passed."
    )
    assert await talk.mean("timers.setAlarm", "zh", datetime="2026-11-22T08:00:00+08:00") == "这个时间已经过了。"


async def test_an_alarm_asks_its_time_and_a_reminder_asks_both(talk):
    assert await talk.mean("timers.setAlarm") == "For what time?"
    assert await talk.answer(datetime="2026-11-23T07:00:00+08:00") == "Alarm set for tomorrow at 7 AM."
    assert await talk.mean("timers.setReminder", "zh") == "要提醒您什么？"
    assert await talk.answer("zh", message="吃药") == "什么时候提醒您？"
    assert talk.reply.ask.expect == "timers/when"
    assert await talk.answer("zh", datetime="2026-11-22T20:00:00+08:00") == "好的，今天晚上8点提醒您：吃药。"
    assert talk.schedule.entries("reminder")[0].label == "吃药"


async def test_alarms_are_listed_and_the_next_one_told(talk):
    assert await talk.mean("timers.listAlarms") == "There are no alarms."
    await talk.mean("timers.setAlarm", time="07:00")
    assert await talk.mean("timers.listAlarms") == "Your alarm is tomorrow at 7 AM."
    await talk.mean("timers.setAlarm", time="06:30", repetition="weekdays")
    assert await talk.mean("timers.listAlarms", next=1) == "The next alarm is every weekday at 6:30 AM."
    assert await talk.mean("timers.listAlarms", "zh") == "您有2个闹钟：每个工作日早上6点半和明天早上7点。"


async def test_an_alarm_is_cancelled_by_its_time_in_either_half_of_the_day(talk):
    await talk.mean("timers.setAlarm", time="07:00")
    await talk.mean("timers.setAlarm", time="20:00")
    assert await talk.mean("timers.cancelAlarm", time="08:00") == "I cancelled the alarm for today at 8 PM."
    assert await talk.mean("timers.cancelAlarm", time="19:00") == "I have no such alarm."


async def test_a_reminder_is_cancelled_by_what_it_is_about(talk):
    for message in ("call mom", "feed the cat"):
        await talk.mean("timers.setReminder", message=message, duration=600)
    assert (
        await talk.mean("timers.cancelReminder", message="feed the cat")
        == "I cancelled the reminder “feed the cat”."
    )
    assert await talk.mean("timers.cancelReminder", which="all") == "I cancelled the reminder “call mom”."


async def test_what_rings_is_silenced_by_name_or_by_any_word_for_it(talk):
    for intent, slots in (
        ("timers.stopRinging", {}),
        ("timers.stopRinging", {"what": "alarm"}),
        ("HassCancelTimer", {}),
        ("HassCancelTimer", {"name": "egg"}),
    ):
        await talk.mean("HassStartTimer", seconds=10, name="egg")
        await talk.mean("HassStartTimer", minutes=10, name="tea")
        await talk.clock.advance(10)
        assert await talk.mean(intent, **slots) == "Okay."
        assert talk.names[-1] == "schedule.dismiss"
        await talk.mean("HassCancelAllTimers")
    assert await talk.mean("timers.stopRinging") == "Nothing is ringing."


async def test_stopping_the_alarm_that_does_not_ring_cancels_it(talk):
    await talk.mean("timers.setAlarm", time="07:00")
    assert await talk.mean("timers.stopRinging") == "Nothing is ringing."
    assert await talk.mean("timers.stopRinging", what="alarm") == "I cancelled the alarm for tomorrow at 7 AM."


async def test_a_snoozed_alarm_rings_again_and_keeps_its_repetition(talk):
    await talk.mean("timers.setAlarm", time="09:30", repetition="daily")
    await talk.clock.advance(1800)
    assert await talk.mean("timers.snooze") == "Okay, again in 9 minutes."
    assert talk.names[-2:] == ["schedule.dismiss", "schedule.setAlarm"]
    again, daily = talk.schedule.entries("alarm")
    assert (again.due_at.isoformat(), again.repeat) == ("2026-11-22T09:39:00+08:00", "")
    assert (daily.due_at.isoformat(), daily.repeat) == ("2026-11-23T09:30:00+08:00", "daily")


async def test_a_delayed_reminder_is_set_and_other_delayed_commands_are_declined(talk):
    said = await talk.mean("HassStartTimer", minutes=10, conversation_command="remind me to call the plumber")
    assert said == "I'll remind you today at 9:10 AM: call the plumber."
    said = await talk.mean("HassStartTimer", "zh", minutes=10, conversation_command="提醒我交房租")
    assert said == "好的，今天上午9点10分提醒您：交房租。"
    assert await talk.mean("HassStartTimer", minutes=10, conversation_command="turn off the light") == (
        "I can't do things later yet. I can remind you, though."
    )
    assert len(talk.schedule.entries()) == 2


def test_both_languages_have_the_same_replies():
    replies = SkillReplies.load(FOLDER)
    assert replies.keys("en") == replies.keys("zh")
