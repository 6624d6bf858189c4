"""One utterance on its way through the decoders."""

import asyncio
from collections.abc import Callable, Sequence

from jingling.core.audio import AudioChunk
from jingling.core.errors import BadInput
from jingling.core.grammar import Grammar
from jingling.core.turn import Utterance
from jingling.speech.base import Partial
from jingling.speech.engines.frames import Message
from jingling.speech.whole import RATE_HZ, checked

PIECE_BYTES_MIN = RATE_HZ * 2 // 50
PIECE_BYTES_MAX = RATE_HZ
TRIES_MAX = 2


class Job:
    """A Recognition. All its sound is kept until the end, so that any decoder can take it up from the start.

    `changed` is called when it ends or is given up: somebody else's turn may have come.
    """

    def __init__(
        self,
        number: int,
        for_whom: str,
        grammars: Sequence[Grammar],
        seconds_max: float,
        changed: Callable[["Job"], None],
    ) -> None:
        self.number = number
        self.for_whom = for_whom
        self.grammars = grammars
        self.ended = False
        self.given_up = False
        self.put_off = False
        self.times_put_off = 0
        self.tries = 0
        self._seconds_max = seconds_max
        self._changed = changed
        self._pcm = bytearray()
        self._fed = 0
        self._partial: Partial | None = None
        self._news = asyncio.Event()
        self._result: asyncio.Future[Utterance | None] | None = None
        self._outcome: Utterance | Exception | None = None
        self._settled = False

    @property
    def partial(self) -> Partial | None:
        return self._partial

    @property
    def pcm(self) -> bytes:
        return bytes(self._pcm)

    def feed(self, chunk: AudioChunk) -> None:
        checked(chunk)
        seconds = (len(self._pcm) + len(chunk.pcm)) / 2 / RATE_HZ
        if seconds > self._seconds_max:
            raise BadInput(
                f"This has {seconds:.0f} s of sound, at most {self._seconds_max:g} s can be heard at once;"
                " say it in parts."
            )
        self._pcm += chunk.pcm
        self._news.set()

    async def finish(self) -> Utterance | None:
        self.ended = True
        self._result = asyncio.get_running_loop().create_future()
        if not self._pcm or not self.grammars:
            self.settle(None)
        self._tell()
        self._resolve()
        try:
            return await self._result
        finally:
            self.give_up()

    def give_up(self) -> None:
        if not self.given_up and not self._settled:
            self.given_up = True
            self._tell()

    def settle(self, outcome: Utterance | Exception | None) -> None:
        """What came of it."""
        if not self._settled:
            self._settled, self._outcome = True, outcome
            self._resolve()

    @property
    def over(self) -> bool:
        """Nobody waits for it any longer."""
        return self.given_up or self._settled

    def start_over(self) -> None:
        """A decoder begins with it."""
        self._fed, self.put_off = 0, False

    def piece(self) -> bytes:
        """The next sound for a decoder, empty when there is too little of it yet."""
        piece = bytes(self._pcm[self._fed : self._fed + PIECE_BYTES_MAX])
        piece = piece[: len(piece) // 2 * 2]
        if len(piece) < PIECE_BYTES_MIN:
            return b""
        self._fed += len(piece)
        return piece

    def learn(self, answer: Message) -> None:
        """What a decoder makes of the sound so far."""
        if answer.get("text"):
            self._partial = Partial(
                answer["text"],
                answer["language"],
                float(answer["at_s"]),
                bool(answer["complete"]),
                bool(answer["open"]),
            )

    async def news(self) -> None:
        """Until something has happened to it."""
        await self._news.wait()
        self._news.clear()

    def wait_again(self) -> None:
        """The decoder is needed for what is already said to its end."""
        self.put_off = True
        self.times_put_off += 1
        self._news.set()

    def _tell(self) -> None:
        self._news.set()
        self._changed(self)

    def _resolve(self) -> None:
        if not self._settled or self._result is None or self._result.done():
            return
        if isinstance(self._outcome, Exception):
            self._result.set_exception(self._outcome)
        else:
            self._result.set_result(self._outcome)
