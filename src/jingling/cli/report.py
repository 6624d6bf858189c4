"""One line of what `jingling doctor` found."""

from msgspec import Struct


class Check(Struct, frozen=True):
    """`needed` False: the hub works without it. `advice` says what to do when it is not ok."""

    name: str
    ok: bool
    detail: str
    advice: str = ""
    needed: bool = True
