"""sherpa-onnx in a process of its own: a bad model ends this process and not the hub. One model for one process.

Every request and its answers are those of `worker_inbox.py`. `load` comes first; what else there is depends on the
model: see `sherpa_worker_hearing.py`, `sherpa_worker_keywords.py`, `sherpa_worker_speaker.py` and
`sherpa_worker_voice.py`. A `problem` in an answer is a sentence.
"""

from collections.abc import Callable
from typing import Any

from jingling.speech.engines.frames import Message
from jingling.speech.engines.sherpa_worker_hearing import OfflineHearing, OnlineHearing
from jingling.speech.engines.sherpa_worker_keywords import Keywords
from jingling.speech.engines.sherpa_worker_speaker import Speaker
from jingling.speech.engines.sherpa_worker_voice import Voice
from jingling.speech.engines.worker_inbox import Inbox

Handler = Callable[[Message], Message]
PROBLEM_CHARS_MAX = 200


def loaded(request: Message, inbox: Inbox) -> Any:
    """What the loaded model can do, one method for each request."""
    method = request["method"]
    if method.startswith("online-"):
        return OnlineHearing(request)
    if method.startswith("offline-"):
        return OfflineHearing(request)
    if method == "keywords":
        return Keywords(request)
    return Speaker(request) if method == "speaker" else Voice(request, inbox)


def answer(engine: Any, request: Message) -> Message:
    """The engine's last answer to `request`; what goes wrong is told, not fatal."""
    handler: Handler | None = getattr(engine, request["do"], None)
    if engine is None or handler is None:
        return {"problem": f"this model cannot {request['do']}"}
    try:
        return handler(request)
    except Exception as problem:
        return told(problem)


def told(problem: Exception) -> Message:
    return {"problem": " ".join(str(problem).split())[:PROBLEM_CHARS_MAX] or type(problem).__name__}


def main() -> None:
    inbox = Inbox()
    engine: Any = None
    for request in inbox.requests():
        if request["do"] == "load":
            try:
                engine = loaded(request, inbox)
                inbox.answer(request["id"], engine.about(), end=True)
            except Exception as problem:
                inbox.answer(request["id"], told(problem), end=True)
        else:
            inbox.answer(request["id"], answer(engine, request), end=True)


if __name__ == "__main__":
    main()
