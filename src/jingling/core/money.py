"""Amounts of money, in whole minor units only."""

from msgspec import Struct


class Money(Struct, frozen=True):
    """`amount_minor` counts the smallest unit of the ISO 4217 `currency` (cents, 分)."""

    amount_minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount_minor - self._same(other), self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} with {other.currency}")
        return other.amount_minor
