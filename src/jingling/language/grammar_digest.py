"""Names all that the frame of a recogniser's grammar is made from, so that it can be kept on disk."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jingling.language.matching.spoken import Spoken
from jingling.language.matching.store import digest
from jingling.language.templates import Template


def spoken_digest(spoken: Spoken, templates: Sequence[Template], labels: Iterable[str], area: bool) -> str:
    """Of `templates` of `spoken` and classes of names; `area`: with what needs the speaker's place."""
    total = hashlib.sha256(f"{_code()} {digest(spoken)} {area}".encode())
    for one in templates:
        total.update(repr((one.skill, one.intent, one.sentence.text, one.requires, one.excludes)).encode())
    total.update(repr(sorted(labels)).encode())
    return total.hexdigest()[:32]


@cache
def _code() -> str:
    """The values are described in code: another state of it makes another grammar."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr(stats).encode()).hexdigest()
