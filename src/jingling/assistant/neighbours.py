"""What a session asks about the other devices of its home."""

from collections.abc import Callable
from dataclasses import dataclass

from jingling.core.audio import AudioChunk


@dataclass(frozen=True)
class Neighbours:
    """All by device id. As it stands: a device alone.

    `answers`: whether this one, that heard the wake word now, is the one to answer. `is_echo`: whether another one
    heard the same words just before. `record` keeps sound to be passed on, and gives its name. `calls`: whether the
    sound went to a call.
    """

    answers: Callable[[str], bool] = lambda device_id: True
    is_echo: Callable[[str, str], bool] = lambda device_id, text: False
    record: Callable[[AudioChunk], str] = lambda sound: ""
    calls: Callable[[str, AudioChunk], bool] = lambda device_id, sound: False
