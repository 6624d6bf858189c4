"""What a board needs of the hub beyond its messages."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from jingling.core.thing import Thing
from jingling.home.base import Driver, HomeReader


class Wire(Protocol):
    """A socket. What is sent to a peer that is gone is dropped in silence."""

    async def receive(self) -> str | bytes | None:
        """None when the peer is gone."""

    async def send(self, frame: str | bytes) -> None: ...

    async def close(self, code: int, reason: str) -> None: ...


class OpenHome(HomeReader, Protocol):
    """A home that things come to and go from."""

    async def arrive(self, things: Sequence[Thing], driver: Driver) -> None:
        """Raises BadInput for an id that another driver's thing has."""

    async def leave(self, thing_ids: Sequence[str]) -> None: ...


ShowPicture = Callable[[str], Awaitable[None]]
"""Puts the picture of a card, by its address or as a data: one, onto the board's screen."""
