"""One turn, from what was said to what is answered: a single task, cancelled as a whole by barge-in."""

import logging
import time
from dataclasses import dataclass, field, replace

from jingling.assistant.answer import Answer, Outlet
from jingling.assistant.conversation import Conversation
from jingling.assistant.course import Course
from jingling.assistant.record import Stopwatch, TurnRecord, TurnTrace
from jingling.assistant.think import Think, Thought
from jingling.core.clock import Clock
from jingling.core.endpoint import Endpoint
from jingling.core.turn import Intent, Reply, Utterance

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """What a turn starts from. `given` is an intent that needs no thinking (a touch). `trace` is filled in."""

    turn_id: str
    said: Utterance
    conversation: Conversation
    endpoint: Endpoint
    given: Intent | None = None
    watch: Stopwatch = field(default_factory=Stopwatch)
    trace: TurnTrace | None = None


@dataclass(frozen=True)
class Turns:
    """hear → **think → act → answer**. Raises nothing but cancellation."""

    think: Think
    act: Course
    answer: Answer
    clock: Clock

    async def run(self, request: Request) -> TurnRecord:
        watch = request.watch
        watch.last = time.perf_counter()
        conversation = request.conversation
        conversation.begin(self.clock.now(), request.endpoint.info.place_id)
        thought = self._think(request)
        watch.lap("think")
        watch.reach("thought")
        if request.trace is not None:
            request.trace.intent = thought.turn.intent.name
        outcomes = await self.act.run(thought, conversation)
        reply = outcomes.reply
        watch.lap("act")
        watch.reach("acted")
        conversation.remember(request.turn_id, reply)
        outcomes.remember(request.said.text, conversation, self.clock.now())
        done = bool(outcomes.done) and all(outcome.ok for _, outcome in outcomes.done)
        text = await self._answer(request, thought, reply, watch, done)
        return TurnRecord(request.turn_id, request.said, thought, reply, text, outcomes.done, watch.ms)

    def _think(self, request: Request) -> Thought:
        info, conversation = request.endpoint.info, request.conversation
        given = request.given
        if given is None:
            try:
                return self.think.think(request.turn_id, request.said, conversation, info, self.clock.now())
            except Exception:
                log.exception("turn %s: could not be thought through", request.turn_id)
                given = Intent("core.failed", confidence=0.0)
        return self.think.resolve(request.turn_id, request.said, given, conversation, info)

    async def _answer(self, request: Request, thought: Thought, reply: Reply, watch: Stopwatch, done: bool) -> str:
        outlet = Outlet(request.turn_id, request.said.language, request.endpoint, watch, done)
        try:
            text = await self.answer.give(outlet, reply)
        except Exception:
            log.exception("turn %s: the answer of %s failed", request.turn_id, thought.turn.intent.name)
            return await self.answer.give(outlet, self.act.handling.apology(thought.turn))
        if not isinstance(reply.speech, str):
            request.conversation.told(replace(reply, speech=text), text)
        return text
