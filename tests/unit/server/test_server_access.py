"""A hub that is open to the LAN: signing in, pairing, guessing, and foreign names."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_fakes import FakeHub, browser, make_settings, opened
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from jingling.core.clock import VirtualClock
from jingling.core.errors import NotReady
from jingling.devices.store import home_devices
from jingling.server.door import OPEN_PATHS
from jingling.server.http import create_server
from jingling.server.store import household, sessions

PASSWORD = "correct horse 马"
HUB = "192.168.1.5:8765"
PHONE = "192.168.1.20"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def hub(clock: VirtualClock) -> AsyncIterator[FakeHub]:
    async with opened(make_settings(lan=True, names=("Speaker.Example",)), clock) as hub:
        yield hub


@pytest.fixture
def app(hub: FakeHub, tmp_path: Path) -> Starlette:
    return create_server(hub, tmp_path)


SHOW_THEIR_OWN = ("/xiaozhi/", "/sound/")
"""Devices bring a token of their own there, or a name that cannot be guessed."""


@pytest.fixture
async def phone(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app, PHONE, HUB) as phone:
        yield phone


@pytest.fixture
async def owner(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in on the hub itself, where the first password was set."""
    async with browser(app) as owner:
        answer = await owner.post("/api/password", json={"password": PASSWORD})
        assert answer.status_code == 200
        yield owner


async def test_nothing_is_open_before_the_first_password(phone: httpx.AsyncClient) -> None:
    answer = await phone.get("/api/things")
    assert (answer.status_code, answer.json()["code"]) == (401, "first_start")
    session = (await phone.get("/api/session")).json()
    assert session == {
        "lan": True,
        "signed_in": False,
        "needs_password": True,
        "first_start": True,
        "at_hub": False,
    }
    assert (await phone.post("/api/sign-in", json={"password": ""})).json()["code"] == "first_start"


async def test_every_route_but_the_entrance_is_shut(app: Starlette, owner: httpx.AsyncClient) -> None:
    async with browser(app, PHONE, HUB) as stranger:
        every = list(_routes(app.router))
        assert len(every) > 10
        for route in every:
            if route.path.startswith(SHOW_THEIR_OWN):
                continue
            assert route.path in ("/ws", "/mcp") or route.path.startswith("/api/")
            if isinstance(route, WebSocketRoute) or route.path in OPEN_PATHS:
                continue
            method = sorted(route.methods or ())[0]
            answer = await stranger.request(method, route.path.replace("{thing_id}", "lamp"))
            assert (answer.status_code, answer.json()["code"]) == (401, "sign_in"), route.path
        assert (await stranger.get("/api/health")).status_code == 200


async def test_the_first_password_can_be_set_on_the_hub_itself(owner: httpx.AsyncClient) -> None:
    assert (await owner.get("/api/things")).status_code == 200
    assert (await owner.get("/api/session")).json()["first_start"] is False


@pytest.mark.parametrize(
    ("client", "host", "headers"),
    [
        (PHONE, HUB, {}),
        ("127.0.0.1", "127.0.0.1:8765", {"X-Forwarded-For": "203.0.113.9"}),
        ("127.0.0.1", "speaker.example", {}),
    ],
)
async def test_elsewhere_the_first_password_needs_the_code_of_the_terminal(
    app: Starlette, client: str, host: str, headers: dict[str, str]
) -> None:
    async with browser(app, client, host) as stranger:
        for code in ("", "AAAAA-AAAAA", "é\ud800".encode("utf-8", "replace").decode()):
            body = {"password": PASSWORD, "setup_code": code}
            answer = await stranger.post("/api/password", json=body, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "wrong_setup_code")
        body = {"password": PASSWORD, "setup_code": app.state.access.setup_code.lower()}
        assert (await stranger.post("/api/password", json=body, headers=headers)).status_code == 200
        assert (await stranger.get("/api/things", headers=headers)).status_code == 200


async def test_a_used_setup_code_sets_no_second_password(app: Starlette, phone: httpx.AsyncClient) -> None:
    code = app.state.access.setup_code
    await phone.post("/api/password", json={"password": PASSWORD, "setup_code": code})
    again = await phone.post("/api/password", json={"password": "another one", "setup_code": code})
    assert again.json()["code"] == "wrong_password"
    assert app.state.access.setup_code != code


