from __future__ import annotations

import io
import struct
import wave

import pytest

from voiceguide.model.errors import SynthesisFailed
from voiceguide.voice.engines.soundfile import read

SAMPLES = [0, 16_384, -32_768, 1]


def wav(n_channels: int = 1, width: int = 2) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(n_channels)
        file.setsampwidth(width)
        file.setframerate(22_050)
        file.writeframes(struct.pack("<4h", *SAMPLES))
    return target.getvalue()


def aiff(compression: bytes = b"", order: str = ">") -> bytes:
    # 22 050 as an 80-bit float
    rate = struct.pack(">HQ", 16_383 + 14, 22_050 << (63 - 14))
    common = struct.pack(">hLh", 1, 4, 16) + rate + compression
    sound = bytes(8) + struct.pack(f"{order}4h", *SAMPLES)
    chunks = b"".join(
        struct.pack(">4sL", name, len(body)) + body + bytes(len(body) % 2)
        for name, body in ((b"COMM", common), (b"NAME", b"odd"), (b"SSND", sound))
    )
    kind = b"AIFC" if compression else b"AIFF"
    return struct.pack(">4sL", b"FORM", len(chunks) + 4) + kind + chunks


@pytest.mark.parametrize(
    "data",
    [wav(), aiff(), aiff(b"twos\0\0"), aiff(b"sowt\0\0", "<")],
    ids=["wav", "aiff", "aifc", "little-endian aifc"],
)
def test_the_samples_of_every_container(data: bytes) -> None:
    sound = read(data)
    assert sound.rate_hz == 22_050
    assert sound.samples[:, 0].tolist() == [0.0, 0.5, -1.0, 1 / 32_768]


def test_channels_are_kept_apart() -> None:
    assert read(wav(n_channels=2)).samples.tolist() == [[0.0, 0.5], [-1.0, 1 / 32_768]]


def test_nothing_written_is_an_empty_sound() -> None:
    assert read(b"").n_frames == 0


@pytest.mark.parametrize(
    "data",
    [b"ID3 something", wav()[:20], wav(width=1), aiff()[:30], aiff(b"ulaw\0\0")],
    ids=["mp3", "cut wav", "8 bits", "cut aiff", "compressed"],
)
def test_what_cannot_be_read_is_told(data: bytes) -> None:
    with pytest.raises(SynthesisFailed):
        read(data)
