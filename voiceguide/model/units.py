"""Time and level units, and the only place where milliseconds become frames.

A frame is one sample for each channel. The timeline counts integer milliseconds; audio counts
frames at `RATE_HZ`, where a millisecond is exactly 48 frames and an MP3 frame exactly 24 ms.
"""

from __future__ import annotations

RATE_HZ = 48_000
"""Sample rate of everything that is mixed or written, in frames a second."""

FRAMES_PER_MS = RATE_HZ // 1000

MP3_FRAME_MS = 24
"""1152 frames at 48 kHz (ISO/IEC 11172-3, 2.4.2.1); speech starts on this grid."""

MAX_SESSION_MS = 12 * 3_600_000
"""The longest routine and the longest single duration: 12 h."""


def ms_to_frames(ms: int) -> int:
    """Frames in `ms` milliseconds, exact."""
    return ms * FRAMES_PER_MS


def frames_to_ms(n_frames: int) -> int:
    """Milliseconds that hold `n_frames`, rounded up, so that a clip never outlasts its cue."""
    return -(-n_frames // FRAMES_PER_MS)


def ceil_to(value: int, step: int) -> int:
    """The smallest multiple of `step` that is not below `value`."""
    return -(-value // step) * step


def floor_to(value: int, step: int) -> int:
    """The largest multiple of `step` that is not above `value`."""
    return value // step * step
