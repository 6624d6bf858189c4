"""A small server that speaks OpenAI's chat completions on loopback, as it is told, faults included."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

Fault = Literal["hang", "garbage", "cut", "refusal", "flood", "stall", "no_end", "not_http", "json"]
FLOOD = b"data: " + b"x" * 65_536


@dataclass(frozen=True)
class Answer:
    """`pieces` of text, each after `pause_s`, then `calls` (name, JSON) or a fault; or just a status."""

    pieces: Sequence[str] = ()
    calls: Sequence[tuple[str, str]] = ()
    pause_s: float = 0.0
    fault: Fault | None = None
    status: int = 200
    headers: str = ""
    call_ids: Sequence[str] = ()


def say(text: str, **more: Any) -> Answer:
    """Word by word."""
    return Answer([word if at == 0 else f" {word}" for at, word in enumerate(text.split(" "))], **more)


def use(name: str, **arguments: Any) -> Answer:
    return Answer(calls=[(name, json.dumps(arguments, ensure_ascii=False))])


@dataclass
class ChatServer:
    """Gives its `answers` in turn, the last one again and again. `hung_up` counts clients that left too early."""

    answers: list[Answer]
    port: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    hung_up: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @asynccontextmanager
    async def running(self) -> AsyncIterator["ChatServer"]:
        tasks: set[asyncio.Task[None]] = set()

        async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._client(reader, writer)
            writer.close()
            tasks.discard(task)

        server = await asyncio.start_server(client, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in list(tasks):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        fields = {
            name.lower(): value.strip() for name, _, value in (one.partition(":") for one in head.split("\r\n"))
        }
        self.keys.append(fields.get("authorization", ""))
        if "/models" in head.split("\r\n")[0]:
            await _whole(writer, {"object": "list", "data": [{"id": "small", "object": "model"}]})
            return
        body = await reader.readexactly(int(fields["content-length"]))
        self.requests.append(json.loads(body))
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        serving = asyncio.ensure_future(_give(writer, answer))
        gone = asyncio.ensure_future(reader.read(1))
        done, _ = await asyncio.wait({serving, gone}, return_when=asyncio.FIRST_COMPLETED)
        if gone in done and serving not in done:
            self.hung_up += 1
        for task in (serving, gone):
            task.cancel()
        await asyncio.gather(serving, gone, return_exceptions=True)


async def _give(writer: asyncio.StreamWriter, answer: Answer) -> None:
    if answer.fault == "not_http":
        return writer.write(b"\x00\xffnonsense\r\n\r\n")
    if answer.fault == "json":
        return await _whole(writer, {"choices": [{"message": {"content": "whole"}}]})
    if answer.status != 200:
        return await _whole(writer, {"error": {"message": "no"}}, answer.status, answer.headers)
    if answer.fault == "hang":
        return await asyncio.sleep(3600)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
    for piece in answer.pieces:
        await asyncio.sleep(answer.pause_s)
        await _event(writer, {"content": piece})
    if answer.fault is not None:
        return await _strike(writer, answer.fault)
    for at, (name, arguments) in enumerate(answer.calls):
        await _call(writer, at, name, arguments, answer.call_ids[at] if answer.call_ids else f"given-{at}")
    await _event(writer, {}, "tool_calls" if answer.calls else "stop")
    writer.write(b"data: [DONE]\n\n")
    return await writer.drain()


async def _call(writer: asyncio.StreamWriter, at: int, name: str, arguments: str, call_id: str) -> None:
    """The name first, the arguments in two halves, as servers do."""
    half = len(arguments) // 2
    begun = {"index": at, "id": call_id, "type": "function", "function": {"name": name, "arguments": ""}}
    await _event(writer, {"tool_calls": [begun]})
    for part in (arguments[:half], arguments[half:]):
        await _event(writer, {"tool_calls": [{"index": at, "function": {"arguments": part}}]})


async def _strike(writer: asyncio.StreamWriter, fault: Fault) -> None:
    if fault == "garbage":
        writer.write(b'data: {"choices": [{"delta": \xff\xfe not json\n\ndata: {{{\n\n')
    elif fault == "refusal":
        await _event(writer, {"refusal": "I cannot help with that."}, "stop")
    elif fault == "stall":
        await writer.drain()
        await asyncio.sleep(3600)
    elif fault == "cut":
        writer.transport.abort()
    while fault == "flood":
        writer.write(FLOOD)
        await writer.drain()


async def _event(writer: asyncio.StreamWriter, delta: dict[str, Any], finish: str | None = None) -> None:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    event = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": [choice]}
    writer.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
    await writer.drain()


async def _whole(writer: asyncio.StreamWriter, body: Any, status: int = 200, headers: str = "") -> None:
    text = json.dumps(body).encode()
    head = f"HTTP/1.1 {status} Told\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n{headers}"
    writer.write(f"{head}Connection: close\r\n\r\n".encode() + text)
    await writer.drain()
