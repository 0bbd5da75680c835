"""The gain of a whole session, worked out from its parts before anything is mixed.

One constant gain for everything, so that sentences keep their natural level; what peaks above the
ceiling then is turned down by the limiter, for some milliseconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voiceguide.model.audio import Audio
from voiceguide.sound.islands import Island
from voiceguide.sound.limiter import limit, true_peak
from voiceguide.sound.loudness import Energies, Meter, energies

TARGET_LUFS = -19.0
"""Of a mono file: as loud on two speakers as -16 in stereo (`docs/script-format.md`, timing 7)."""

CEILING_DBTP = -2.0
"""Of the mix, so that the decoded file stays under -1 dBTP whatever the codec adds."""

GAIN_RANGE_DB = (-40.0, 20.0)
"""Clips and tones come within a few dB of the target. More than this would only bring up the
noise of a session that is meant to be hardly heard."""

_CLOSE_ENOUGH_LU = 0.1
"""Nobody hears a tenth, and each turn measures every limited island once more."""
_MOST_TURNS = 6
"""Each turn adds what the limiter took away; one or two do for speech."""

VERSION = 1
"""Counts up when the level of a session changes; the cache of levels keeps to it."""


@dataclass(frozen=True, slots=True)
class Level:
    """The gain of a session and what comes of it."""

    gain_db: float
    lufs: float
    """Integrated loudness of the mix; minus infinity where it is silent."""

    @property
    def gain(self) -> float:
        """The gain as a factor."""
        return float(10 ** (self.gain_db / 20))


@dataclass(frozen=True, slots=True)
class _Part:
    peak: float
    energies: Energies


def apply(sound: Audio, gain: float) -> Audio:
    """The sound as it stands in the mix: with the gain, its true peak under the ceiling."""
    return limit(Audio(sound.samples * sound.samples.dtype.type(gain), sound.rate_hz), _ceiling())


def find_level(
    islands: Sequence[Island],
    duration_ms: int,
    sound_of: Callable[[Island], Audio],
    progress: Callable[[float], None],
) -> Level:
    """The gain that brings the session to the target.

    Args:
        islands: in any order; equal ones are measured once.
        duration_ms: of the session.
        sound_of: an island before any gain.
        progress: told how much is done, 0 to 1.
    """
    distinct = dict.fromkeys(islands)
    parts: dict[Island, _Part] = {}
    for island in distinct:
        sound = sound_of(island)
        parts[island] = _Part(true_peak(sound), energies(sound))
        progress(len(parts) / len(distinct))

    def measure(gain: float, *, whole: bool = True) -> float:
        limited = {
            island: energies(apply(sound_of(island), gain))
            for island, part in parts.items()
            if whole and part.peak * gain > _ceiling()
        }
        meter = Meter(duration_ms)
        for island in islands:
            heard = limited.get(island)
            if heard is None:
                heard = parts[island].energies * gain**2
            meter.add(island.start_ms, heard)
        return meter.lufs()

    gain_db = _towards(0.0, measure(1.0, whole=False))
    lufs = measure(10 ** (gain_db / 20))
    for _ in range(_MOST_TURNS):
        wanted = _towards(gain_db, lufs)
        if abs(TARGET_LUFS - lufs) < _CLOSE_ENOUGH_LU or wanted == gain_db:
            break
        gain_db = wanted
        lufs = measure(10 ** (gain_db / 20))
    return Level(gain_db, lufs)


def _towards(gain_db: float, lufs: float) -> float:
    """The gain that would bring what is so loud at `gain_db` to the target; 0 for silence."""
    if math.isinf(lufs):
        return 0.0
    lowest, highest = GAIN_RANGE_DB
    return min(max(gain_db + TARGET_LUFS - lufs, lowest), highest)


def _ceiling() -> float:
    return float(10 ** (CEILING_DBTP / 20))
