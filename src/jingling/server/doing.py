"""What whoever is signed in does by hand, through the gate like everything else."""

from starlette.requests import Request

from jingling.assistant.session import new_turn_id
from jingling.core.command import Command, Outcome
from jingling.core.turn import Intent, Language, Turn, Utterance
from jingling.server.door import identity_of
from jingling.server.hub import Hub


async def done(hub: Hub, request: Request, command: Command, language: Language) -> Outcome:
    identity = identity_of(request.scope)
    turn = Turn(
        id=new_turn_id(),
        home_id=hub.home_id,
        device_id=identity.id or identity.kind,
        utterance=Utterance("", language),
        intent=Intent(command.name, source="touch"),
        role=identity.role,
    )
    return await hub.gate.for_turn(turn)(command)
