"""MP3 frames as we splice them: 128 kbit/s mono at 48 kHz, each standing alone.

At this rate a frame is always 24 ms of sound in 384 bytes. References: ISO/IEC 11172-3, 2.4.1.3
for the header; "Mp3 Info Tag rev 1" by Gabriel Bouvigne for the frame that tells players how
much of the ends to leave out.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

FRAME_SAMPLES = 1152
FRAME_BYTES = 384
BITRATE_KBPS = 128
HEADER = bytes.fromhex("fffb94c4")
"""MPEG 1 layer III, no CRC, 128 kbit/s, 48 kHz, no padding, mono, original."""

ENCODER_DELAY = 576
"""Frames that LAME puts before the sound."""
DECODER_DELAY = 529
"""Frames that every decoder adds; the Info tag does not count them."""

_INFO_AT = 21
"""After the header and the 17 bytes of side information of a mono frame."""
_ENCODER = b"LAME3.100"
"""Players read the delay only after a name they know."""
_ALL_FIELDS = 0x0F
_CONSTANT_BITRATE = 1
_TABLE_OF_CONTENTS = bytes(round(255 * percent / 100) for percent in range(100))

Checksums = npt.NDArray[np.uint16]


def count_frames(n_samples: int) -> int:
    """MP3 frames for a sound, so that its last sample comes out of every decoder."""
    return -(-(n_samples + ENCODER_DELAY + DECODER_DELAY) // FRAME_SAMPLES)


def are_plain(frames: bytes) -> bool:
    """Whether these are whole frames of just the kind that we splice."""
    rows = np.frombuffer(frames, dtype=np.uint8)
    if not rows.size or rows.size % FRAME_BYTES:
        return False
    headers = rows.reshape(-1, FRAME_BYTES)[:, : len(HEADER)]
    return bool((headers == np.frombuffer(HEADER, dtype=np.uint8)).all())


def info_frame(n_samples: int, music_checksum: int) -> bytes:
    """The frame before the first: how many follow, and what to leave out at both ends."""
    n_frames = count_frames(n_samples)
    n_bytes = (n_frames + 1) * FRAME_BYTES
    padding = n_frames * FRAME_SAMPLES - ENCODER_DELAY - n_samples
    tag = b"".join(
        (
            b"Info",
            _ALL_FIELDS.to_bytes(4, "big"),
            n_frames.to_bytes(4, "big"),
            n_bytes.to_bytes(4, "big"),
            _TABLE_OF_CONTENTS,
            bytes(4),  # quality, not told
            _ENCODER,
            _CONSTANT_BITRATE.to_bytes(1, "big"),
            bytes(1),  # low pass, not told
            bytes(8),  # peak and gain for ReplayGain, not told
            bytes(1),
            BITRATE_KBPS.to_bytes(1, "big"),
            (ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
            bytes(4),
            n_bytes.to_bytes(4, "big"),
            music_checksum.to_bytes(2, "big"),
        )
    )
    frame = (HEADER + bytes(_INFO_AT - len(HEADER)) + tag).ljust(FRAME_BYTES, b"\0")
    return _with_own_checksum(frame)


def read_delay(frame: bytes) -> int | None:
    """The encoder delay that an Info frame tells; None where this is none."""
    at = _INFO_AT + 141
    is_info = frame[_INFO_AT : _INFO_AT + 4] == b"Info" and len(frame) == FRAME_BYTES
    return int.from_bytes(frame[at : at + 3], "big") >> 12 if is_info else None


def _with_own_checksum(frame: bytes) -> bytes:
    # As ffmpeg does in mono: over the first 190 bytes, the checksum's own still zero.
    register = 0
    for byte in frame[:190]:
        register = register >> 8 ^ int(_byte_table()[(register ^ byte) & 0xFF])
    at = _INFO_AT + 154
    return frame[:at] + register.to_bytes(2, "big") + frame[at + 2 :]


def checksums(frames: bytes) -> Checksums:
    """CRC-16 (polynomial 0x8005, reflected, from 0) of each frame by itself."""
    rows = np.frombuffer(frames, dtype=np.uint8).reshape(-1, FRAME_BYTES)
    parts = _place_tables()[np.arange(FRAME_BYTES), rows]
    result: Checksums = np.bitwise_xor.reduce(parts, axis=1)
    return result


def join_checksums(before: int, each: Checksums) -> int:
    """The CRC-16 of everything so far, once these frames follow what gave `before`."""
    low, high = (table.tolist() for table in _place_tables()[:2])
    for one in each.tolist():
        before = low[before & 0xFF] ^ high[before >> 8] ^ one
    return before


@cache
def _byte_table() -> Checksums:
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ 0xA001, table >> 1).astype(np.uint16)
    return table


@cache
def _place_tables() -> Checksums:
    """What each byte at each place of a frame does to its CRC: shape (384, 256)."""
    tables = np.empty((FRAME_BYTES, 256), dtype=np.uint16)
    tables[-1] = _byte_table()
    for place in range(FRAME_BYTES - 1, 0, -1):
        after = tables[place]
        tables[place - 1] = after >> 8 ^ _byte_table()[after & 0xFF]
    return tables
