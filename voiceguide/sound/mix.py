"""Timeline and sounds to blocks of audio: the same for a file and for live play.

Without music a session is islands of sound, each limited by itself, in digital silence. With music
it is stereo: the islands in the middle, and the sum limited second by second, each with as much
of its neighbours as the limiter looks at. Either way any place of it can be made alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from voiceguide.model.audio import Audio, Span
from voiceguide.model.timeline import Speech, Timeline, Tone
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.sound.balance import find_balance
from voiceguide.sound.islands import Island, Sources, find_islands, render
from voiceguide.sound.level import (
    BESIDE_MUSIC_DBTP,
    CEILING_DBTP,
    Level,
    Programme,
    apply,
    factor,
    find_level,
)
from voiceguide.sound.limiter import SIGHT, limit
from voiceguide.sound.loudness import Hops
from voiceguide.sound.music import Music, column, music
from voiceguide.sound.tracks import Track

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples
    from voiceguide.sound.music import Score

_KEPT_ISLANDS = 8
"""Tones come again and again, and an island may span blocks; more would be memory for nothing."""

_PIECE = RATE_HZ
"""With music the sound is made in pieces of so many frames, counted from the start."""


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """A session as sound, 48 kHz, made block by block as it is asked for."""

    n_frames: int
    level: Level
    _islands: tuple[Island, ...]
    _sound_of: Callable[[Island], Audio]
    """An island at its level in the mix."""
    _music: Music | None = None
    rate_hz: int = RATE_HZ

    @property
    def n_channels(self) -> int:
        """1 for mono, 2 for stereo: with music."""
        return 1 if self._music is None else 2

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where there is sound, in order; outside is digital silence."""
        if self._music is not None:
            return (Span(0, self.n_frames, "everything"),)
        return tuple(island.span for island in self._islands)

    def blocks(self, start_frame: int = 0, block_frames: int = RATE_HZ) -> Iterator[Audio]:
        """The sound from `start_frame` to the end, each block but the last `block_frames` long.

        Any start and any length of block give the same samples.

        Raises:
            ValueError: a start outside the session, or a block of no frames.
        """
        if not 0 <= start_frame <= self.n_frames or block_frames < 1:
            raise ValueError(f"no blocks of {block_frames} from {start_frame}")
        make = self._voices if self._music is None else self._pieces()
        for first in range(start_frame, self.n_frames, block_frames):
            yield Audio(make(first, min(first + block_frames, self.n_frames)), self.rate_hz)

    def _voices(self, first: int, end: int) -> Samples:
        """Voice and tones from one frame to before another, shape (frames, 1)."""
        samples = np.zeros((end - first, 1), dtype=np.float32)
        here = max(bisect_right(self._islands, first, key=_start) - 1, 0)
        while here < len(self._islands) and _start(self._islands[here]) < end:
            self._lay(self._islands[here], samples, first)
            here += 1
        return samples

    def _lay(self, island: Island, samples: npt.NDArray[np.float32], first: int) -> None:
        begin = max(island.span.start_frame, first)
        end = min(island.span.end_frame, first + len(samples))
        if begin < end:
            sound = self._sound_of(island).samples
            offset = island.span.start_frame
            samples[begin - first : end - first] = sound[begin - offset : end - offset]

    def _pieces(self) -> Callable[[int, int], Samples]:
        """What makes the sound with music, shape (frames, 2), and keeps the pieces it is at."""
        raw = lru_cache(maxsize=3)(self._sum)

        @lru_cache(maxsize=2)
        def piece(number: int) -> Samples:
            parts = (raw(number - 1)[-SIGHT:], raw(number), raw(number + 1)[:SIGHT])
            wide = Audio(np.concatenate(parts), self.rate_hz)
            return limit(wide, factor(CEILING_DBTP)).samples[SIGHT : SIGHT + _PIECE]

        def make(first: int, end: int) -> Samples:
            numbers = range(first // _PIECE, -(-end // _PIECE))
            joined = np.concatenate([piece(number) for number in numbers])
            skipped = first - numbers[0] * _PIECE
            return joined[skipped : skipped + end - first]

        return make

    def _sum(self, number: int) -> Samples:
        """Everything in one piece, not limited; silence outside the session."""
        assert self._music is not None
        first, end = number * _PIECE, min((number + 1) * _PIECE, self.n_frames)
        samples = np.zeros((_PIECE, 2), dtype=np.float32)
        if 0 <= first < end:
            heard = samples[: end - first]
            depth = self._music.ducking.depth_over(first, len(heard))
            ducked = self.level.music_gain * 10 ** (-self.level.duck_db / 20 * depth)
            heard += self._music.samples(first, len(heard)) * column(ducked)
            heard += self._voices(first, end)
        return samples


def _start(island: Island) -> int:
    return island.span.start_frame


def mix(
    timeline: Timeline,
    clip: Callable[[Speech], Audio],
    tone: Callable[[Tone], Audio],
    *,
    score: Score | None = None,
    hops_of: Callable[[Track], Hops] | None = None,
    level: Level | None = None,
    progress: Callable[[float], None] = lambda _done: None,
) -> Mix:
    """The mix of a timeline, measured: -19 LUFS, with music -16; true peak under -3 dBTP.

    Args:
        timeline: with measured lengths.
        clip: the sound of a spoken cue at its speed, 48 kHz mono; the same samples for the same
            words and speed.
        tone: the sound of a tone cue, alike.
        score: its music.
        hops_of: what was measured of a track; wanted where there is music and no `level`.
        level: what measuring these same sounds gave before; it need not be done again.
        progress: told how much of the measuring is done, 0 to 1.
    """
    sources = Sources(clip, tone)
    islands = tuple(find_islands(timeline))
    played = None if score is None else music(score, timeline)
    ceiling_dbtp = CEILING_DBTP if played is None else BESIDE_MUSIC_DBTP

    def measure() -> Level:
        programme = Programme(
            islands,
            timeline.duration_ms,
            lambda island: render(island, sources),
            progress,
            ceiling_dbtp,
        )
        if played is None:
            return find_level(programme)
        assert hops_of is not None
        return find_balance(
            programme,
            played.hops(timeline.duration_ms, hops_of),
            played.ducking,
            under_db=played.score.under_voice_db,
            duck_db=played.score.duck_db,
            may_come_up=bool(played.score.tracks),
        )

    found = level or measure()

    @lru_cache(maxsize=_KEPT_ISLANDS)
    def sound_at_level(island: Island) -> Audio:
        return apply(render(island, sources), found.gain, ceiling_dbtp)

    return Mix(ms_to_frames(timeline.duration_ms), found, islands, sound_at_level, played)
