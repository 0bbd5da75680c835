"""True peak after ITU-R BS.1770-4, annex 2, and a limiter that holds it under a ceiling."""

from __future__ import annotations

from functools import reduce

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from voiceguide.model.audio import Audio
from voiceguide.model.units import ms_to_frames

_PHASES = (
    (0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875,
     0.1373291015625, 0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250,
     0.0148925781250, -0.0083007812500),
    (-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500,
     0.4650878906250, 0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625,
     0.0330810546875, -0.0189208984375),
)  # fmt: skip
"""Annex 2: a 48-tap interpolator by four. The other two phases are these two reversed."""
_TAPS = np.array([*_PHASES, *(phase[::-1] for phase in _PHASES)]).T
"""Shape (12 frames around a gap between two frames, 4 points in it)."""
_MOST = float(np.abs(_TAPS).sum(axis=0).max())
"""No point is higher than so many times the highest of its 12 frames."""

_REACH = ms_to_frames(15)
"""The gain begins to move so long before a peak, and is back so long after it: longer than a
period of any voice, so that it does not follow the waveform."""

SIGHT = 2 * _REACH + len(_TAPS)
"""What becomes of a frame follows from so many frames before and after it."""

Curve = npt.NDArray[np.float64]


def true_peak(audio: Audio, floor: float = 0.0) -> float:
    """The highest level between and on the samples, linear; 0 for silence.

    Args:
        audio: any sound.
        floor: a level of which it is enough to know that the sound stays under it: less work.
    """
    highest = float(np.abs(audio.samples).max(initial=0.0))
    return float(_peaks(audio, max(highest, floor)).max(initial=0.0))


def limit(audio: Audio, ceiling: float) -> Audio:
    """The sound with its true peak held at `ceiling` (linear), turned down only near peaks."""
    if np.abs(audio.samples).max(initial=0.0) <= ceiling / _MOST:
        return audio
    wanted = ceiling / np.maximum(_peaks(audio, ceiling), ceiling)
    if not (wanted < 1.0).any():
        return audio
    # A mean of values that are each low enough for this frame is low enough for it too.
    lowest = _sliding_minimum(np.pad(wanted, _REACH, constant_values=1.0), 2 * _REACH + 1)
    gain = np.pad(lowest, _REACH, mode="edge")
    for _ in range(2):
        gain = _sliding_mean(gain, _REACH + 1)
    return Audio((audio.samples * gain[:, None]).astype(np.float32), audio.rate_hz)


def _peaks(audio: Audio, floor: float) -> Curve:
    """For each frame the highest level on and beside it; exact where that exceeds `floor`."""
    peaks: Curve = _highest(np.abs(audio.samples.T)).astype(np.float64)
    width = len(_TAPS)
    half = width // 2
    # Gap g lies before frame g, the last one after the end; frames g to g + 11 of what is padded
    # by half a window lie around it.
    heard = np.pad(peaks > floor / _MOST, half)
    counts = np.concatenate(([0], np.cumsum(heard)))
    gaps = np.flatnonzero(counts[width:] > counts[:-width])
    between = np.zeros(peaks.size + 1)
    taps = _TAPS.T.astype(np.float32)
    for channel in np.pad(audio.samples, ((half, half), (0, 0))).T:
        around = sliding_window_view(np.ascontiguousarray(channel), width)[gaps]
        points = np.abs(taps @ around.T)
        between[gaps] = np.maximum(between[gaps], _highest(points))
    return np.maximum(peaks, np.maximum(between[:-1], between[1:]))


def _highest(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The maximum of each column: many times faster so than along an axis of a few."""
    return reduce(np.maximum, rows)


def _sliding_minimum(curve: Curve, width: int) -> Curve:
    """The minimum of each `width` neighbours; shorter by `width` - 1.

    Minima over windows that double in length: a dozen passes instead of `width`.
    """
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        curve = np.minimum(curve[:-step], curve[step:])
        reach += step
    return curve


def _sliding_mean(curve: Curve, width: int) -> Curve:
    """The mean of each `width` neighbours; shorter by `width` - 1."""
    totals = np.concatenate(([0.0], np.cumsum(curve)))
    mean: Curve = (totals[width:] - totals[:-width]) / width
    return mean
