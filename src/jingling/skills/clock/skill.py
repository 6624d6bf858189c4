"""What time it is, and what day."""

from datetime import date, timedelta

from jingling.sdk import ClockCard, Do, Reply, Skill, Turn, phrases


class Clock(Skill):
    async def hass_get_current_time(self, turn: Turn, do: Do) -> Reply:
        now = self.kit.clock.now()
        return self.say(turn, "time", time=phrases.clock(now, turn.language), card=ClockCard(now.isoformat()))

    async def hass_get_current_date(self, turn: Turn, do: Do) -> Reply:
        return self._day(turn, self.kit.clock.now().date())

    async def day_of(self, turn: Turn, do: Do) -> Reply:
        """The day that `date` names, or so many days `ahead`."""
        today = self.kit.clock.now().date()
        if "date" in turn.intent.slots:
            return self._day(turn, date.fromisoformat(turn.intent.slots["date"]))
        return self._day(turn, today + timedelta(days=int(turn.intent.slots.get("ahead", 0))))

    async def days_until(self, turn: Turn, do: Do) -> Reply:
        today = self.kit.clock.now().date()
        day = date.fromisoformat(turn.intent.slots["date"])
        key = "days_until" if day > today else "is_today" if day == today else "days_since"
        return self.say(turn, key, count=abs((day - today).days), date=self._named(turn, day))

    def _day(self, turn: Turn, day: date) -> Reply:
        """ "Today is Sunday, November 22.", with the day as large as the screen allows."""
        now = self.kit.clock.now()
        named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - now.date()).days, "other_day")
        at = now + timedelta(days=(day - now.date()).days)
        card = ClockCard(at.isoformat(), show="date")
        return self.say(turn, named, date=self._named(turn, day), card=card)

    def _named(self, turn: Turn, day: date) -> str:
        today = self.kit.clock.now().date()
        said = phrases.day_of_year(day, turn.language, today), phrases.weekday(day, turn.language)
        return "".join(said) if turn.language == "zh" else f"{said[1]}, {said[0]}"
