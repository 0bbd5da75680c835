"""The sound of a session, made a little ahead of where it is played."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import numpy as np

from voiceguide.live.transport import Run
from voiceguide.model.audio import Audio
from voiceguide.model.units import RATE_HZ

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

BLOCK_FRAMES = RATE_HZ // 10
AHEAD_FRAMES = 3 * RATE_HZ
"""An island of speech takes up to 0.3 s to be made."""


class Mix(Protocol):
    """A session as sound (`voiceguide.sound.Mix`)."""

    @property
    def n_frames(self) -> int:
        """Length in frames."""

    @property
    def n_channels(self) -> int:
        """1 for mono, 2 for stereo."""

    def blocks(self, start_frame: int, block_frames: int) -> Iterator[Audio]:
        """The sound from a frame to the end; the same samples for any start."""


class Feed:
    """A window of a mix, filled by one thread and read by another.

    Args:
        mix: the session.
        reminder: what reminds of a wait, as many channels as the mix.
    """

    def __init__(self, mix: Mix, reminder: Samples) -> None:
        self._mix = mix
        self._reminder = reminder
        self._lock = threading.Lock()
        self._ready: deque[tuple[int, Samples]] = deque()
        """Blocks that touch, each with its first frame."""
        self._next = 0
        """The frame after the last of them."""
        self._making: Iterator[Audio] = iter(())
        self._makes = -1
        """The frame that `_making` gives next."""

    def is_ready(self, frame: int, n_frames: int) -> bool:
        """Whether so many frames, or all to the end, can be read from `frame` on."""
        with self._lock:
            return self._holds(frame) and self._next >= min(frame + n_frames, self._mix.n_frames)

    def fill(self, frame: int, ahead_frames: int = AHEAD_FRAMES) -> bool:
        """Makes one more block where less than `ahead_frames` are ready from `frame` on.

        Returns:
            whether it made one.
        """
        with self._lock:
            first = self._next if self._holds(frame) else frame
        if first >= min(frame + ahead_frames, self._mix.n_frames):
            return False
        if first != self._makes:
            self._making = self._mix.blocks(first, BLOCK_FRAMES)
        samples = next(self._making).samples
        self._makes = first + len(samples)
        with self._lock:
            if first != self._next or not self._ready:
                self._ready.clear()
            self._ready.append((first, samples))
            self._next = self._makes
            while self._ready[0][0] + len(self._ready[0][1]) <= frame:
                self._ready.popleft()
        return True

    def sound(self, run: Run) -> Samples:
        """The samples of a run, shape (frames, channels); those of a session must be ready."""
        if run.source == "silence":
            return np.zeros((run.n_frames, self._mix.n_channels), np.float32)
        last = run.first + run.n_frames
        if run.source == "reminder":
            return self._reminder[run.first : last]
        with self._lock:
            pieces = [
                samples[max(run.first - first, 0) : last - first]
                for first, samples in self._ready
                if first < last and first + len(samples) > run.first
            ]
        samples = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
        return samples if run.gain == (1.0, 1.0) else samples * _ramp(run.gain, run.n_frames)

    def _holds(self, frame: int) -> bool:
        return bool(self._ready) and self._ready[0][0] <= frame <= self._next


def _ramp(gain: tuple[float, float], n_frames: int) -> Samples:
    first, last = gain
    steps = np.arange(n_frames, dtype=np.float32) / np.float32(n_frames)
    ramp: Samples = (first + (last - first) * steps).astype(np.float32).reshape(-1, 1)
    return ramp
