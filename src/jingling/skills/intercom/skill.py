"""Announcements to all or to a place, and calls from room to room."""

from jingling.sdk import Announce, AnswerCall, CallPlace, Do, HangUp, Outcome, Place, Reply, Skill, Turn


class Intercom(Skill):
    async def announce(self, turn: Turn, do: Do) -> Reply:
        return await self._announced(turn, do, text=str(turn.intent.slots.get("message") or ""))

    async def record(self, turn: Turn, do: Do) -> Reply:
        """Asks what to say; what is spoken then is passed on as it was said."""
        slots = turn.intent.slots
        if "message" in slots:
            return await self._announced(turn, do, text=str(slots["message"]))
        if "recording" in slots:
            return await self._announced(turn, do, recording=str(slots["recording"]))
        return self.ask_for(turn, "what", "message", "recording")

    async def call(self, turn: Turn, do: Do) -> Reply:
        place = self._place(turn)
        if place is None:
            return self.say(turn, "no_such_place")
        name = place.name(turn.language)
        outcome = await do(CallPlace(device_id=turn.device_id, language=turn.language, place_id=place.id))
        if outcome.ok:
            return self.say(turn, "calling", place=name)
        return self.say(turn, _problem(outcome), place=name)

    async def answer_call(self, turn: Turn, do: Do) -> Reply:
        """The answer to the question that the hub asks where it rings; it is not said aloud, the call is."""
        accept = turn.intent.slots.get("answer") is True
        outcome = await do(AnswerCall(device_id=turn.device_id, accept=accept))
        return Reply() if outcome.ok else self.say(turn, "no_call")

    async def hang_up(self, turn: Turn, do: Do) -> Reply:
        outcome = await do(HangUp(device_id=turn.device_id))
        return self.say(turn, "hung_up" if outcome.ok else "no_call")

    async def _announced(self, turn: Turn, do: Do, text: str = "", recording: str = "") -> Reply:
        place = self._place(turn)
        if place is None and turn.intent.slots.get("area"):
            return self.say(turn, "no_such_place")
        command = Announce(
            device_id=turn.device_id,
            language=turn.language,
            text=text,
            recording=recording,
            place_id=place.id if place else None,
        )
        outcome = await do(command)
        if not outcome.ok:
            return self.say(turn, "not_now")
        which = "announced" if outcome.data.get("heard") or outcome.data.get("dry_run") else "nobody"
        name = place.name(turn.language) if place else ""
        return self.say(turn, f"{which}_in" if place else which, place=name)

    def _place(self, turn: Turn) -> Place | None:
        """The place that was named."""
        area = turn.intent.slots.get("area")
        names = (place for place in self.kit.home.places if area and place.name(turn.language) == area)
        return next(names, None)


def _problem(outcome: Outcome) -> str:
    code = outcome.problem.code if outcome.problem else ""
    return {"unreachable": "nobody_in", "busy": "busy"}.get(code, "not_now")
