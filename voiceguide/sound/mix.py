"""Timeline and sounds to blocks of audio: the same for a file and for live play."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from voiceguide.model.audio import Audio, Span
from voiceguide.model.timeline import Speech, Timeline, Tone
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.sound.islands import Island, Sources, find_islands, render
from voiceguide.sound.level import Level, apply, find_level

_KEPT_ISLANDS = 8
"""Tones come again and again, and an island may span blocks; more would be memory for nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """A session as sound, 48 kHz mono, made block by block as it is asked for."""

    n_frames: int
    level: Level
    _islands: tuple[Island, ...]
    _sound_of: Callable[[Island], Audio]
    """An island at its level in the mix."""
    n_channels: int = 1
    rate_hz: int = RATE_HZ

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where there is sound, in order; outside is digital silence."""
        return tuple(island.span for island in self._islands)

    def blocks(self, start_frame: int = 0, block_frames: int = RATE_HZ) -> Iterator[Audio]:
        """The sound from `start_frame` to the end, each block but the last `block_frames` long.

        Any start and any length of block give the same samples.

        Raises:
            ValueError: a start outside the session, or a block of no frames.
        """
        if not 0 <= start_frame <= self.n_frames or block_frames < 1:
            raise ValueError(f"no blocks of {block_frames} from {start_frame}")
        starts = [island.span.start_frame for island in self._islands]
        for first in range(start_frame, self.n_frames, block_frames):
            end = min(first + block_frames, self.n_frames)
            samples = np.zeros((end - first, self.n_channels), dtype=np.float32)
            here = max(bisect_right(starts, first) - 1, 0)
            while here < len(starts) and starts[here] < end:
                self._lay(self._islands[here], samples, first)
                here += 1
            yield Audio(samples, self.rate_hz)

    def _lay(self, island: Island, samples: npt.NDArray[np.float32], first: int) -> None:
        begin = max(island.span.start_frame, first)
        end = min(island.span.end_frame, first + len(samples))
        if begin < end:
            sound = self._sound_of(island).samples
            offset = island.span.start_frame
            samples[begin - first : end - first] = sound[begin - offset : end - offset]


def mix(
    timeline: Timeline,
    clip: Callable[[Speech], Audio],
    tone: Callable[[Tone], Audio],
    *,
    level: Level | None = None,
    progress: Callable[[float], None] = lambda _done: None,
) -> Mix:
    """The mix of a timeline, measured: its blocks come at -19 LUFS, true peak under -2 dBTP.

    Args:
        timeline: with measured lengths.
        clip: the sound of a spoken cue at its speed, 48 kHz mono; the same samples for the same
            words and speed.
        tone: the sound of a tone cue, alike.
        level: what measuring these same sounds gave before; it need not be done again.
        progress: told how much of the measuring is done, 0 to 1.
    """
    sources = Sources(clip, tone)
    islands = tuple(find_islands(timeline))
    found = level or find_level(
        islands, timeline.duration_ms, lambda island: render(island, sources), progress
    )

    @lru_cache(maxsize=_KEPT_ISLANDS)
    def sound_at_level(island: Island) -> Audio:
        return apply(render(island, sources), found.gain)

    return Mix(ms_to_frames(timeline.duration_ms), found, islands, sound_at_level)
