"""What Home Assistant's words `domain` and `device_class` mean for our things."""

from jingling.core.thing import Thing

_HANGINGS = frozenset({"curtain", "blind", "shade", "shutter"})
_OPENINGS = frozenset({"door", "window", "garage", "gate"})
_SENSED = ("motion", "open", "smoke", "leak")


def sensed(thing: Thing) -> str:
    """The yes-or-no property that a sensor tells of, or nothing."""
    if thing.type != "sensor":
        return ""
    return next((name for name in _SENSED if name in thing.properties), "")


def is_of(thing: Thing, domain: str, device_class: str = "") -> bool:
    """Whether people mean such a thing by these words; a blind answers to "curtain" as well."""
    if domain == "cover":
        return _is_cover(thing, device_class)
    if domain == "binary_sensor":
        return bool(sensed(thing)) and device_class in ("", thing.device_class)
    return domain in ("", thing.type) and device_class in ("", thing.device_class)


def is_exactly(thing: Thing, device_class: str) -> bool:
    return device_class in ("", thing.device_class)


def kind_of(domain: str, device_class: str) -> str:
    """The word that such things are called by in the replies (`noun_…`)."""
    return device_class or domain or "thing"


def _is_cover(thing: Thing, device_class: str) -> bool:
    if sensed(thing) == "open":
        return device_class in _OPENINGS and device_class == thing.device_class
    if thing.type != "cover":
        return False
    both_hang = device_class in _HANGINGS and thing.device_class in _HANGINGS
    return both_hang or is_exactly(thing, device_class)
