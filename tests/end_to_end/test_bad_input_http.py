"""Requests that nobody should send."""

import socket

import pytest

from fakes.running_hub import RunningHub


def test_an_unknown_address_says_so_in_both_languages(hub: RunningHub) -> None:
    status, answer = hub.get("/api/teapot")
    assert status == 404 and answer["text"] == "There is nothing at this address."
    assert hub.request("GET", "/api/teapot", Accept_Language="zh-CN")[1]["text"] == "这个地址没有内容。"


def test_a_wrong_method_says_so(hub: RunningHub) -> None:
    status, answer = hub.get("/api/ask")
    assert status == 405 and "method" in answer["text"]


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fhttp.py"])
def test_paths_do_not_lead_out_of_the_screen(hub: RunningHub, path: str) -> None:
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{hub.port}\r\nConnection: close\r\n\r\n".encode())
        answer = raw.makefile("rb").read()
    assert b"root:" not in answer and b"import " not in answer


BODIES: dict[str, tuple[bytes, int]] = {
    "no json": (b"turn on the light", 400),
    "no text": (b"{}", 400),
    "wrong type": (b'{"text": ["a"]}', 400),
    "unknown field": (b'{"text": "hi", "admin": true}', 400),
    "unknown language": (b'{"text": "hi", "language": "tlh"}', 400),
    "not utf-8": (b'{"text": "\xff\xfe"}', 400),
    "deep": (b"[" * 60_000, 400),
    "bad device": (b'{"text": "hi", "device_id": "a b"}', 400),
    "empty": (b"", 400),
}


@pytest.mark.parametrize(("body", "wanted"), BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_not_understood_is_named(hub: RunningHub, body: bytes, wanted: int) -> None:
    status, answer = hub.post("/api/ask", body)
    assert status == wanted and answer["text"] and answer["code"] != "failed"


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(hub: RunningHub) -> None:
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as raw:
        where = f"POST /api/hear HTTP/1.1\r\nHost: 127.0.0.1:{hub.port}\r\nConnection: close\r\n"
        raw.sendall(where.encode() + b"Content-Length: 115200044\r\n\r\n")
        answer = raw.makefile("rb").read()
    assert b"413" in answer and b"larger than 12000000 bytes" in answer


def test_an_upload_without_a_length_is_cut_at_the_limit(hub: RunningHub) -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    with socket.create_connection(("127.0.0.1", hub.port), timeout=20) as raw:
        head = f"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1:{hub.port}\r\nTransfer-Encoding: chunked\r\n\r\n"
        raw.sendall(head.encode() + chunk * 2)
        answer = raw.recv(4_000)
    assert b"413" in answer


def test_an_upload_that_is_no_sound_is_named(hub: RunningHub) -> None:
    status, answer = hub.post("/api/hear", b"GIF89a" + bytes(1_000))
    assert status == 415 and "no sound file" in answer["text"]


def test_a_language_that_there_is_not_is_named(hub: RunningHub) -> None:
    status, answer = hub.post("/api/hear?language=klingon", b"RIFF")
    assert status == 400 and "en, zh or auto" in answer["text"]


HEADERS: dict[str, tuple[dict[str, str], int]] = {
    "another site": ({"Origin": "http://evil.example"}, 403),
    "another name": ({"Host": "evil.example"}, 421),
}


@pytest.mark.parametrize(("headers", "wanted"), HEADERS.values(), ids=HEADERS.keys())
def test_who_comes_by_another_name_is_turned_away(hub: RunningHub, headers: dict[str, str], wanted: int) -> None:
    status, answer = hub.post("/api/ask", {"text": "turn on the light"}, **headers)
    assert status == wanted and "hub" in answer["text"]
