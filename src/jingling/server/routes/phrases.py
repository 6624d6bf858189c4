"""The owner's own phrases: seeing them, adding one, forgetting one."""

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from jingling.core.turn import Language
from jingling.language.learned.commands import ForgetPhrase, TeachPhrase
from jingling.language.learned.phrases import PHRASES_MAX, Phrase
from jingling.language.text import detect
from jingling.server.answer import Answer, read
from jingling.server.complaint import Complaint
from jingling.server.doing import done
from jingling.server.hub import Hub
from jingling.server.text import checked_text


class PhraseRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """From now on `text` means what the sentence `means` means; its language is that of `means`."""

    text: str
    means: str


class ForgetRequest(Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    language: Language


def router(hub: Hub) -> list[BaseRoute]:

    async def phrases(request: Request) -> Answer:
        return Answer({"phrases": list(hub.phrases.phrases)})

    async def teach(request: Request) -> Answer:
        wanted = await read(request, PhraseRequest)
        text, means = (" ".join(checked_text(each, _most(hub)).split()) for each in (wanted.text, wanted.means))
        language = detect(means)
        outcome = await done(hub, request, TeachPhrase(text=text, means=means, language=language), language)
        if not outcome.ok and not hub.phrases.understood(Phrase(text, means, language)):
            raise Complaint("phrase_not_understood", detail=means)
        if not outcome.ok:
            raise Complaint("bad_phrase", limit=PHRASES_MAX)
        return await phrases(request)

    async def forget(request: Request) -> Answer:
        wanted = await read(request, ForgetRequest)
        text = checked_text(wanted.text, _most(hub))
        outcome = await done(hub, request, ForgetPhrase(text=text, language=wanted.language), wanted.language)
        if not outcome.ok:
            raise Complaint("unknown_phrase")
        return await phrases(request)

    return [
        Route("/api/phrases", phrases, methods=["GET"]),
        Route("/api/phrases", teach, methods=["POST"]),
        Route("/api/phrases", forget, methods=["DELETE"]),
    ]


def _most(hub: Hub) -> int:
    return hub.settings.limits.text_chars_max
