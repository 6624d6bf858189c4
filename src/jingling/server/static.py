"""The screen's files, as the build left them."""

import base64
import hashlib
import os
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from jingling.server.answer import complain
from jingling.server.complaint import Complaint

STATIC = Path(__file__).with_name("static")
API = "/api/"
KEPT_FOREVER = "public, max-age=31536000, immutable"
ASK_EVERY_TIME = "no-cache"

STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem}"
    "code{font-size:1em;padding:.1em .4em;border:1px solid;border-radius:.3em}"
)
UNBUILT = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Jingling 精灵</title><style>{STYLE}</style></head><body>
<h1>Jingling 精灵</h1>
<p>The hub is running, but its screen has not been built yet. Run <code>make setup</code> and reload this page.</p>
<p lang="zh">精灵已启动，但屏幕界面还没有构建。请运行 <code>make setup</code>，然后刷新本页。</p>
</body></html>"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
UNBUILT_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"


class Screen(StaticFiles):
    """Files under `assets/` carry a hash in their name and are kept forever; all others are asked for each time.

    A path without a file is a view of the screen and answers with `index.html`.
    """

    def __init__(self, folder: Path = STATIC) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" or scope["path"].startswith(API):
            return await complain(Complaint("not_found"), scope, receive, send)
        if not (self._folder / "index.html").is_file():
            return await _unbuilt()(scope, receive, send)
        return await super().__call__(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        return await super().get_response(path if _is_file_name(path) else "index.html", scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = Path(full_path).parent.name == "assets"
        response.headers["Cache-Control"] = KEPT_FOREVER if hashed else ASK_EVERY_TIME
        return response


def _unbuilt() -> Response:
    headers = {"Content-Security-Policy": UNBUILT_POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(UNBUILT, status_code=503, headers=headers)


def _is_file_name(path: str) -> bool:
    if "\0" in path:
        raise HTTPException(404)
    return "." in path.rsplit("/", 1)[-1] and path != "."
