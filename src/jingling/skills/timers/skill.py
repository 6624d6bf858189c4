"""Timers, alarms and reminders."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from jingling.core.turn import Slots
from jingling.schedule.model import TIMER_S_MAX, Entry, Kind, later
from jingling.sdk import (
    Ask,
    CancelEntry,
    Choice,
    Command,
    DismissRinging,
    Do,
    ExtendTimer,
    Intent,
    ListCard,
    Outcome,
    PauseTimer,
    Reply,
    ResumeTimer,
    SetAlarm,
    Skill,
    StartTimer,
    TimerCard,
    Turn,
)
from jingling.skills.timers.asked import delayed_reminder, due_at, duration_s, label
from jingling.skills.timers.chosen import answered, chosen
from jingling.skills.timers.wording import Wording, capital, timer_card

SNOOZE_S = 540.0
LAST = "timers.last"
"""In the conversation's memory: the id of what was spoken of last."""


class Timers(Skill):
    async def hass_start_timer(self, turn: Turn, do: Do) -> Reply:
        slots = turn.intent.slots
        if "conversation_command" in slots:
            return await self._start_delayed(turn, do)
        seconds = duration_s(slots)
        if seconds is None:
            return self.ask_for(turn, "how_long", "duration", "duration")
        name = label(slots, "name")
        outcome = await do(
            StartTimer(duration_s=seconds, device_id=turn.device_id, language=turn.language, label=name)
        )
        if not outcome.ok:
            return self._not_set(turn, outcome, seconds)
        turn.memory[LAST] = outcome.data.get("entry_id")
        key, said = ("timer_set_named" if name else "timer_set"), self._words(turn).duration(seconds)
        return self.say(turn, key, name=capital(name), duration=said, card=self._card(turn, "timer"))

    async def _start_delayed(self, turn: Turn, do: Do) -> Reply:
        if message := delayed_reminder(turn.intent.slots):
            slots = {**turn.intent.slots, "message": message}
            return await self.set_reminder(_meaning(turn, "timers.setReminder", slots), do)
        return self.say(turn, "no_delayed_commands")

    async def hass_cancel_timer(self, turn: Turn, do: Do) -> Reply:
        return await self._cancel(turn, do, "timer")

    async def hass_cancel_all_timers(self, turn: Turn, do: Do) -> Reply:
        return await self._cancel(
            _meaning(turn, turn.intent.name, {**turn.intent.slots, "which": "all"}), do, "timer"
        )

    async def cancel_alarm(self, turn: Turn, do: Do) -> Reply:
        return await self._cancel(turn, do, "alarm")

    async def cancel_reminder(self, turn: Turn, do: Do) -> Reply:
        return await self._cancel(turn, do, "reminder")

    async def hass_pause_timer(self, turn: Turn, do: Do) -> Reply:
        running = [entry for entry in self._meant(turn, "timer") if entry.state == "running"]
        return await self._change(turn, do, running, lambda entry: PauseTimer(entry_id=entry.id), "paused")

    async def hass_unpause_timer(self, turn: Turn, do: Do) -> Reply:
        paused = [entry for entry in self._meant(turn, "timer") if entry.state == "paused"]
        return await self._change(turn, do, paused, lambda entry: ResumeTimer(entry_id=entry.id), "resumed")

    async def hass_increase_timer(self, turn: Turn, do: Do) -> Reply:
        return await self._extend(turn, do, 1, "extended")

    async def hass_decrease_timer(self, turn: Turn, do: Do) -> Reply:
        return await self._extend(turn, do, -1, "shortened")

    async def hass_timer_status(self, turn: Turn, do: Do) -> Reply:
        return self._list(turn, "timer", self._meant(turn, "timer"))

    async def list_alarms(self, turn: Turn, do: Do) -> Reply:
        return self._list(turn, "alarm", self._meant(turn, "alarm"))

    async def list_reminders(self, turn: Turn, do: Do) -> Reply:
        return self._list(turn, "reminder", self._meant(turn, "reminder"))

    async def set_alarm(self, turn: Turn, do: Do) -> Reply:
        return await self._set(turn, do, "alarm")

    async def set_reminder(self, turn: Turn, do: Do) -> Reply:
        if not label(turn.intent.slots, "message"):
            return self.ask_for(turn, "what_reminder", "message", "message")
        return await self._set(turn, do, "reminder")

    async def stop_ringing(self, turn: Turn, do: Do) -> Reply:
        if ringing := self._ringing():
            return await self._dismiss(turn, do, ringing)
        if turn.intent.slots.get("what") == "alarm" and self.kit.schedule.entries("alarm"):
            return await self._cancel(turn, do, "alarm")
        return self.say(turn, "nothing_rings")

    async def snooze(self, turn: Turn, do: Do) -> Reply:
        """Silence what rings and let it ring again later; nine minutes unless said."""
        ringing = self._ringing()
        if not ringing:
            return self.say(turn, "nothing_rings")
        seconds = duration_s(turn.intent.slots) or SNOOZE_S
        due = later(self.kit.clock.now(), seconds).isoformat()
        await self._dismiss(turn, do, ringing)
        for entry in ringing:
            kind: Kind = "alarm" if entry.kind == "alarm" else "reminder"
            again = SetAlarm(
                kind=kind, due_at=due, device_id=entry.device_id, language=entry.language, label=entry.label
            )
            if not (outcome := await do(again)).ok:
                return self._not_set(turn, outcome, seconds)
        return self.say(turn, "snoozed", duration=self._words(turn).duration(seconds))

    async def _set(self, turn: Turn, do: Do, kind: Kind) -> Reply:
        slots, now = turn.intent.slots, self.kit.clock.now()
        repeat = label(slots, "repetition")
        due = due_at(slots, now, repeat)
        if due is None:
            return self.ask_for(turn, f"when_{kind}", "when", "when")
        command = SetAlarm(
            kind=kind,
            due_at=due.isoformat(),
            device_id=turn.device_id,
            language=turn.language,
            label=label(slots, "message"),
            repeat=repeat,
        )
        outcome = await do(command)
        if not outcome.ok:
            return self._not_set(turn, outcome, None, past=due.timestamp() <= now.timestamp())
        when = self._words(turn).moment(due, repeat)
        return self.say(turn, f"{kind}_set", when=when, message=command.label, card=self._card(turn, kind))

    async def _cancel(self, turn: Turn, do: Do, kind: Kind) -> Reply:
        entries = self._meant(turn, kind)
        ringing = [entry for entry in entries if entry.state == "ringing"]
        if ringing and "which" not in turn.intent.slots:
            return await self._dismiss(turn, do, ringing)
        return await self._change(
            turn, do, entries, lambda entry: CancelEntry(entry_id=entry.id), "cancelled", kind=kind
        )

    async def _dismiss(self, turn: Turn, do: Do, ringing: Sequence[Entry]) -> Reply:
        for device_id in dict.fromkeys(entry.device_id for entry in ringing):
            await do(DismissRinging(device_id=device_id))
        return self.say(turn, "stopped")

    async def _extend(self, turn: Turn, do: Do, sign: int, key: str) -> Reply:
        seconds = duration_s(turn.intent.slots)
        if seconds is None:
            return self.ask_for(turn, "how_much", "duration", "duration")
        entries = self._meant(turn, "timer")
        return await self._change(
            turn, do, entries, lambda entry: ExtendTimer(entry_id=entry.id, seconds=sign * seconds), key
        )

    async def _change(
        self,
        turn: Turn,
        do: Do,
        entries: Sequence[Entry],
        command: Callable[[Entry], Command],
        key: str,
        *,
        kind: Kind = "timer",
    ) -> Reply:
        """Do `command` to the one that is meant, or to all when that was said; ask which when several could be."""
        if not entries:
            return self._none(turn, kind, key)
        if len(entries) > 1 and turn.intent.slots.get("which") != "all":
            return self._ask_which(turn, entries)
        turn.memory[LAST] = entries[0].id
        outcomes = [await do(command(entry)) for entry in entries]
        if not all(outcome.ok for outcome in outcomes):
            return self.say(turn, "too_little_left" if key == "shortened" else "not_changed")
        return self._changed(turn, entries, key, kind)

    def _changed(self, turn: Turn, entries: Sequence[Entry], key: str, kind: Kind) -> Reply:
        card = self._card(turn, kind)
        if len(entries) > 1:
            return self.say(turn, f"{key}_{kind}s", count=len(entries), card=card)
        words = self._words(turn)
        now_is = next((now for now in self.kit.schedule.entries() if now.id == entries[0].id), entries[0])
        left = words.duration(now_is.left_s(self.kit.clock.now()))
        return self.say(turn, key, name=words.name(entries[0]), left=left, card=card)

    def _ask_which(self, turn: Turn, entries: Sequence[Entry]) -> Reply:
        words = self._words(turn)
        now = self.kit.clock.now()
        items = tuple(
            Choice(
                title=words.name(entry),
                value=entry.id,
                subtitle=words.duration(entry.left_s(now)) if entry.kind == "timer" else words.when(entry),
            )
            for entry in entries
        )
        slots = {**turn.intent.slots, "choices": [entry.id for entry in entries]}
        slots.pop("which", None)
        ask = Ask(Intent(turn.intent.name, slots), "which", f"{self.kit.name}/which")
        title = self.kit.replies.text(turn.language, "which_title")
        return self.say(
            turn,
            "which",
            choices=words.numbered(entries),
            ask=ask,
            card=ListCard(title, items),
        )

    def _list(self, turn: Turn, kind: Kind, entries: Sequence[Entry]) -> Reply:
        if not entries:
            return self._none(turn, kind, "")
        words = self._words(turn)
        if turn.intent.slots.get("next"):
            return self.say(turn, f"next_{kind}", list=words.left(entries[0]), card=self._card(turn, kind))
        alone = len(entries) == 1
        said = words.listed([words.left(entry, alone=alone) for entry in entries])
        said = capital(said) if alone and kind == "timer" else said
        return self.say(turn, f"list_{kind}s", count=len(entries), list=said, card=self._card(turn, kind))

    def _none(self, turn: Turn, kind: Kind, key: str) -> Reply:
        """Why there is nothing to act on: none at all, none in that state, or none of that name."""
        if not self.kit.schedule.entries(kind):
            return self.say(turn, f"no_{kind}s")
        return self.say(turn, {"paused": "none_running", "resumed": "none_paused"}.get(key, f"no_such_{kind}"))

    def _not_set(self, turn: Turn, outcome: Outcome, seconds: float | None, *, past: bool = False) -> Reply:
        if past:
            return self.say(turn, "past")
        if seconds is not None and seconds <= 0:
            return self.say(turn, "zero_duration")
        if seconds is not None and seconds > TIMER_S_MAX:
            return self.say(turn, "too_long")
        refused = outcome.problem is not None and outcome.problem.code == "refused"
        return self.say(turn, "too_many" if refused else "not_set")

    def _meant(self, turn: Turn, kind: Kind) -> list[Entry]:
        slots = turn.intent.slots
        entries = self.kit.schedule.entries(kind)
        if choices := slots.get("choices"):
            return answered(entries, choices, slots.get("which", ""))
        if isinstance(slots.get("which"), int | float):
            return answered(entries, [entry.id for entry in entries], slots["which"])
        recent = [entry for entry in entries if slots.get("recent") and entry.id == turn.memory.get(LAST)]
        if recent:
            return recent
        return chosen(self._here(turn, entries), slots, self.kit.clock.now().tzinfo)

    def _here(self, turn: Turn, entries: Sequence[Entry]) -> Sequence[Entry]:
        """With an area, those that bear its name, else those set on this speaker if it stands there."""
        area = turn.intent.slots.get("area")
        if not area:
            return entries
        place = self.kit.home.place(turn.place_id) if turn.place_id else None
        here = place is not None and any(area in names for names in place.names.values())
        named = chosen(entries, {"name": area}, None)
        return named or [entry for entry in entries if here and entry.device_id == turn.device_id]

    def _ringing(self) -> list[Entry]:
        return [entry for entry in self.kit.schedule.entries() if entry.state == "ringing"]

    def _card(self, turn: Turn, kind: Kind) -> TimerCard:
        title = self.kit.replies.text(turn.language, f"title_{kind}s")
        return timer_card(title, self.kit.schedule.entries(kind))

    def _words(self, turn: Turn) -> Wording:
        return Wording(self.kit.replies, turn.language, self.kit.clock.now())


def _meaning(turn: Turn, name: str, slots: Slots) -> Turn:
    return replace(turn, intent=Intent(name, slots, turn.intent.confidence, turn.intent.source))
