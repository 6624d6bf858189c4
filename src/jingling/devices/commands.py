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


class Announce(Command, frozen=True, kw_only=True, tag="devices.announce"):
    """Say `text`, or play the `recording` that was just made, on all devices but `device_id`, or in one place.

    Outcome: `heard` is on how many.
    """

    device_id: str
    language: Language
    text: str = ""
    recording: str = ""
    place_id: str | None = None


class CallPlace(Command, frozen=True, kw_only=True, tag="devices.call"):
    """Ring in `place_id`; whoever answers there talks with `device_id` until one of them hangs up."""

    device_id: str
    language: Language
    place_id: str


class AnswerCall(Command, frozen=True, kw_only=True, tag="devices.answerCall"):
    """Take the call that rings on `device_id`, or decline it."""

    device_id: str
    accept: bool = True


class HangUp(Command, frozen=True, kw_only=True, tag="devices.hangUp"):
    device_id: str


class ForgetDevice(Command, frozen=True, kw_only=True, tag="devices.forget"):
    """It no longer belongs here; its token is void. When it shows up again it is new."""

    device_id: str
