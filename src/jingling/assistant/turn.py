"""One turn, from what was said to what is answered: a single task, cancelled as a whole by barge-in."""

from dataclasses import dataclass, field

from jingling.assistant.act import Gate
from jingling.assistant.answer import Answer, Outlet
from jingling.assistant.conversation import Conversation
from jingling.assistant.handle import Handling
from jingling.assistant.record import Stopwatch, TurnRecord
from jingling.assistant.think import Think, Thought
from jingling.core.clock import Clock
from jingling.core.endpoint import Endpoint
from jingling.core.turn import Intent, Utterance


@dataclass(frozen=True)
class Request:
    """What a turn starts from. `given` is an intent that needs no thinking (a touch)."""

    turn_id: str
    said: Utterance
    conversation: Conversation
    endpoint: Endpoint
    given: Intent | None = None
    ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Turns:
    """hear → **think → act → answer**. Raises nothing but cancellation."""

    think: Think
    gate: Gate
    handling: Handling
    answer: Answer
    clock: Clock

    async def run(self, request: Request) -> TurnRecord:
        watch = Stopwatch(request.ms)
        conversation = request.conversation
        conversation.begin(self.clock.now())
        thought = self._think(request)
        watch.lap("think")
        do = self.gate.for_turn(thought.turn, thought.confirmed)
        reply = await self.handling.handle(thought, do, conversation)
        watch.lap("act")
        conversation.last_reply = reply if reply.speech else conversation.last_reply
        outlet = Outlet(request.turn_id, request.said.language, request.endpoint, watch)
        await self.answer.give(outlet, reply)
        return TurnRecord(request.turn_id, request.said, thought, reply, tuple(do.done), watch.ms)

    def _think(self, request: Request) -> Thought:
        info, conversation = request.endpoint.info, request.conversation
        if request.given is not None:
            return self.think.resolve(request.turn_id, request.said, request.given, conversation, info)
        return self.think.think(request.turn_id, request.said, conversation, info, self.clock.now())
