"""What is to be done, and what became of it."""

from enum import IntEnum
from typing import Any

from msgspec import Struct, structs


class Risk(IntEnum):
    NONE = 0
    """Done at once."""
    CONFIRM = 1
    """Done after the person said or tapped yes to the read-back."""
    AUTH = 2
    """Done after the person proved who they are."""


class Command(Struct, frozen=True, kw_only=True):
    """Base of all commands; a concrete command's struct tag `<domain>.<Imperative>` is its name.

    `key` makes it idempotent: the same key is never carried out twice. The gate fills in an empty key
    from the turn. `read_back` is the question that confirms it, in the person's language.
    """

    key: str = ""
    risk: Risk = Risk.NONE
    read_back: str = ""

    @property
    def name(self) -> str:
        return str(self.__struct_config__.tag)

    def with_key(self, key: str) -> "Command":
        return structs.replace(self, key=key)


class Problem(Struct, frozen=True):
    """Why a command was not carried out: a `code` for programs and a sentence for the log.

    Codes: refused, unknown_thing, unreachable, bad_value, busy, failed, interrupted, unsupported.
    """

    code: str
    detail: str = ""


class Outcome(Struct, frozen=True):
    ok: bool
    data: dict[str, Any] = {}
    problem: Problem | None = None

    @classmethod
    def done(cls, **data: Any) -> "Outcome":
        return cls(ok=True, data=data)

    @classmethod
    def failed(cls, code: str, detail: str = "") -> "Outcome":
        return cls(ok=False, problem=Problem(code, detail))
