"""A gateway with `aioesphomeapi` as its client, and one simulated device that it serves."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import soundfile
from aioesphomeapi import api_pb2 as pb

from fakes.esphome_device import FakeDevice
from fakes.sound_server import serving
from fakes.voice_host import VoiceHost, eventually, once, tone
from jingling.core.endpoint import Answered, Endpoint, Heard, Input, Listen, Phase
from jingling.protocols.discovery import Discovery
from jingling.protocols.esphome.gateway import EsphomeGateway
from jingling.settings import EsphomeSettings, Settings

ID = "esphome-aabbcc001122"


@asynccontextmanager
async def gateway(fake: FakeDevice, adopt: bool = True, **settings: object) -> AsyncIterator[VoiceHost]:
    hosts = (f"127.0.0.1:{fake.port}",)
    host = VoiceHost(Settings(esphome=EsphomeSettings(hosts=hosts, **settings)))  # type: ignore[arg-type]
    running = EsphomeGateway(host, Discovery(lan=False))
    async with serving(host.sounds):
        await running.start()
        try:
            if adopt:
                await eventually(host.devices.all)
                await host.devices.adopt(ID)
                await eventually(lambda: host.endpoints)
                await eventually(lambda: fake.of(pb.SubscribeVoiceAssistantRequest))
            yield host
        finally:
            await running.close()


class Answerer:
    """Answers as a session does: hears a little, then speaks."""

    def __init__(self, seconds: float = 0.4, expects: bool = False, sentences: int = 1) -> None:
        self.seconds = seconds
        self.expects = expects
        self.sentences = sentences
        self.turns = 0
        self.done = asyncio.Event()

    async def __call__(self, endpoint: Endpoint, given: Input) -> None:
        if not isinstance(given, Listen):
            return
        self.turns += 1
        turn = f"turn-{self.turns}"
        async for _ in given.audio:
            break
        await endpoint.tell("", Phase("listening"))
        await endpoint.tell("", Heard("turn on the lights", "en"))
        await endpoint.tell(turn, Phase("thinking"))
        streamed, expects = self.sentences > 1, self.expects and self.turns == 1
        for number in range(self.sentences):
            await endpoint.tell(turn, Answered("Done. " * (number + 1), "en", expects, streamed))
            await endpoint.tell(turn, Phase("speaking"))
            await endpoint.play(turn, once(tone(self.seconds)))
        await endpoint.tell(turn, Phase("idle"))
        self.done.set()


def seconds_of(content: bytes) -> float:
    """Of a WAV whose head does not know its length."""
    samples, rate_hz = soundfile.read(io.BytesIO(content))
    return float(len(samples) / rate_hz)
