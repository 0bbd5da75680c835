"""Live play without time and sound: a clock that is moved, and a device that keeps what it gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.model.units import RATE_HZ

if TYPE_CHECKING:
    from voiceguide.live.device import Pull
    from voiceguide.model.audio import Samples


class VirtualClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self._now = 0.0
        self._watching: list[Callable[[float], None]] = []

    def now(self) -> float:
        """Seconds since the clock was made."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Moves the clock; whoever watches does what falls due."""
        until = self._now + seconds
        for watch in self._watching:
            watch(until)
        self._now = until

    def set(self, now: float) -> None:
        """A moment within a sleep, as a watcher comes to it."""
        self._now = now

    def watch(self, watch: Callable[[float], None]) -> None:
        """Has `watch` called with the moment that each sleep ends at."""
        self._watching.append(watch)


class RecordingDevice:
    """Keeps what a sound card would have got, on a virtual clock.

    Args:
        clock: what pulls: each block at its moment.
        block_frames: frames of each pull.
        late_s: how late every pull comes.
    """

    name = "recording"
    latency_ms = 0.0
    slack_ms = 75.0

    def __init__(
        self, clock: VirtualClock, *, block_frames: int = 480, late_s: float = 0.0
    ) -> None:
        self._clock, self._block_frames, self._late_s = clock, block_frames, late_s
        self._pull: Pull | None = None
        self._due = 0.0
        self._blocks: list[Samples] = []
        self.lost = False
        self.opened = 0
        """How often it was opened."""
        clock.watch(self._until)

    @property
    def samples(self) -> Samples:
        """All that was sent, shape (frames, channels)."""
        return np.concatenate(self._blocks) if self._blocks else np.zeros((0, 1), np.float32)

    def open(self, pull: Pull, n_channels: int) -> None:  # noqa: ARG002 - as many as come
        """See `Device.open`."""
        self._pull, self._due, self.lost = pull, self._clock.now(), False
        self.opened += 1

    def close(self) -> None:
        """See `Device.close`."""
        self._pull = None

    def _until(self, end: float) -> None:
        while self._pull is not None and not self.lost and self._due + self._late_s < end:
            self._clock.set(self._due + self._late_s)
            self._blocks.append(self._pull(self._block_frames))
            self._due += self._block_frames / RATE_HZ
