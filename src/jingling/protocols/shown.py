"""What a device says of itself, fit to be shown. Pure."""

from jingling.devices.model import NAME_CHARS_MAX


def shown(*texts: str | None) -> str:
    """The first that says anything, without control characters and cut to the length of a name."""
    plain = ("".join(sign for sign in text or "" if sign.isprintable())[:NAME_CHARS_MAX].strip() for text in texts)
    return next((text for text in plain if text), "")
