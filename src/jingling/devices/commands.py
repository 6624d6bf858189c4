"""What may be asked of the register of devices."""

from jingling.core.command import Command
from jingling.core.turn import Language, Role


class AdoptDevice(Command, frozen=True, kw_only=True, tag="devices.adopt"):
    """It belongs here from now on, as `name`, in `place_id`. An adopted one is changed."""

    device_id: str
    name: str
    place_id: str | None = None
    language: Language | None = None
    role: Role = "adult"
    volume: int | None = None


class ForgetDevice(Command, frozen=True, kw_only=True, tag="devices.forget"):
    """It no longer belongs here; its token is void. When it shows up again it is new."""

    device_id: str
