"""What has happened to devices."""

from jingling.core.event import Event
from jingling.devices.model import Device


class DeviceChanged(Event, frozen=True, kw_only=True, tag="devices.DeviceChanged"):
    """Shown up, adopted, renamed, moved: `device` as it is now."""

    device: Device


class DeviceForgotten(Event, frozen=True, kw_only=True, tag="devices.DeviceForgotten"):
    """Whoever serves it ends its connection."""

    device_id: str


class PictureTaken(Event, frozen=True, kw_only=True, tag="devices.PictureTaken"):
    """By a device's camera, because somebody asked `question`; `picture` is where the home's screens find it for a
    while, and `name` what the device is called."""

    device_id: str
    name: str
    question: str
    picture: str
