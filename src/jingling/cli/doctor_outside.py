"""What `jingling doctor` tells of the language model and the servers of tools that the owner has set up."""

import asyncio
from collections.abc import Iterator

from jingling.cli.report import Check
from jingling.core.clock import SystemClock
from jingling.language.chat.base import ChatFailed
from jingling.outside import language_model
from jingling.protocols.mcp.base import Status
from jingling.protocols.mcp.servers import OutsideServers
from jingling.settings import LanguageModelSettings, McpSettings, Settings

MODEL_S = 5.0
LOOK_S = 0.05


def outside_checks(settings: Settings) -> Iterator[Check]:
    if settings.llm.base_url:
        yield asyncio.run(model_check(settings.llm))
    if settings.mcp.servers:
        yield from map(server_check, asyncio.run(statuses(settings.mcp)))


async def model_check(llm: LanguageModelSettings) -> Check:
    model = language_model(llm)
    assert model is not None
    advice = "Start the server, or correct llm.base_url, llm.model and llm.api_key; until then answers are local."
    try:
        async with asyncio.timeout(MODEL_S):
            detail = await model.check()
    except ChatFailed as failed:
        return Check("language model", False, str(failed), advice, needed=False)
    except TimeoutError:
        return Check("language model", False, f"does not answer within {MODEL_S:g} s", advice, needed=False)
    finally:
        await model.close()
    return Check("language model", True, detail, needed=False)


async def statuses(settings: McpSettings) -> list[Status]:
    """How each server is, once all of them have answered or been given up."""
    servers = OutsideServers(settings, SystemClock())
    servers.start()
    try:
        async with asyncio.timeout(settings.connect_seconds_max + 1):
            while any(one.state == "connecting" for one in servers.all.values()):  # noqa: ASYNC110
                await asyncio.sleep(LOOK_S)
    except TimeoutError:
        pass
    finally:
        found = [one.status for one in servers.all.values()]
        await servers.close()
    return found


def server_check(status: Status) -> Check:
    name = f"mcp server {status.name}"
    if status.state != "ready":
        advice = f"Correct mcp.servers.{status.name}; it is tried again and again, and nothing waits for it."
        return Check(name, False, f"away: {status.problem or 'it does not answer'}", advice, needed=False)
    left_out = f"; {status.left_out} not allowed or not usable" if status.left_out else ""
    return Check(name, True, f"{len(status.tools)} tools: {', '.join(status.tools)}{left_out}", needed=False)
