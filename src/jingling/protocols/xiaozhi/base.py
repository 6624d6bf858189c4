"""What a board needs of the hub beyond its messages."""

from collections.abc import Awaitable, Callable
from typing import Protocol


class Wire(Protocol):
    """A socket. What is sent to a peer that is gone is dropped in silence."""

    async def receive(self) -> str | bytes | None:
        """None when the peer is gone."""

    async def send(self, frame: str | bytes) -> None: ...

    async def close(self, code: int, reason: str) -> None: ...


ShowPicture = Callable[[str], Awaitable[None]]
"""Puts the picture of a card, by its address or as a data: one, onto the board's screen."""
