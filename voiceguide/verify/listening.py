"""One pass through a decoded file: what is kept of it is small, whatever its length.

A 12 h session is 8 GB of samples. What remains is a level for each millisecond, three figures for
the whole, and the places of our tones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from voiceguide.model.audio import Audio
from voiceguide.model.timeline import Timeline
from voiceguide.model.units import FRAMES_PER_MS, MAX_SESSION_MS, RATE_HZ
from voiceguide.sound import Meter, energies, tones
from voiceguide.sound.limiter import true_peak
from voiceguide.verify.patterns import LONGEST_MS, Pattern, alone, ours, patterns
from voiceguide.verify.tones import SIZE, Sighting, find

_BEFORE_MS = 200
"""Of each window: what the filters of the meter remember."""
_BODY_MS = SIZE // FRAMES_PER_MS - _BEFORE_MS - LONGEST_MS - 25
"""Of each window, what no other window has; after it a tone that begins in it, and its crest."""
_BODY = slice(_BEFORE_MS * FRAMES_PER_MS, (_BEFORE_MS + _BODY_MS) * FRAMES_PER_MS)
_REACH = 12
"""Frames around a point that decide its true peak."""

LEAST = 1e-4
"""-80 dBFS, linear: nothing under it is measured."""
_CLIPPED = 32767 / 32768
"""The most that 16 bits hold."""
_MOST_MS = 2 * MAX_SESSION_MS
"""Of what is longer than any session, only the length is told."""

REACH_MS = 300
"""A tone is looked for so far from its place; where it is farther, everything is searched."""

Levels = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """What is kept of a file."""

    n_frames: int
    n_channels: int
    levels: Levels
    """The highest sample of each millisecond, linear."""
    n_clipped: int
    clipped_ms: int
    """The first of them."""
    true_peak: float
    """Linear."""
    peak_ms: int
    lufs: float
    sightings: tuple[Sighting, ...]
    """Where a sound is like one of our tones, of those that were looked for there."""


Wanted = Callable[[int, int], Iterable[Pattern]]
"""The patterns to look for from one ms to another."""


def where_due(timeline: Timeline) -> Wanted:
    """Looks for each tone around its place."""
    due = ours(timeline)
    starts = np.array([tone.start_ms for tone in due])
    all_patterns = patterns(due)

    def wanted(first_ms: int, end_ms: int) -> Iterable[Pattern]:
        first, end = np.searchsorted(starts, (first_ms - REACH_MS, end_ms + REACH_MS))
        return dict.fromkeys(all_patterns[first:end])

    return wanted


def everywhere(timeline: Timeline) -> Wanted:
    """Looks for everything of ours in all of a file."""
    known = tuple(dict.fromkeys((*patterns(ours(timeline)), *map(alone, tones.names()))))
    return lambda _first_ms, _end_ms: known


def listen(
    blocks: Iterable[Audio],
    wanted: Wanted,
    progress: Callable[[int], None] = lambda _done_ms: None,
) -> Heard:
    """What is to be heard in a file.

    Args:
        blocks: the decoded file, 48 kHz.
        wanted: what to look for where.
        progress: told up to where it is heard, in ms.
    """
    levels: list[Levels] = []
    meter = Meter(_MOST_MS)
    sightings: list[Sighting] = []
    n_frames = n_channels = n_clipped = clipped_ms = peak_ms = 0
    peak = 0.0
    for window in _windows(blocks):
        first_ms = n_frames // FRAMES_PER_MS
        n_frames += window.n_frames
        n_channels = window.samples.shape[1]
        if first_ms >= _MOST_MS:
            continue
        level = _levels(window.body)
        levels.append(level[: -(-window.n_frames // FRAMES_PER_MS)].astype(np.float16))
        progress(first_ms)
        loudest = float(level.max())
        if loudest < LEAST:
            continue
        meter.add(first_ms, _energies(window.samples))
        highest = true_peak(Audio(window.around, RATE_HZ), peak)
        if highest > peak:
            peak, peak_ms = highest, first_ms + int(np.argmax(level))
        if loudest >= _CLIPPED:
            clipped_ms = clipped_ms if n_clipped else first_ms + int(np.argmax(level >= _CLIPPED))
            n_clipped += int((np.abs(window.body) >= _CLIPPED).sum())
        if sought := tuple(wanted(first_ms, first_ms + _BODY_MS)):
            found = find(window.mono, sought, _BEFORE_MS, _BEFORE_MS + _BODY_MS)
            sightings += (replace(one, at_ms=one.at_ms - _BEFORE_MS + first_ms) for one in found)
    return Heard(
        n_frames=n_frames,
        n_channels=n_channels,
        levels=np.concatenate(levels) if levels else np.zeros(0, dtype=np.float16),
        n_clipped=n_clipped,
        clipped_ms=clipped_ms,
        true_peak=peak,
        peak_ms=peak_ms,
        lufs=meter.lufs(),
        sightings=tuple(sightings),
    )


@dataclass(frozen=True, slots=True)
class _Window:
    samples: npt.NDArray[np.float32]
    """Shape (`SIZE`, channels): what comes before the body, the body, what comes after."""
    n_frames: int
    """Of the body, what the file has."""

    @property
    def body(self) -> npt.NDArray[np.float32]:
        """What no other window has."""
        return self.samples[_BODY]

    @property
    def around(self) -> npt.NDArray[np.float32]:
        """The body and what decides the true peak at its borders."""
        return self.samples[_BODY.start - _REACH : _BODY.stop + _REACH]

    @property
    def mono(self) -> npt.NDArray[np.float32]:
        """The mean of the channels."""
        return np.asarray(self.samples.mean(axis=1, dtype=np.float32))


def _windows(blocks: Iterable[Audio]) -> Iterator[_Window]:
    """The file in windows whose bodies touch, with silence before its start and after its end."""
    body, lead = _BODY.stop - _BODY.start, _BODY.start
    kept: list[npt.NDArray[np.float32]] = []
    n_kept = n_left = 0
    for block in blocks:
        if not kept:
            kept, n_kept = [np.zeros((lead, block.n_channels), dtype=np.float32)], lead
        kept.append(block.samples)
        n_kept += block.n_frames
        while n_kept >= SIZE:
            samples = np.concatenate(kept)
            yield _Window(samples[:SIZE], body)
            kept, n_kept = [samples[body:]], n_kept - body
    n_left = n_kept - lead
    while n_left > 0:
        samples = np.concatenate(kept)
        silence = np.zeros((max(SIZE - len(samples), 0), samples.shape[1]), dtype=np.float32)
        yield _Window(np.concatenate((samples, silence))[:SIZE], min(body, n_left))
        kept, n_left = [samples[body:]], n_left - body


def _levels(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    rows = samples.reshape(-1, FRAMES_PER_MS * samples.shape[1])
    levels: npt.NDArray[np.float32] = np.maximum(rows.max(axis=1), -rows.min(axis=1))
    return levels


def _energies(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    heard = energies(Audio(samples[: _BODY.stop], RATE_HZ))
    return heard[_BEFORE_MS : _BEFORE_MS + _BODY_MS]
