"""Packets of any length to 16 kHz, sound of any rate to packets of 60 ms."""

import os

import numpy as np
import pytest
from opuslib_next import Decoder, Encoder

from fakes.xiaozhi_host import sound, tone
from jingling.core.errors import BadInput
from jingling.protocols.xiaozhi.opus import OpusEars, OpusMouth


@pytest.mark.parametrize("frame_ms", [10, 20, 40, 60])
def test_packets_of_any_length_are_heard(frame_ms: int) -> None:
    ears, encoder = OpusEars(), Encoder(16_000, 1, "voip")
    size = 2 * 16 * frame_ms
    pcm = tone(0.6).pcm
    heard = b"".join(
        ears.decode(bytes(encoder.encode(pcm[start : start + size], size // 2))).pcm
        for start in range(0, len(pcm) - size + 1, size)
    )
    samples = np.frombuffer(heard, "<i2").astype(float)
    assert len(samples) == len(pcm) // 2
    spectrum = np.abs(np.fft.rfft(samples))
    assert abs(np.argmax(spectrum) * 16_000 / len(samples) - 440) < 5


@pytest.mark.parametrize("packet", [b"", b"\xff", b"\xff" * 3_000])
def test_what_is_no_opus_is_bad_input(packet: bytes) -> None:
    with pytest.raises(BadInput):
        OpusEars().decode(packet)


def test_garbage_never_breaks_the_decoder() -> None:
    ears, encoder = OpusEars(), Encoder(16_000, 1, "voip")
    for size in range(1, 300):
        try:
            assert ears.decode(os.urandom(size)).seconds <= 0.12
        except BadInput:
            continue
    assert ears.decode(bytes(encoder.encode(bytes(1_920), 960))).seconds == pytest.approx(0.06)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 48_000])
async def test_sound_of_any_rate_becomes_packets_of_60_ms(rate_hz: int) -> None:
    packets = [packet async for packet in OpusMouth().packets(sound(1.0, rate_hz))]
    assert len(packets) == 17
    decoder = Decoder(24_000, 1)
    parts = [bytes(decoder.decode(packet, 2_880)) for packet in packets]
    assert {len(part) for part in parts} == {2 * 1_440}
    samples = np.frombuffer(b"".join(parts), "<i2").astype(float)
    spectrum = np.abs(np.fft.rfft(samples))
    assert abs(np.argmax(spectrum) * 24_000 / len(samples) - 440) < 5


async def test_silence_has_no_packets() -> None:
    assert [packet async for packet in OpusMouth().packets(sound(0.0))] == []
