"""MP3 frames as we splice them: 128 kbit/s at 48 kHz, mono or joint stereo, each standing alone.

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
HEADERS = {1: bytes.fromhex("fffb94c4"), 2: bytes.fromhex("fffb9444")}
"""By channels. MPEG 1 layer III, no CRC, 128 kbit/s, 48 kHz, no padding, mono or joint stereo,
original."""
_FREE_BITS = bytes.fromhex("00000030")
"""Of a stereo header: how this very frame joins its channels."""

ENCODER_DELAY = 576
"""Frames that LAME puts before the sound."""
DECODER_DELAY = 529
"""Frames that every decoder adds; the Info tag does not count them."""

_INFO_AT = {1: 21, 2: 36}
"""By channels: after the header and the side information, 17 or 32 bytes."""
_ENCODER = b"LAME3.100"
"""Players read the delay only after a name they know."""
_ALL_FIELDS = 0x0F
_CONSTANT_BITRATE = 1
_TABLE_OF_CONTENTS = bytes(round(255 * percent / 100) for percent in range(100))

Checksums = npt.NDArray[np.uint16]


def count_frames(n_samples: int) -> int:
    """MP3 frames for a sound, so that its last sample comes out of every decoder."""
    return -(-(n_samples + ENCODER_DELAY + DECODER_DELAY) // FRAME_SAMPLES)


def are_plain(frames: bytes, n_channels: int = 1) -> bool:
    """Whether these are whole frames of just the kind that we splice, that stand alone."""
    rows = np.frombuffer(frames, dtype=np.uint8)
    if not rows.size or rows.size % FRAME_BYTES:
        return False
    header = np.frombuffer(HEADERS[n_channels], dtype=np.uint8)
    free = np.frombuffer(_FREE_BITS, dtype=np.uint8) * (n_channels - 1)
    each = rows.reshape(-1, FRAME_BYTES)
    # After the header come 9 bits that tell how much of a frame lies in those before it.
    borrowed = each[:, len(header)].astype(int) << 1 | each[:, len(header) + 1] >> 7
    return bool(((each[:, : len(header)] & ~free) == header).all() and not borrowed.any())


def info_frame(n_samples: int, music_checksum: int, n_channels: int = 1) -> bytes:
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
    begins = _INFO_AT[n_channels]
    frame = (HEADERS[n_channels].ljust(begins, b"\0") + tag).ljust(FRAME_BYTES, b"\0")
    return _with_own_checksum(frame, begins)


def read_delay(frame: bytes, n_channels: int = 1) -> int | None:
    """The encoder delay that an Info frame tells; None where this is none."""
    begins = _INFO_AT[n_channels]
    at = begins + 141
    is_info = frame[begins : begins + 4] == b"Info" and len(frame) == FRAME_BYTES
    return int.from_bytes(frame[at : at + 3], "big") >> 12 if is_info else None


def _with_own_checksum(frame: bytes, begins: int) -> bytes:
    # As ffmpeg does: over the first 190 bytes, the checksum's own still zero.
    register = 0
    for byte in frame[:190]:
        register = register >> 8 ^ int(_byte_table()[(register ^ byte) & 0xFF])
    at = begins + 154
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
