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

CEILING_DBTP = -3.0
"""Of the mix, so that the decoded file stays under -1 dBTP whatever the codec adds: 1 dB and a
little to the voice of espeak in one of our sessions, and more where much is limited."""
BESIDE_MUSIC_DBTP = -3.5
"""Of voice and tones by themselves where there is music: it finds room above them, so that it is
not turned down with each syllable."""

GAIN_RANGE_DB = (-40.0, 20.0)
"""Clips and tones come within a few dB of the target. More than this would only bring up the
noise of a session that is meant to be hardly heard."""

_CLOSE_ENOUGH_LU = 0.1
"""Nobody hears a tenth, and each turn measures every limited island once more."""
_MOST_TURNS = 6
"""Each turn adds what the limiter took away; one or two do for speech."""

VERSION = 3
"""Counts up when the level of a session changes; the cache of levels keeps to it."""


@dataclass(frozen=True, slots=True)
class Level:
    """The gain of a session and what comes of it."""

    gain_db: float
    """Of voice and tones."""
    lufs: float
    """Integrated loudness of the mix; minus infinity where it is silent."""
    music_lufs: float | None = None
    """How loud the music is before it is ducked; None where there is none."""
    duck_db: float = 0.0
    """How far it goes down under the voice."""

    @property
    def gain(self) -> float:
        """The gain as a factor."""
        return factor(self.gain_db)

    @property
    def music_gain(self) -> float:
        """The factor of music that measures 0 LUFS."""
        return 0.0 if self.music_lufs is None else factor(self.music_lufs)


@dataclass(frozen=True, slots=True)
class _Part:
    peak: float
    energies: Energies


def apply(sound: Audio, gain: float, ceiling_dbtp: float = CEILING_DBTP) -> Audio:
    """The sound as it stands in the mix: with the gain, its true peak under the ceiling."""
    louder = Audio(sound.samples * sound.samples.dtype.type(gain), sound.rate_hz)
    return limit(louder, factor(ceiling_dbtp))


@dataclass(frozen=True, slots=True)
class Laid:
    """The loudness of a session of islands at one gain."""

    whole: Meter
    spoken: Meter
    """Of the islands with speech in them."""


class Programme:
    """The islands of a session, each measured once, and what they come to at any gain.

    Args:
        islands: in any order.
        duration_ms: of the session.
        sound_of: an island before any gain.
        progress: told how much is measured, 0 to 1.
        ceiling_dbtp: true peak at which it is held.
    """

    def __init__(
        self,
        islands: Sequence[Island],
        duration_ms: int,
        sound_of: Callable[[Island], Audio],
        progress: Callable[[float], None],
        ceiling_dbtp: float = CEILING_DBTP,
    ) -> None:
        self.duration_ms = duration_ms
        self._islands, self._sound_of = islands, sound_of
        self._ceiling_dbtp = ceiling_dbtp
        self._parts: dict[Island, _Part] = {}
        distinct = dict.fromkeys(islands)
        for island in distinct:
            sound = sound_of(island)
            self._parts[island] = _Part(true_peak(sound), energies(sound))
            progress(len(self._parts) / len(distinct))

    def laid(self, gain: float, *, limited: bool = True) -> Laid:
        """The session at a gain, with what peaks above the ceiling held, or not `limited`."""
        turned_down = {
            island: energies(apply(self._sound_of(island), gain, self._ceiling_dbtp))
            for island, part in self._parts.items()
            if limited and part.peak * gain > factor(self._ceiling_dbtp)
        }
        whole, spoken = Meter(self.duration_ms), Meter(self.duration_ms)
        for island in self._islands:
            heard = turned_down.get(island)
            if heard is None:
                heard = self._parts[island].energies * gain**2
            whole.add(island.start_ms, heard)
            if island.has_speech:
                spoken.add(island.start_ms, heard)
        return Laid(whole, spoken)


def find_level(programme: Programme) -> Level:
    """The gain that brings a session without music to the target."""
    gain_db = _towards(0.0, programme.laid(1.0, limited=False).whole.lufs())
    lufs = programme.laid(factor(gain_db)).whole.lufs()
    for _ in range(_MOST_TURNS):
        wanted = _towards(gain_db, lufs)
        if abs(TARGET_LUFS - lufs) < _CLOSE_ENOUGH_LU or wanted == gain_db:
            break
        gain_db = wanted
        lufs = programme.laid(factor(gain_db)).whole.lufs()
    return Level(gain_db, lufs)


def _towards(gain_db: float, lufs: float) -> float:
    """The gain that would bring what is so loud at `gain_db` to the target; 0 for silence."""
    if math.isinf(lufs):
        return 0.0
    lowest, highest = GAIN_RANGE_DB
    return min(max(gain_db + TARGET_LUFS - lufs, lowest), highest)


def factor(gain_db: float) -> float:
    """A gain, or a level, as a factor."""
    return float(10 ** (gain_db / 20))
