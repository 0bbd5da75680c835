"""Speak a little faster, or slower, at the same pitch.

WSOLA: W. Verhelst, M. Roelands, "An overlap-add technique based on waveform similarity (WSOLA)
for high quality time-scale modification of speech", ICASSP 1993. Pieces of sound are laid closer
together; each is taken from where it best continues the piece before it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voiceguide.model.units import ms_to_frames

VERSION = 1
"""Counts up when the sound changes."""

_HOP = ms_to_frames(10)
"""Pieces are two hops long: 20 ms hold two periods of the lowest voice (100 Hz)."""
_REACH = ms_to_frames(8)
"""How far a piece may be moved to fit: more than half a period either way."""

Mono = npt.NDArray[np.float32]


def stretched(samples: Mono, n_frames: int) -> Mono:
    """The sound of `samples`, shape (frames,), 48 kHz, in exactly `n_frames` frames.

    Made for two thirds to one and a half times the length; the pitch stays.
    """
    if not n_frames:
        return samples[:0]
    pace = len(samples) / n_frames
    window = np.hanning(2 * _HOP + 1)[:-1].astype(np.float32)  # shifted by a hop it adds up to 1
    n_pieces = n_frames // _HOP + 2
    margin = 2 * _HOP + _REACH
    padded = np.pad(samples, (margin, margin + 2 * _HOP))
    result = np.zeros((n_pieces + 1) * _HOP, np.float32)
    at = margin - _HOP
    for piece in range(n_pieces):
        if piece:
            ideal = margin - _HOP + min(round(piece * _HOP * pace), len(samples) + _HOP)
            at = ideal + _best_shift(padded, ideal, at + _HOP)
        start = piece * _HOP
        result[start : start + 2 * _HOP] += window * padded[at : at + 2 * _HOP]
    return result[_HOP : _HOP + n_frames]


def _best_shift(padded: Mono, ideal: int, follow: int) -> int:
    """Where, from -_REACH to _REACH around `ideal`, the sound is most like that at `follow`."""
    wanted = padded[follow : follow + 2 * _HOP]
    region = padded[ideal - _REACH : ideal + _REACH + 2 * _HOP]
    energy = np.cumsum(np.concatenate(([0.0], region.astype(np.float64) ** 2)))
    norm = np.sqrt(np.maximum(energy[2 * _HOP :] - energy[: -2 * _HOP], 1e-9))
    return int(np.argmax(np.correlate(region, wanted, "valid") / norm)) - _REACH
