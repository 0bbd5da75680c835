"""The bed: a calm chord without melody or beat that may lie below a whole session.

Each note is a few harmonics, and each harmonic a narrow band of noise, as if many players held it
(the idea of PADsynth, by Nasca Octavian Paul). All of it is made in one inverse transform, so the
end of the loop runs into its beginning without a seam. Computed, and CC0 like all our sounds.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.model.units import RATE_HZ

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

N_FRAMES = 1 << 20
"""Of the loop, 21.8 s: nobody knows a place in it again."""

_NOTES_HZ = ((110.0, 1.0), (164.8, 0.8), (220.0, 0.7), (246.9, 0.35), (329.6, 0.3))
"""A, E, A, B, E: open fifths and a second, neither major nor minor; with the level of each."""
_HARMONICS = 8
_FALL = 1.8
"""Harmonic n has 1 / n to this power of the first: dark, clear of the consonants above."""
_WIDTH = 0.012
"""Half-width of a band, of its frequency: a fifth of a semitone, which swells and never beats."""
_SEED = 11


@cache
def loop() -> Samples:
    """The loop, shape (`N_FRAMES`, 2), its highest sample at 0.5."""
    chance = np.random.default_rng(_SEED)
    frequency = np.fft.rfftfreq(N_FRAMES, 1 / RATE_HZ)
    level = np.zeros(frequency.size)
    for pitch_hz, amplitude in _NOTES_HZ:
        for number in range(1, _HARMONICS + 1):
            centre_hz = number * pitch_hz
            width_hz = _WIDTH * centre_hz
            near = slice(*np.searchsorted(frequency, (centre_hz - 4 * width_hz,
                                                      centre_hz + 4 * width_hz)))  # fmt: skip
            band = np.exp(-0.5 * ((frequency[near] - centre_hz) / width_hz) ** 2)
            level[near] += amplitude * number**-_FALL * band / np.sqrt(width_hz)
    sides = []
    for _ in range(2):
        phase = np.exp(2j * np.pi * chance.random(frequency.size))
        sides.append(np.fft.irfft(level * phase, N_FRAMES))
    samples = np.stack(sides, axis=1)
    result: Samples = (samples * (0.5 / np.abs(samples).max())).astype(np.float32)
    return result
