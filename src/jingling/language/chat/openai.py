"""Any server that speaks OpenAI's chat completions, through the `openai` SDK, imported when first needed."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from importlib import import_module
from typing import Any

from jingling.language.chat.base import Call, ChatFailed, Failure, Message, Text, Tool
from jingling.language.chat.thinking import Unthinking

PACKAGE = "openai"
CALLS_MAX = 16
ARGUMENT_CHARS_MAX = 8_192
ANSWER_BYTES_MAX = 4_000_000
"""Of one answer on the wire; a few thousand words of it are wanted."""
NO_KEY = "none"
"""Servers at home want no key, but the SDK does."""
_TALKATIVE = ("openai", "httpx2", "httpcore2")


class OpenAIChat:
    """`base_url` as the SDK takes it (`http://127.0.0.1:11434/v1`); seconds are for one step of the connection."""

    def __init__(self, base_url: str, model: str, api_key: str, seconds_max: float) -> None:
        self._base_url = base_url
        self._model = model
        self._api_key = api_key or NO_KEY
        self._seconds_max = seconds_max
        self._client: Any = None

    async def prepare(self) -> None:
        if self._client is not None:
            return
        try:
            sdk = await asyncio.to_thread(import_module, PACKAGE)
        except ImportError:
            raise ChatFailed("unreachable", "the package openai is missing: install jingling[model]") from None
        self._client = self._client or self._connect(sdk)

    async def stream(self, messages: Sequence[Message], tools: Sequence[Tool]) -> AsyncGenerator[Text | Call, None]:
        await self.prepare()
        sdk = import_module(PACKAGE)
        try:
            asked = {"tools": [_tool(tool) for tool in tools]} if tools else {}
            stream = await self._client.chat.completions.create(
                model=self._model, messages=[_message(one) for one in messages], stream=True, **asked
            )
            async with stream, aclosing(_pieces(stream)) as pieces:
                async for piece in pieces:
                    yield piece
        except ChatFailed:
            raise
        except sdk.APIStatusError as error:
            raise _status(error.status_code, error.response.headers.get("retry-after", "")) from None
        except sdk.APITimeoutError:
            raise ChatFailed("too_slow") from None
        except sdk.APIConnectionError:
            raise ChatFailed("unreachable") from None
        except Exception as error:
            raise ChatFailed("garbage", type(error).__name__) from None

    async def check(self) -> str:
        await self.prepare()
        sdk = import_module(PACKAGE)
        try:
            known = [str(one.id) async for one in await self._client.models.list()]
        except sdk.APIStatusError as error:
            raise _status(error.status_code, "") from None
        except sdk.APIConnectionError:
            raise ChatFailed("unreachable") from None
        except Exception as error:
            raise ChatFailed("garbage", type(error).__name__) from None
        return f"answers, {'with' if self._model in known else 'without'} the model {self._model}"

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    def _connect(self, sdk: Any) -> Any:
        """No retries and no redirects: who waits is a person, and the key goes to one server only."""
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        http = import_module("httpx2")
        client = http.AsyncClient(
            transport=_bounded_transport(http), timeout=self._seconds_max, follow_redirects=False, trust_env=False
        )
        return sdk.AsyncOpenAI(base_url=self._base_url, api_key=self._api_key, max_retries=0, http_client=client)


def _bounded_transport(http: Any) -> Any:
    """A transport that hangs up on an answer without end."""

    class Bounded(http.AsyncHTTPTransport):  # type: ignore[misc]
        async def handle_async_request(self, request: Any) -> Any:
            response = await super().handle_async_request(request)
            response.stream = BoundedStream(response.stream)
            return response

    class BoundedStream(http.AsyncByteStream):  # type: ignore[misc]
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in self._stream:
                size += len(chunk)
                if size > ANSWER_BYTES_MAX:
                    raise ChatFailed("too_long")
                yield chunk

        async def aclose(self) -> None:
            await self._stream.aclose()

    return Bounded()


async def _pieces(stream: Any) -> AsyncGenerator[Text | Call, None]:
    """The SDK checks nothing that it is sent: what is not as it should be is left out, or ends in ChatFailed."""
    calls: dict[int, list[str]] = {}
    ended, unthinking = False, Unthinking()
    async for chunk in stream:
        choice = next(iter(getattr(chunk, "choices", None) or ()), None)
        if choice is None:
            continue
        delta = choice.delta
        if getattr(delta, "refusal", None) or choice.finish_reason == "content_filter":
            raise ChatFailed("refused")
        if isinstance(content := getattr(delta, "content", None), str) and (said := unthinking.feed(content)):
            yield Text(said)
        if called := getattr(delta, "tool_calls", None):
            _collect(calls, called)
            yield Text("")
        ended = ended or bool(choice.finish_reason)
    if not ended:
        raise ChatFailed("garbage", "the answer stopped without its end")
    if rest := unthinking.end():
        yield Text(rest)
    for _, (name, arguments) in sorted(calls.items()):
        yield Call(name, arguments)


def _collect(calls: dict[int, list[str]], deltas: Sequence[Any]) -> None:
    for delta in deltas:
        at = delta.index if isinstance(delta.index, int) else 0
        call = calls.setdefault(at, ["", ""])
        function = delta.function
        call[0] += (function.name or "") if function else ""
        call[1] += (function.arguments or "") if function else ""
        if len(calls) > CALLS_MAX or len(call[0]) + len(call[1]) > ARGUMENT_CHARS_MAX:
            raise ChatFailed("too_long")


def _status(code: int, retry_after: str) -> ChatFailed:
    failures: dict[int, Failure] = {400: "refused", 401: "unauthorized", 403: "unauthorized", 429: "too_many"}
    retry_s = float(retry_after) if retry_after.isdecimal() and len(retry_after) < 6 else 0.0
    return ChatFailed(failures.get(code, "server"), f"HTTP {code}", retry_s)


def _tool(tool: Tool) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": function}


def _message(message: Message) -> dict[str, Any]:
    told: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.call_id:
        told["tool_call_id"] = message.call_id
    if message.calls:
        told["tool_calls"] = [
            {"id": call_id, "type": "function", "function": {"name": call.name, "arguments": _object(call)}}
            for call_id, call in message.calls
        ]
    return told


def _object(call: Call) -> str:
    """Servers parse the arguments that they are given back, and fall over what is no object."""
    try:
        return call.arguments if isinstance(json.loads(call.arguments), dict) else "{}"
    except ValueError:
        return "{}"
