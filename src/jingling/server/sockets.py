"""The sockets that are open: how many, and one a device."""

from typing import Protocol


class Guest(Protocol):
    async def leave(self) -> None:
        """Make room for a newer connection of the same device; returns when this one's session is over."""


class Sockets:
    def __init__(self, most: int) -> None:
        self._most = most
        self._open = 0
        self._guests: dict[str, Guest] = {}

    @property
    def open(self) -> int:
        return self._open

    def enter(self) -> bool:
        """False when the house is full; else `go` must follow."""
        if self._open >= self._most:
            return False
        self._open += 1
        return True

    def go(self) -> None:
        self._open -= 1

    async def take(self, device_id: str, guest: Guest) -> None:
        """Seat `guest` once whoever sat there has left; `free` must follow."""
        while (former := self._guests.get(device_id)) is not None:
            await former.leave()
        self._guests[device_id] = guest

    def free(self, device_id: str, guest: Guest) -> None:
        if self._guests.get(device_id) is guest:
            del self._guests[device_id]
