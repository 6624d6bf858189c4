"""The hub's route for speech alone, on a free port of loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from jingling.protocols.sounds import Sounds
from jingling.server.complaint import Complaint
from jingling.server.http import _complained, bind
from jingling.server.routes import sound
from jingling.settings import ServerSettings


@asynccontextmanager
async def serving(sounds: Sounds) -> AsyncIterator[None]:
    app = Starlette(routes=sound.router(sounds), exception_handlers={Complaint: _complained})
    listener = bind(ServerSettings(port=0))
    sounds.port = listener.getsockname()[1]
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[method-assign]
    running = asyncio.create_task(server._serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        await running
        listener.close()
