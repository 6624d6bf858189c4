"""What has happened to devices."""

from jingling.core.event import Event
from jingling.devices.model import Device


class DeviceChanged(Event, frozen=True, kw_only=True, tag="devices.DeviceChanged"):
    """Shown up, adopted, renamed, moved: `device` as it is now."""

    device: Device


class DeviceForgotten(Event, frozen=True, kw_only=True, tag="devices.DeviceForgotten"):
    """Whoever serves it ends its connection."""

    device_id: str
