"""When a spoken number is heard: the onset of its stressed syllable.

A listener takes a word to happen near the onset of its stressed vowel, not at its first sound
(J. Morton, S. Marcus, C. Frankish, "Perceptual centers (P-centers)", Psychological Review 83,
1976): "three" has 0.1 s of "thr" before it, "eight" nothing. It follows from the rise of energy
in the middle of the band of speech (S. Scott, "P-centres in speech: an acoustic analysis",
University College London, 1993).
"""

from __future__ import annotations

import numpy as np

from voiceguide import cache
from voiceguide.model.units import RATE_HZ, frames_to_ms, ms_to_frames
from voiceguide.voice import clips

VERSION = 2
"""Counts up when another moment is found."""

_BAND_HZ = (80.0, 3500.0)
"""Voices, with little of the hiss of consonants."""
_WINDOW_MS = 40
_RISEN = 0.5
"""Part of the amplitude of the loudest syllable that is its onset. With this band and window it
lies in the middle of 144 detectors (six bands, four windows, six parts) that were compared on
"three, two, one" of two voices, and hardly moves between runs of an engine that never says a
word twice alike: see `docs/decisions/0018-numbers-on-the-beat.md`."""
_VALLEY = 0.35
"""Part of it below which another syllable, or silence, lies before; the "w" of "one" falls less."""
MAX_MS = 350
"""A word that is stressed later is begun so long before its moment."""


def onset_ms(body: bytes, store: cache.Cache) -> int:
    """From the start of a clip to the onset of its stressed syllable, 0 to `MAX_MS`.

    Args:
        body: what `clips.to_bytes` wrote.
        store: remembers what was found of the same clip.
    """
    name = cache.key("stressed onset", cache.digest(body), VERSION)
    if (known := store.load(name)) is not None:
        return int(known)
    found = min(_found_ms(clips.from_bytes(body).samples[:, 0]), MAX_MS)
    store.store(name, str(found).encode())
    return found


def _found_ms(samples: clips.Mono) -> int:
    envelope = _envelope(samples)
    loudest = int(np.argmax(envelope))
    peak = envelope[loudest]
    valley = np.flatnonzero(envelope[: loudest + 1] < _VALLEY * peak)
    begin = int(valley[-1]) + 1 if len(valley) else 0
    return frames_to_ms(begin + int(np.argmax(envelope[begin : loudest + 1] >= _RISEN * peak)))


def _envelope(samples: clips.Mono) -> clips.Mono:
    """The amplitude in the middle of the band of speech, no frame of it late."""
    # The transform is a circle: the ends of the clip are kept apart.
    n = len(samples) + ms_to_frames(_WINDOW_MS)
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    low, high = _BAND_HZ
    with np.errstate(divide="ignore"):
        gain = 1 / ((1 + (low / hz) ** 4) * (1 + (hz / high) ** 4))
    band = np.fft.irfft(np.fft.rfft(samples, n) * gain, n)[: len(samples)]
    window = np.hanning(ms_to_frames(_WINDOW_MS) + 2)[1:-1]
    power = np.convolve(band**2, window / window.sum(), "same")
    return np.sqrt(np.maximum(power, 0.0)).astype(np.float32)
