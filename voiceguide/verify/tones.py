"""Our tones found again in sound, by matched filter: correlation with the very samples of a tone.

Correlation is normalised: 1 where the sound is the tone at any level, near 0 where it has nothing
of it. It is computed for a whole window at once in the frequency domain, up to 6 kHz, where all
that tells our tones apart lies; a place is then known to a twelfth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from voiceguide.model.units import FRAMES_PER_MS, ms_to_frames
from voiceguide.sound import tones
from voiceguide.verify.patterns import Pattern

SIZE = 1 << 17
"""Frames of a window; 2.7 s."""
_DIVISOR = 4
"""Correlation is known at every fourth frame: 12 kHz."""
_POINTS = SIZE // _DIVISOR
_POINTS_PER_MS = FRAMES_PER_MS // _DIVISOR
_APART_POINTS = 20 * _POINTS_PER_MS
"""Crests of one correlation are a period of the tone apart, less than 3 ms: they are one place."""
_FAINTEST = 1e-8
"""Mean square of sound that is worth comparing, -80 dB."""

MAYBE = 0.6
"""Likeness of a tone under music; of mere speech, 0.57 at most (measured)."""
SURELY = 0.85
"""Likeness of a tone that is heard alone: 0.95 at least, after any of our codecs (measured)."""

Samples = npt.NDArray[np.float32]
Spectrum = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place that sounds like one of our tones."""

    pattern: Pattern
    at_ms: float
    likeness: float
    """Normalised correlation, 0 to 1."""

    @property
    def sound(self) -> str:
        """The tone that begins here."""
        return self.pattern[0].sound

    def covers(self, other: Sighting) -> bool:
        """Whether `other` begins while this tone sounds."""
        late_ms = other.at_ms - self.at_ms
        return -_ALMOST_MS <= late_ms < tones.length_ms(self.sound)


_ALMOST_MS = 5.0


def find(
    window: Samples, patterns: Iterable[Pattern], first_ms: int, end_ms: int
) -> Iterator[Sighting]:
    """The places of a window that are like one of these patterns.

    Args:
        window: mono, `SIZE` frames.
        patterns: what to look for.
        first_ms: the first place of the window that counts.
        end_ms: the first that does not count any more. `LONGEST_MS` and more come after it.
    """
    spectrum = _low(np.fft.rfft(window))
    squares = np.square(np.fft.irfft(spectrum, _POINTS), dtype=np.float64)
    energies = np.concatenate(([0.0], np.cumsum(squares)))
    # A crest on the border belongs to where it is highest.
    begin = max(first_ms * _POINTS_PER_MS - _APART_POINTS, 0)
    end = end_ms * _POINTS_PER_MS + _APART_POINTS
    for pattern in patterns:
        wanted = _template(pattern)
        crossed = np.fft.irfft(spectrum * wanted.spectrum, _POINTS)[begin:end]
        length = wanted.n_points
        heard = energies[begin + length : end + length] - energies[begin:end]
        heard = np.maximum(heard, _FAINTEST * _DIVISOR**2 * length)
        likeness = crossed / np.sqrt(heard * wanted.energy)
        for crest in _crests(likeness):
            at_ms = (begin + crest) / _POINTS_PER_MS
            if first_ms <= at_ms < end_ms:
                yield Sighting(pattern, at_ms, float(likeness[crest]))


def told_apart(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """The sightings in order of time, without those that are a part of a likelier one.

    The second note of one tone may be like the first of another.
    """
    kept: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda sighting: -sighting.likeness):
        if not any(other.covers(sighting) for other in kept):
            kept.append(sighting)
    return tuple(sorted(kept, key=lambda sighting: sighting.at_ms))


@dataclass(frozen=True, slots=True)
class _Template:
    spectrum: Spectrum
    """Conjugated."""
    n_points: int
    energy: float


@cache
def _template(pattern: Pattern) -> _Template:
    n_frames = ms_to_frames(pattern[0].end_ms)
    sound = np.zeros(n_frames, dtype=np.float32)
    for part in pattern:
        samples = tones.load(part.sound).samples[: ms_to_frames(part.end_ms - part.start_ms), 0]
        first = ms_to_frames(part.start_ms)
        heard = samples[max(-first, 0) :][: n_frames - max(first, 0)]
        sound[max(first, 0) :][: len(heard)] += heard
    spectrum = _low(np.fft.rfft(sound, SIZE))
    squares = np.square(np.fft.irfft(spectrum, _POINTS), dtype=np.float64)
    return _Template(np.conj(spectrum), n_frames // _DIVISOR, float(squares.sum()))


def _low(spectrum: npt.NDArray[np.complexfloating]) -> Spectrum:
    return spectrum[: _POINTS // 2 + 1].astype(np.complex64)


def _crests(likeness: npt.NDArray[np.floating]) -> Iterator[int]:
    """The highest point of each stretch that is like the pattern."""
    like = np.flatnonzero(likeness > MAYBE)
    for stretch in np.split(like, np.flatnonzero(np.diff(like) > _APART_POINTS) + 1):
        if stretch.size:
            yield int(stretch[np.argmax(likeness[stretch])])
