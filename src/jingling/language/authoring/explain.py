"""Why a sentence was understood as it was, in lines for a person."""

import json
from collections.abc import Iterator

from jingling.core.turn import Language, Utterance
from jingling.language.base import Context, Reading, Understander, Understanding


def explain(understander: Understander, text: str, language: Language | None, context: Context) -> Iterator[str]:
    """What `text` means, by which template, and what else it could have meant."""
    language = language or understander.detect(text)
    understanding = understander.understand(Utterance(text, language), context)
    yield f"“{text}” ({language}{f', said in {context.area}' if context.area else ''})"
    if not understanding.readings:
        yield "  nothing understands it: no template, no near miss, no example."
        return
    yield f"  {_verdict(understanding)}"
    for place, reading in enumerate(understanding.readings, 1):
        yield from _lines(place, reading)


def record(understander: Understander, text: str, language: Language | None, context: Context) -> dict[str, object]:
    """The same for programs."""
    language = language or understander.detect(text)
    understanding = understander.understand(Utterance(text, language), context)
    return {
        "text": text,
        "language": language,
        "unsure": understanding.unsure,
        "readings": [_plain(reading) for reading in understanding.readings],
    }


def _verdict(understanding: Understanding) -> str:
    if not understanding.unsure:
        return "sure: it is done at once (what is risky is asked for all the same)."
    close = len(understanding.readings) > 1
    return "unsure: the readings are too close, it is asked which." if close else "unsure: it is asked whether."


def _lines(place: int, reading: Reading) -> Iterator[str]:
    intent = reading.intent
    slots = json.dumps(intent.slots, ensure_ascii=False, sort_keys=True)
    yield f"  {place}. {intent.name} {slots}"
    yield f"     by {reading.template or intent.source}"
    yield f"     at {reading.where or 'nowhere in a file'} (skill {reading.skill or '–'}, {intent.source})"
    score = " ".join(f"{part:g}" for part in reading.score) or "–"
    yield f"     confidence {intent.confidence:.2f}, cost {reading.cost:g}, score {score}"
    yield f"     taken as “{reading.text}”"


def _plain(reading: Reading) -> dict[str, object]:
    return {
        "intent": reading.intent.name,
        "slots": reading.intent.slots,
        "confidence": reading.intent.confidence,
        "source": reading.intent.source,
        "text": reading.text,
        "cost": reading.cost,
        "score": reading.score,
        "skill": reading.skill,
        "template": reading.template,
        "where": reading.where,
    }
