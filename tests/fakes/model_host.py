"""A place that gives out models over HTTP, well or badly."""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class ModelHost:
    """`files` by path. `breaks_off`: answers that end after so many bytes, one by one. `asked`: path and Range."""

    files: dict[str, bytes] = field(default_factory=dict)
    ranges: bool = True
    etags: bool = True
    breaks_off: list[int] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    sends_on: dict[str, str] = field(default_factory=dict)
    says_size: int | None = None
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    url: str = ""


@contextmanager
def model_host() -> Iterator[ModelHost]:
    host = ModelHost()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            _answer(host, self)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(host: ModelHost, request: BaseHTTPRequestHandler) -> None:
    host.asked.append((request.path, request.headers.get("Range")))
    if request.path in host.sends_on:
        return _plain(request, 302, {"Location": host.sends_on[request.path]})
    if host.refusals:
        return _plain(request, host.refusals.pop(0), {})
    content = host.files.get(request.path)
    if content is None:
        return _plain(request, 404, {})
    return _content(host, request, content)


def _content(host: ModelHost, request: BaseHTTPRequestHandler, content: bytes) -> None:
    etag = f'"{hashlib.md5(content).hexdigest()}"'
    start = _start(host, request, etag)
    if start is not None and start >= len(content):
        return _plain(request, 416, {"Content-Range": f"bytes */{len(content)}"})
    body = content[start or 0 :]
    request.send_response(200 if start is None else 206)
    if host.etags:
        request.send_header("ETag", etag)
    if start is not None:
        request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    request.send_header("Content-Length", str(len(body) if host.says_size is None else host.says_size))
    request.end_headers()
    request.wfile.write(body[: host.breaks_off.pop(0)] if host.breaks_off else body)
    return None


def _start(host: ModelHost, request: BaseHTTPRequestHandler, etag: str) -> int | None:
    wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
    if not host.ranges or wanted is None or request.headers.get("If-Range", etag) != etag:
        return None
    return int(wanted[1])


def _plain(request: BaseHTTPRequestHandler, code: int, headers: dict[str, str]) -> None:
    request.send_response(code)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", "0")
    request.end_headers()
