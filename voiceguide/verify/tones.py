"""Our tones found again in sound, by matched filter: correlation with the very samples of a tone.

Correlation is normalised: 1 where the sound is the tone at any level, near 0 where it has nothing
of it. It is computed for a whole window at once in the frequency domain, up to 6 kHz, where all
that tells our tones apart lies; a place is then known to a twelfth of a millisecond. Below 240 Hz
there is next to nothing of them, and most of what a drum in the music has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from voiceguide.model.units import FRAMES_PER_MS, RATE_HZ, ms_to_frames
from voiceguide.sound import tones
from voiceguide.verify.patterns import Pattern, length_ms

SIZE = 1 << 17
"""Frames of a window; 2.7 s."""
_DIVISOR = 4
"""Correlation is known at every fourth frame: 12 kHz."""
_POINTS = SIZE // _DIVISOR
_POINTS_PER_MS = FRAMES_PER_MS // _DIVISOR
_DEEP_HZ = (80, 240)
"""Below the first nothing counts, above the second all; a steep edge would ring."""
_FINER = 2
"""So many times finer where something is found: two crests of a tone differ by a hundredth."""
_APART_POINTS = 20 * _POINTS_PER_MS
"""Crests of one correlation are a period of the tone apart, less than 3 ms: they are one place."""
_FAINTEST = 1e-8
"""Mean square of sound that is worth comparing, -80 dB."""

_ALMOST_MS = 5
"""Two that begin so near to each other are one."""
_MOST_AT_ONCE = 8
"""So many tones at most ring on at a time."""

MAYBE = 0.6
"""Likeness of a tone under music; of mere speech, 0.57 at most (measured)."""
SURELY = 0.85
"""Likeness of a tone that is heard alone: 0.95 at least, after any of our codecs (measured)."""

Samples = npt.NDArray[np.float32]
Curve = npt.NDArray[np.floating]
Spectrum = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place that sounds like one of our tones."""

    pattern: Pattern
    at_ms: float
    likeness: float
    """Normalised correlation, 0 to 1."""
    gain: float
    """How loud the tone is there, linear: 1 as it is in `sounds/`."""

    @property
    def sound(self) -> str:
        """The tone that begins here."""
        return self.pattern[0].sound

    @property
    def end_ms(self) -> float:
        """When the tone has rung out."""
        return self.at_ms + length_ms(self.sound)


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
    spectrum = _band(np.fft.rfft(window))
    squares = np.square(np.fft.irfft(spectrum, _POINTS), dtype=np.float64)
    energies = np.concatenate(([0.0], np.cumsum(squares)))
    # A crest on the border belongs to where it is highest.
    begin = max(first_ms * _POINTS_PER_MS - _APART_POINTS, 0)
    end = end_ms * _POINTS_PER_MS + _APART_POINTS
    for pattern in patterns:
        wanted = _template(pattern)
        product = spectrum * wanted.spectrum
        length = wanted.n_points
        heard = energies[begin + length : end + length] - energies[begin:end]
        heard = np.maximum(heard, _FAINTEST * _DIVISOR**2 * length)
        crossed = np.fft.irfft(product, _POINTS)[begin:end]
        likeness = crossed / np.sqrt(heard * wanted.energy)
        like = tuple(_like(likeness))
        finer = np.fft.irfft(product, _FINER * _POINTS)[_FINER * begin :] if like else crossed
        for first, last in like:
            crest = first + _crest(finer[_FINER * first : _FINER * last + 1]) / _FINER
            at_ms = round((begin + crest) * _DIVISOR) / FRAMES_PER_MS
            if first_ms <= at_ms < end_ms:
                gain = float(crossed[round(crest)]) / wanted.energy
                yield Sighting(pattern, at_ms, float(likeness[round(crest)]), gain)


def told_apart(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """The sightings in order of time, without those that are a part of a likelier one.

    The second note of one tone may be like the first of another.
    """
    kept: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda sighting: -sighting.likeness):
        place = bisect_left(kept, sighting.at_ms, key=lambda other: other.at_ms)
        before = reversed(kept[max(place - _MOST_AT_ONCE, 0) : place])
        after = kept[place : place + 1]
        if any(other.end_ms > sighting.at_ms for other in before):
            continue
        if any(other.at_ms < sighting.at_ms + _ALMOST_MS for other in after):
            continue
        kept.insert(place, sighting)
    return tuple(kept)


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
    spectrum = _band(np.fft.rfft(sound, SIZE))
    squares = np.square(np.fft.irfft(spectrum, _POINTS), dtype=np.float64)
    return _Template(np.conj(spectrum), n_frames // _DIVISOR, float(squares.sum()))


def _band(spectrum: npt.NDArray[np.complexfloating]) -> Spectrum:
    return (spectrum[: _POINTS // 2 + 1] * _weights()).astype(np.complex64)


@cache
def _weights() -> npt.NDArray[np.float32]:
    low, high = (hertz * SIZE / RATE_HZ for hertz in _DEEP_HZ)
    rise = ((np.arange(_POINTS // 2 + 1) - low) / (high - low)).clip(0, 1)
    return np.asarray(np.square(np.sin(np.pi / 2 * rise)), dtype=np.float32)


def _like(likeness: Curve) -> Iterator[tuple[int, int]]:
    """The stretches that are like a pattern: a point before each, and one after it."""
    like = np.flatnonzero(likeness[1:-1] > MAYBE) + 1
    for stretch in np.split(like, np.flatnonzero(np.diff(like) > _APART_POINTS) + 1):
        if stretch.size:
            yield int(stretch[0]) - 1, int(stretch[-1]) + 1


def _crest(crossed: Curve) -> float:
    """Where most of a pattern is heard, between two points too; the first point is 0.

    Not where a stretch is likest: what a bell rings on is as like a bell as its beginning.
    """
    before, middle, after = crossed[:-2], crossed[1:-1], crossed[2:]
    slope, bend = after - before, 2 * middle - before - after
    beside = np.divide(slope, 2 * bend, out=np.zeros_like(slope), where=2 * bend > np.abs(slope))
    highest = int(np.argmax(middle + slope * beside / 4))
    return highest + 1 + float(beside[highest])
