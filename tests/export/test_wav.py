from __future__ import annotations

import struct
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voiceguide.export import write_file
from voiceguide.export.wav import header
from voiceguide.model.timeline import Timeline

GIB = 1 << 30


def chunks(data: bytes, at: int) -> dict[bytes, tuple[int, int]]:
    """Place and told size of each chunk."""
    found = {}
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        found[name] = (at + 8, size)
        at += 8 + size + size % 2
    return found


def test_samples_are_exact_to_sixteen_bits(tmp_path: Path, sound: Any, session: Timeline) -> None:
    target = tmp_path / "out.wav"
    write_file(sound, session, target)
    with wave.open(str(target)) as file:
        assert file.getparams()[:4] == (1, 2, 48_000, sound.n_frames)
        samples = np.frombuffer(file.readframes(sound.n_frames), "<i2") / 32768
    assert np.abs(samples - sound.samples[:, 0]).max() <= 0.5 / 32768 + 1e-9


def test_chunks_fill_the_file(tmp_path: Path, sound: Any, session: Timeline) -> None:
    target = tmp_path / "out.wav"
    write_file(sound, session, target)
    data = target.read_bytes()
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    found = chunks(data, 12)
    assert list(found) == [b"fmt ", b"data", b"LIST", b"id3 "]
    at, size = found[b"LIST"]
    assert data[at : at + 4] == b"INFO"
    assert session.title.encode() in data[at : at + size]


@pytest.mark.parametrize(("channels", "hours"), [(1, 12.5), (2, 12)])
def test_past_four_gib_the_header_is_rf64(channels: int, hours: float) -> None:
    """EBU Tech 3306: sizes of 64 bits in `ds64`, all ones where they would have stood."""
    n_frames = int(hours * 3600 * 48_000)
    data_bytes = n_frames * channels * 2
    assert data_bytes > 4 * GIB
    head = header(n_frames, channels, trailer_bytes=1000)
    assert head[:4] == b"RF64"
    assert struct.unpack_from("<I", head, 4)[0] == 0xFFFFFFFF
    assert head[8:16] == b"WAVEds64"
    size, riff, data, frames, table = struct.unpack_from("<IQQQI", head, 16)
    assert (size, data, frames, table) == (28, data_bytes, n_frames, 0)
    assert riff == len(head) + data_bytes + 1000 - 8
    assert head[-8:] == b"data" + b"\xff" * 4


def test_up_to_four_gib_it_is_plain_riff() -> None:
    trailer_bytes = 1000
    room = 0xFFFFFFFF - 36 - trailer_bytes
    assert header(room // 2, 1, trailer_bytes)[:4] == b"RIFF"
    assert header(room // 2 + 1, 1, trailer_bytes)[:4] == b"RF64"
