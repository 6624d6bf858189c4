"""What may be asked of a home."""

from jingling.core.command import Command
from jingling.core.thing import Value


class SetProperty(Command, frozen=True, kw_only=True, tag="home.setProperty"):
    """Set one writable property of one thing."""

    thing_id: str
    property: str
    value: Value


class RunAction(Command, frozen=True, kw_only=True, tag="home.runAction"):
    """Start one action of one thing; `inputs` are checked against the action's description."""

    thing_id: str
    action: str
    inputs: dict[str, Value] = {}
