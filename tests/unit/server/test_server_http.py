"""The routes of a hub that is shut to the network, and what every answer carries."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from server_fakes import SECRET_SPEECH, FakeHub, browser, make_settings, opened, settle

from jingling import __version__
from jingling.core.clock import VirtualClock
from jingling.core.errors import NotReady
from jingling.server.http import create_server
from jingling.settings import LimitSettings


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def hub(clock: VirtualClock) -> AsyncIterator[FakeHub]:
    async with opened(make_settings(), clock) as hub:
        yield hub


@pytest.fixture
async def client(hub: FakeHub, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(create_server(hub, tmp_path)) as client:
        yield client


async def test_health_tells_version_and_home(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/health")
    assert answer.json() == {"ok": True, "version": __version__, "home": {"en": "Our flat", "zh": "我们家"}}


async def test_things_with_their_values(client: httpx.AsyncClient) -> None:
    all_of_them = (await client.get("/api/things")).json()
    assert [entry["thing"]["id"] for entry in all_of_them["things"]] == ["lamp"]
    assert all_of_them["places"][0]["id"] == "kitchen"
    assert (await client.get("/api/things/lamp")).json()["values"] == {"on": False}


async def test_unknown_thing_is_said_in_the_language_asked_for(client: httpx.AsyncClient) -> None:
    english = await client.get("/api/things/dragon")
    chinese = await client.get("/api/things/dragon", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert (english.status_code, english.json()["code"]) == (404, "unknown_thing")
    assert "no thing" in english.json()["text"]
    assert "设备" in chinese.json()["text"]


async def test_ask_runs_a_turn(client: httpx.AsyncClient, hub: FakeHub) -> None:
    answer = await client.post("/api/ask", json={"text": " 开灯 😀", "language": "zh"})
    assert answer.json()["utterance"]["text"] == "开灯 😀"
    assert hub.asked == [("开灯 😀", "zh", "http-client")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_request"),
        (b"\xff\xfe", "bad_request"),
        (b"[" * 60_000, "bad_request"),
        (b'{"text":' * 7_000, "bad_request"),
        (b'{"text": 5}', "bad_request"),
        (b'{"text": "hi", "language": "tlh"}', "bad_request"),
        (b'{"text": "hi", "admin": true}', "bad_request"),
        (b'{"text": "   "}', "empty_text"),
        (b'{"text": "a\\u0000b"}', "bad_text"),
        (b'{"text": "a\\u001b[31m"}', "bad_text"),
        (b'{"text": "hi", "device_id": "../../etc"}', "bad_device_id"),
        (b'{"text": "' + b"a" * 2_001 + b'"}', "too_long"),
    ],
)
async def test_a_bad_question_is_turned_away_clearly(
    client: httpx.AsyncClient, hub: FakeHub, body: bytes, code: str
) -> None:
    answer = await client.post("/api/ask", content=body)
    assert answer.json()["code"] == code
    assert 400 <= answer.status_code < 500
    assert answer.json()["text"]
    assert not hub.asked


async def test_too_long_text_names_the_limit(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/ask", json={"text": "x" * 3_000})
    assert answer.status_code == 413
    assert "3000" in answer.json()["text"] and "2000" in answer.json()["text"]


async def test_a_body_beyond_the_limit_is_not_read(client: httpx.AsyncClient) -> None:
    declared = await client.post("/api/ask", content=b"x" * 100_000)
    assert (declared.status_code, declared.json()["code"]) == (413, "body_too_large")


async def test_a_body_beyond_the_limit_without_a_length_is_cut_off(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 1_000

    answer = await client.post("/api/ask", content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_body_that_dribbles_is_given_up(client: httpx.AsyncClient, clock: VirtualClock) -> None:
    async def stalling() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    asking = asyncio.ensure_future(client.post("/api/ask", content=stalling()))
    await settle()
    await clock.advance(16)
    answer = await asking
    assert (answer.status_code, answer.json()["code"]) == (408, "slow_body")


async def test_an_answer_that_does_not_come_is_given_up(
    client: httpx.AsyncClient, clock: VirtualClock, hub: FakeHub
) -> None:
    hub.ask_gate = asyncio.Event()
    asking = asyncio.ensure_future(client.post("/api/ask", json={"text": "hi"}))
    await settle()
    await clock.advance(66)
    answer = await asking
    assert (answer.status_code, answer.json()["code"]) == (503, "too_slow")


async def test_a_sound_file_is_heard(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/hear?language=zh", content=b"RIFF" + bytes(320))
    assert answer.json() == {"bytes": 320, "language": "zh"}


async def test_a_text_file_is_no_sound(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/hear", content=b"hello")
    assert (answer.status_code, answer.json()["code"]) == (415, "bad_audio")
    assert "wav" in answer.json()["text"]


async def test_a_sound_file_has_a_limit_of_its_own(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/hear", content=b"RIFF" + bytes(200_000))).status_code == 200
    assert (await client.post("/api/hear", content=bytes(12_000_001))).status_code == 413


async def test_what_is_missing_is_said(client: httpx.AsyncClient, hub: FakeHub) -> None:
    hub.fail_with = NotReady("no recogniser: run make setup")
    answer = await client.post("/api/ask", json={"text": "hi"})
    assert (answer.status_code, answer.json()["text"]) == (503, "no recogniser: run make setup")


async def test_an_error_inside_shows_nothing_of_it(
    client: httpx.AsyncClient, hub: FakeHub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.fail_with = RuntimeError(SECRET_SPEECH)
    with caplog.at_level(logging.DEBUG):
        answer = await client.post("/api/ask?token=abc", json={"text": SECRET_SPEECH})
    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert SECRET_SPEECH not in answer.text + caplog.text.replace("httpx", "")
    assert "RuntimeError" in caplog.text
    assert "Content-Security-Policy" in answer.headers


async def test_the_log_names_the_route_only(client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="jingling"):
        await client.get("/api/things/lamp?who=Marlene")
        await client.get("/Marlene")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("jingling")]
    assert lines[0].startswith("GET /api/things/{thing_id} 200")
    assert "Marlene" not in "".join(lines)


async def test_unknown_addresses_and_methods(client: httpx.AsyncClient) -> None:
    missing, wrong = await client.get("/api/nothing"), await client.delete("/api/ask")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "wrong_method")


async def test_no_description_of_the_api_unless_debugging(client: httpx.AsyncClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/api/openapi.json"):
        assert "paths" not in (await client.get(path)).text


async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient) -> None:
    for path in ("/", "/api/things", "/api/nothing"):
        headers = (await client.get(path)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["permissions-policy"].startswith("microphone=(self)")
    policy = (await client.get("/api/things")).headers["content-security-policy"]
    assert "connect-src 'self' ws://127.0.0.1:8765 wss://127.0.0.1:8765;" in policy


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "", "localhost@evil.example"]
)
async def test_a_foreign_host_name_is_turned_away(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/api/things", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "wrong_host")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example:8765", "file://"]
)
async def test_another_sites_page_cannot_post(client: httpx.AsyncClient, hub: FakeHub, origin: str) -> None:
    answer = await client.post("/api/ask", json={"text": "open the lock"}, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")
    assert not hub.asked


async def test_a_program_needs_no_origin_and_no_signing_in(client: httpx.AsyncClient) -> None:
    del client.headers["Origin"]
    assert (await client.post("/api/ask", json={"text": "hi"})).status_code == 200
    assert (await client.get("/api/session")).json()["signed_in"] is True
    assert (await client.post("/api/sign-in", json={"password": "whatever"})).status_code == 409


async def test_too_many_requests_are_put_off(tmp_path: Path) -> None:
    clock = VirtualClock()
    settings = make_settings(limits=LimitSettings(requests_per_minute=6))
    async with opened(settings, clock) as hub, browser(create_server(hub, tmp_path)) as client:
        statuses = [(await client.get("/api/health")).status_code for _ in range(7)]
        late = await client.get("/api/health")
        assert statuses == [200] * 6 + [429]
        assert 1 <= int(late.headers["Retry-After"]) <= 11
        await clock.advance(11)
        assert (await client.get("/api/health")).status_code == 200
