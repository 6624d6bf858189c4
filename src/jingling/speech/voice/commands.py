"""What may be asked of the voice."""

from jingling.core.command import Command


class ChangeManner(Command, frozen=True, kw_only=True, tag="speech.changeManner"):
    """How the device is spoken on from now: so many steps faster (`rate`) and louder (`volume`), or as many slower
    and softer; `quiet` None leaves it as it is. `plain` first forgets all that was changed before."""

    device_id: str
    rate: int = 0
    volume: int = 0
    quiet: bool | None = None
    plain: bool = False


class RestoreManner(Command, frozen=True, kw_only=True, tag="speech.restoreManner"):
    """As it was."""

    device_id: str
    rate: float
    volume: float
    quiet: bool
