"""The errors everyone shares. Each carries a sentence that tells its reader what to do."""


class JinglingError(Exception):
    """An error whose text can be shown to a person as it is."""


class BadInput(JinglingError):
    """Something given to us is malformed, too large or not what it claims to be."""


class NotReady(JinglingError):
    """A part of this machine (an engine, a model, a device, a key) is missing or not running."""


class TooBusy(NotReady):
    """More is asked of this machine at once than it can do; whoever was turned away goes first the next time."""


class CannotWrite(NotReady):
    """The disk is full, failing or closed to this program; nothing was changed."""


class Refused(JinglingError):
    """The person or the skill may not do this."""
