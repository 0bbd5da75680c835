"""Playlists: tracks one after the other and over again, each melting into the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, count

import numpy as np
import numpy.typing as npt

from voiceguide.model.audio import Audio
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.sound.loudness import Energies, energies
from voiceguide.sound.tracks import Track, read

CROSSFADE = ms_to_frames(4000)
"""Between two tracks, and between the end of one and its beginning; half of a shorter track."""

Curve = npt.NDArray[np.float64]


def fade(at: npt.NDArray[np.int64], start: int, n_frames: int) -> Curve:
    """A rise from 0 to 1 over `n_frames` from `start` on; with its mirror image of equal power."""
    curve: Curve = np.sin(np.pi / 2 * ((at - start + 0.5) / n_frames).clip(0, 1))
    return curve


def faded(
    at: npt.NDArray[np.int64], start: int, end: int, fade_in: int, fade_out: int
) -> Curve | float:
    """How much is heard at these frames of what rises from `start` on and falls before `end`."""
    gain: Curve | float = 1.0
    if fade_in and at[0] < start + fade_in:
        gain = fade(at, start, fade_in)
    if fade_out and at[-1] >= end - fade_out:
        gain = gain * fade(-at, -(end - 1), fade_out)
    return gain


@dataclass(frozen=True, slots=True)
class Take:
    """One track where it lies in a playlist, in frames."""

    track: Track
    start: int
    fade_in: int
    """0 where it begins at once."""
    fade_out: int
    then: Track
    """The one that it melts into."""

    @property
    def end(self) -> int:
        """The first frame after it."""
        return self.start + self.track.n_frames

    def gain(self, at: npt.NDArray[np.int64]) -> Curve | float:
        """How much of it is heard at these frames."""
        return faded(at, self.start, self.end, self.fade_in, self.fade_out)


@lru_cache(maxsize=32)
def crossfade_energies(before: Track, after: Track, n_frames: int) -> Energies:
    """K-weighted energy of each ms of a crossfade at 0 LUFS.

    It is heard for this, since only then it is known: two passages that swing together, as the
    end and the beginning of a loop may, come to 3 dB more than two that do not.
    """
    at = np.arange(n_frames)
    out, into = fade(-at, 1 - n_frames, n_frames), fade(at, 0, n_frames)
    sound = read(before, before.n_frames - n_frames, n_frames) * (before.gain * out)[:, None]
    sound += read(after, 0, n_frames) * (after.gain * into)[:, None]
    return energies(Audio(sound.astype(np.float32), RATE_HZ))


@dataclass(frozen=True)
class Playlist:
    """Tracks that follow one another without end."""

    tracks: tuple[Track, ...]

    def takes(self, first: int, end: int) -> Iterator[Take]:
        """What sounds from one frame of the playlist to before another."""
        starts, period = self._starts[:-1], self._starts[-1]
        lap, within = divmod(first, period)
        latest = lap * len(starts) + bisect_right(starts, within) - 1
        for number in count(max(latest - 1, 0)):
            lap, place = divmod(number, len(starts))
            take = Take(
                self.tracks[place],
                lap * period + starts[place],
                self._crossfade(place - 1) if number else 0,
                self._crossfade(place),
                self.tracks[(place + 1) % len(self.tracks)],
            )
            if take.start >= end:
                return
            if take.end > first:
                yield take

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """Where each track begins in the first lap, and where the second lap does."""
        lengths = (
            track.n_frames - self._crossfade(place) for place, track in enumerate(self.tracks)
        )
        return tuple(accumulate(lengths, initial=0))

    def _crossfade(self, place: int) -> int:
        """Frames in which a track melts into the one after it."""
        before, after = self.tracks[place], self.tracks[(place + 1) % len(self.tracks)]
        if before.is_seamless and before == after:
            return 0
        return min(CROSSFADE, before.n_frames // 2, after.n_frames // 2)
