"""Read what engines write: WAV, and AIFF on macOS, whatever the name of the file."""

from __future__ import annotations

import io
import struct
import wave
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from voiceguide.model.audio import Audio
from voiceguide.model.errors import SynthesisFailed

_EMPTY = Audio(np.zeros((0, 1), np.float32), 22_050)


def read(data: bytes) -> Audio:
    """The sound in a file of 16-bit samples; empty bytes are an empty sound.

    Raises:
        SynthesisFailed: it is neither WAV nor AIFF, or of another kind of samples.
    """
    if not data:
        return _EMPTY
    try:
        if data[:4] == b"RIFF":
            return _read_wav(data)
        if data[:4] == b"FORM":
            return _read_aiff(data)
    except (wave.Error, EOFError, struct.error, KeyError) as error:
        raise SynthesisFailed(f"the engine wrote a broken sound file: {error}") from error
    raise SynthesisFailed("the engine wrote neither WAV nor AIFF")


def _read_wav(data: bytes) -> Audio:
    with wave.open(io.BytesIO(data)) as file:
        if file.getsampwidth() != 2:  # noqa: PLR2004 - bytes of a 16-bit sample
            raise SynthesisFailed(f"{8 * file.getsampwidth()}-bit samples, expected 16")
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return _audio(samples, file.getnchannels(), file.getframerate())


def _read_aiff(data: bytes) -> Audio:
    """AIFF 1.3 and AIFF-C: big-endian, or little-endian where the compression is `sowt`."""
    chunks = dict(_chunks(data))
    common = chunks[b"COMM"]
    n_channels, _, n_bits = struct.unpack(">hLh", common[:8])
    compression = common[18:22] if data[8:12] == b"AIFC" else b"NONE"
    if n_bits != 16 or compression not in (b"NONE", b"twos", b"sowt"):  # noqa: PLR2004 - bits
        raise SynthesisFailed(f"{n_bits}-bit {compression!r} samples, expected 16-bit")
    # offset and block size, 4 bytes each, lie before the samples
    body = chunks[b"SSND"][8:]
    body = body[: len(body) // 2 * 2]
    samples = np.frombuffer(body, "<i2" if compression == b"sowt" else ">i2")
    return _audio(samples, n_channels, _extended(common[8:18]))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack(">4sL", data[at : at + 8])
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _extended(number: bytes) -> int:
    """A rate in Hz from the 80-bit float of AIFF."""
    exponent, mantissa = struct.unpack(">HQ", number)
    return int(mantissa * 2.0 ** ((exponent & 0x7FFF) - 16_383 - 63))


def _audio(samples: npt.NDArray[np.int16], n_channels: int, rate_hz: int) -> Audio:
    whole = samples[: len(samples) // n_channels * n_channels].reshape(-1, n_channels)
    return Audio(whole.astype(np.float32) / np.float32(32_768), rate_hz)