@pytest.mark.parametrize("password", ["", "short", "x" * 257])
async def test_a_weak_password_is_refused(app: Starlette, password: str) -> None:
    async with browser(app) as owner:
        answer = await owner.post("/api/password", json={"password": password})
        assert (answer.status_code, answer.json()["code"]) == (400, "weak_password")
        assert (await owner.get("/api/session")).json()["first_start"] is True


async def test_signing_in_and_out(owner: httpx.AsyncClient, phone: httpx.AsyncClient) -> None:
    wrong = await phone.post("/api/sign-in", json={"password": "not the password"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_password")
    right = await phone.post("/api/sign-in", json={"password": PASSWORD})
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Secure" not in cookie
    assert (await phone.get("/api/things")).status_code == 200
    token = phone.cookies["jingling_session"]
    await phone.post("/api/sign-out")
    assert (await phone.get("/api/things")).status_code == 401
    stolen = await phone.get("/api/things", headers={"Cookie": f"jingling_session={token}"})
    assert stolen.status_code == 401, "a signed-out token is worth nothing"
    assert (await owner.get("/api/things")).status_code == 200


async def test_over_https_the_cookie_is_for_https(owner: httpx.AsyncClient, app: Starlette) -> None:
    async with browser(app, PHONE, "speaker.example") as phone:
        secure = {"Origin": "https://speaker.example"}
        answer = await phone.post("/api/sign-in", json={"password": PASSWORD}, headers=secure)
        assert "Secure" in answer.headers["set-cookie"]


async def test_a_session_ends_after_thirty_days(owner: httpx.AsyncClient, clock: VirtualClock) -> None:
    await clock.advance(29.9 * 86_400)
    assert (await owner.get("/api/things")).status_code == 200
    await clock.advance(0.2 * 86_400)
    assert (await owner.get("/api/things")).status_code == 401


async def test_a_new_password_ends_every_other_session(owner: httpx.AsyncClient, phone: httpx.AsyncClient) -> None:
    await phone.post("/api/sign-in", json={"password": PASSWORD})
    unproven = await owner.post("/api/password", json={"password": "a newer one"})
    assert unproven.json()["code"] == "wrong_password"
    changed = await owner.post("/api/password", json={"password": "a newer one", "current": PASSWORD})
    assert changed.status_code == 200
    assert (await phone.get("/api/things")).status_code == 401
    assert (await owner.get("/api/things")).status_code == 200
    assert (await phone.post("/api/sign-in", json={"password": PASSWORD})).status_code == 401


async def test_guessing_is_slowed_down_for_the_guesser_alone(
    owner: httpx.AsyncClient, phone: httpx.AsyncClient, app: Starlette, clock: VirtualClock
) -> None:
    answers = [await phone.post("/api/sign-in", json={"password": f"guess {n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    locked = await phone.post("/api/sign-in", json={"password": PASSWORD})
    assert locked.json()["code"] == "wait", "not even the right one, or the answer would tell"
    async with browser(app, "192.168.1.21", HUB) as sister:
        assert (await sister.post("/api/sign-in", json={"password": PASSWORD})).status_code == 200
    await clock.advance(2)
    assert (await phone.post("/api/sign-in", json={"password": PASSWORD})).status_code == 200


async def test_speech_that_devices_fetch_is_not_there_for_who_guesses(app: Starlette) -> None:
    async with browser(app, PHONE, HUB) as stranger:
        assert (await stranger.get("/sound/guessed.wav")).status_code == 404


async def test_tokens_and_the_password_are_kept_as_hashes(owner: httpx.AsyncClient, hub: FakeHub) -> None:
    paired = await _paired(owner, cookie=False)
    token = owner.cookies["jingling_session"]
    async with hub.database.unit() as unit:
        rows: list[Any] = []
        for table in (household, sessions, home_devices):
            rows += await unit.rows(select(table))
    kept = repr([dict(row) for row in rows])
    assert "$argon2id$" in kept
    for secret in (PASSWORD, token, paired["token"]):
        assert secret not in kept


async def test_a_device_pairs_by_code_and_can_be_forgotten(app: Starlette, owner: httpx.AsyncClient) -> None:
    paired = await _paired(owner, cookie=False)
    async with browser(app, PHONE, HUB) as board:
        bearer = {"Authorization": f"Bearer {paired['token']}"}
        assert (await board.get("/api/things", headers=bearer)).status_code == 200
        listed = (await owner.get("/api/devices")).json()["devices"]
        assert [(entry["id"], entry["name"]) for entry in listed] == [(paired["device_id"], "board")]
        assert (await owner.delete(f"/api/devices/{paired['device_id']}")).status_code == 200
        assert (await board.get("/api/things", headers=bearer)).status_code == 401
        assert (await owner.delete("/api/devices/nobody")).json()["code"] == "unknown_device"


async def test_a_screen_that_pairs_gets_a_cookie_and_no_token(
    owner: httpx.AsyncClient, phone: httpx.AsyncClient
) -> None:
    code = (await owner.post("/api/pair-code")).json()
    assert len(code["code"]) == 6 and code["expires_s"] == 300
    answer = await phone.post("/api/pair", json={"code": code["code"]})
    assert "token" not in answer.json() and "HttpOnly" in answer.headers["set-cookie"]
    assert (await phone.get("/api/session")).json()["signed_in"] is True
    used = await phone.post("/api/pair", json={"code": code["code"]})
    assert used.json()["code"] == "wrong_pair_code"


async def test_a_pairing_code_is_over_after_five_minutes(
    owner: httpx.AsyncClient, phone: httpx.AsyncClient, clock: VirtualClock
) -> None:
    code = (await owner.post("/api/pair-code")).json()["code"]
    await clock.advance(301)
    assert (await phone.post("/api/pair", json={"code": code})).status_code == 403


async def test_five_wrong_codes_stop_all_pairing_for_a_while(
    owner: httpx.AsyncClient, phone: httpx.AsyncClient, clock: VirtualClock
) -> None:
    code = (await owner.post("/api/pair-code")).json()["code"]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    answers = [(await phone.post("/api/pair", json={"code": wrong})).status_code for _ in range(5)]
    assert answers == [403] * 5
    assert (await phone.post("/api/pair", json={"code": code})).status_code == 429
    assert (await owner.post("/api/pair-code")).json()["code"] == "wait"
    await clock.advance(301)
    fresh = (await owner.post("/api/pair-code")).json()["code"]
    assert (await phone.post("/api/pair", json={"code": fresh})).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "x" * 4_000, '"', "\xff\xfe"])
async def test_a_made_up_token_opens_nothing(owner: httpx.AsyncClient, app: Starlette, token: str) -> None:
    async with browser(app, PHONE, HUB) as stranger:
        for headers in (
            {"Cookie": f"jingling_session={token}".encode("latin-1")},
            {"Cookie": f"jingling_device={token}".encode("latin-1")},
            {"Authorization": f"Bearer {token}".encode("latin-1")},
        ):
            assert (await stranger.get("/api/things", headers=headers)).status_code == 401


@pytest.mark.parametrize(
    ("host", "known"), [("speaker.example", True), ("SPEAKER.example:80", True), ("rebound.example", False)]
)
async def test_only_its_own_names_lead_to_the_hub(app: Starlette, host: str, known: bool) -> None:
    async with browser(app, PHONE, host) as visitor:
        assert ((await visitor.get("/api/health")).status_code == 200) is known


async def test_on_the_lan_another_loopback_page_cannot_post(owner: httpx.AsyncClient) -> None:
    answer = await owner.post("/api/ask", json={"text": "hi"}, headers={"Origin": "http://127.0.0.1:3000"})
    assert answer.json()["code"] == "wrong_origin"


async def test_the_password_file_sets_the_password(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    async with opened(make_settings(lan=True, password_file=file)) as hub:
        app = create_server(hub, tmp_path)
        await app.state.access.open()
        async with browser(app, PHONE, HUB) as phone:
            assert (await phone.post("/api/sign-in", json={"password": PASSWORD})).status_code == 200
            await app.state.access.open()
            assert (await phone.get("/api/things")).status_code == 200, "an unchanged file ends no session"


async def test_a_missing_password_file_is_said(tmp_path: Path) -> None:
    async with opened(make_settings(lan=True, password_file=tmp_path / "none")) as hub:
        with pytest.raises(NotReady, match=r"server\.password_file"):
            await create_server(hub, tmp_path).state.access.open()


def _routes(router: Any) -> Iterator[Route | WebSocketRoute]:
    for route in router.routes:
        if isinstance(route, Route | WebSocketRoute):
            yield route
        else:
            yield from _routes(route.original_router)


async def _paired(owner: httpx.AsyncClient, cookie: bool) -> dict[str, str]:
    code = (await owner.post("/api/pair-code")).json()["code"]
    answer = await owner.post("/api/pair", json={"code": code, "name": "board", "cookie": cookie})
    paired: dict[str, str] = answer.json()
    return paired
