"""How far the music goes down while the coach speaks: a curve that follows from the timeline.

Nothing listens to the voice: when it comes is known, so the music is down before the first
syllable, and stays down between words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voiceguide.model.timeline import Speech, Timeline
from voiceguide.model.units import ms_to_frames

DOWN_MS = 150
"""It goes down over so long, and is down where the first syllable begins."""
UP_MS = 500
HOLD_MS = 850
"""A gap that is shorter is held; a longer one has room to go up and down."""

Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ducking:
    """The curve of one session."""

    frames: tuple[int, ...]
    """Corners, in order."""
    depths: tuple[float, ...]
    """How far it is down there: 0 for not at all, 1 for all the way. In dB it is straight between
    the corners."""

    def depth(self, at: npt.NDArray[np.int64]) -> Curve:
        """How far it is down at these frames."""
        if not self.frames:
            return np.zeros(at.size)
        curve: Curve = np.interp(at, self.frames, self.depths)
        return curve

    def depth_over(self, first: int, n_frames: int) -> Curve | float:
        """The same of `n_frames` from `first` on; one number where it does not change."""
        before, after = self.depth(np.array([first, first + n_frames]))
        following = bisect_right(self.frames, first)
        corners = bisect_left(self.frames, first + n_frames) - following
        if before == after and corners <= 0:
            return float(before)
        return self.depth(np.arange(first, first + n_frames))


def ducking(timeline: Timeline) -> Ducking:
    """The curve of a session: down for what is spoken, and for a finish in the midst of it."""
    corners = [
        corner
        for start_ms, end_ms in _held(_heard_alone(timeline))
        for corner in (
            (start_ms - DOWN_MS, 0.0),
            (start_ms, 1.0),
            (end_ms, 1.0),
            (end_ms + UP_MS, 0.0),
        )
    ]
    return Ducking(
        tuple(ms_to_frames(at_ms) for at_ms, _ in corners), tuple(depth for _, depth in corners)
    )


def _heard_alone(timeline: Timeline) -> Iterator[tuple[int, int]]:
    """Start and end of what the music makes room for, in order."""
    for cue in timeline.cues:
        if isinstance(cue, Speech) or cue.role == "finish":
            yield cue.start_ms, cue.end_ms


def _held(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, those joined that the gap between is too short for."""
    held: tuple[int, int] | None = None
    for start_ms, end_ms in spans:
        if held is None:
            held = start_ms, end_ms
        elif start_ms - held[1] < HOLD_MS:
            held = held[0], max(held[1], end_ms)
        else:
            yield held
            held = start_ms, end_ms
    if held is not None:
        yield held
