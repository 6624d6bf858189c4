"""The screen's files and how long a browser keeps them."""

from pathlib import Path

import pytest
from server_fakes import browser, make_settings, opened

from jingling.server.http import create_server


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<title>screen</title>")
    (static / "assets" / "main-4f3a.js").write_text("1")
    return static


async def test_hashed_files_are_kept_and_the_page_is_asked_for(built: Path) -> None:
    async with opened(make_settings()) as hub, browser(create_server(hub, built)) as client:
        page, script = await client.get("/"), await client.get("/assets/main-4f3a.js")
        view = await client.get("/things")
        assert page.text == view.text == "<title>screen</title>"
        assert page.headers["cache-control"] == view.headers["cache-control"] == "no-cache"
        assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
        again = await client.get("/", headers={"If-None-Match": page.headers["etag"]})
        assert again.status_code == 304
        assert (await client.get("/assets/gone.js")).json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/%00.js"])
async def test_nothing_outside_the_folder_is_served(built: Path, path: str) -> None:
    async with opened(make_settings()) as hub, browser(create_server(hub, built)) as client:
        answer = await client.get(path)
        assert answer.status_code == 404
        assert "secret" not in answer.text.replace("secret.txt", "")


async def test_without_a_build_the_page_says_what_to_do(tmp_path: Path) -> None:
    async with opened(make_settings()) as hub, browser(create_server(hub, tmp_path / "none")) as client:
        answer = await client.get("/")
        assert answer.status_code == 503
        assert "make setup" in answer.text and "请运行" in answer.text
        assert "sha256-" in answer.headers["content-security-policy"]
        assert (await client.get("/api/health")).status_code == 200
