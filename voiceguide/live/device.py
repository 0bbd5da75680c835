"""Where the sound goes: a contract, and the device that is a clock and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from voiceguide.model.units import RATE_HZ

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

    Pull = Callable[[int], Samples]
    """Gives the next frames: float32, shape (frames, channels)."""


_STOPPED_S = 1.0
"""So late only a process is that was stopped: what it missed is not caught up with."""


class Device(Protocol):
    """Takes sound as fast as it is heard."""

    name: str
    latency_ms: float
    """From when a frame is pulled to when it is heard, about: what it holds in its buffers."""
    slack_ms: float
    """How late a block may be pulled before there is a gap in the sound."""

    @property
    def lost(self) -> bool:
        """Whether it has stopped by itself."""

    def open(self, pull: Pull, n_channels: int) -> None:
        """Begins to pull, in a thread of its own, at 48 kHz.

        Raises:
            PlaybackError: there is no such device, or it cannot be opened.
        """

    def close(self) -> None:
        """Pulls no more. A closed device may be opened again."""


class NullDevice:
    """Pulls in real time, and lets nothing be heard.

    Each block is pulled at its moment since the first, so that lateness never adds up.

    Args:
        now: a clock that never goes back, in seconds.
        sleep: waits so many seconds.
    """

    name = "null"
    latency_ms = 0.0
    slack_ms = 75.0
    """It has no buffers, and forgives what a sound card would."""
    lost = False
    block_frames = RATE_HZ // 100

    def __init__(self, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._now, self._sleep = now, sleep
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    def open(self, pull: Pull, n_channels: int) -> None:  # noqa: ARG002 - it drops any number
        """See `Device.open`."""
        self._closing.clear()
        self._thread = threading.Thread(target=self._run, args=(pull,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """See `Device.close`."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, pull: Pull) -> None:
        began = self._now()
        pulled = 0
        while not self._closing.is_set():
            pull(self.block_frames)
            pulled += self.block_frames
            ahead_s = began + pulled / RATE_HZ - self._now()
            if ahead_s < -_STOPPED_S:
                began -= ahead_s
            self._sleep(max(ahead_s, 0.0))
