"""The levels of a session with music: voice and tones, music, and how far it is ducked.

Everything follows from what the parts measure; nothing is mixed for it. Asked for are the loudness
of the whole, which a player levels by, and how far the music stays under the voice. Both can be
had where the voice is heard often enough. Where it speaks little, music is most of what is
measured. Then the voice grows denser (the limiter holds its peaks), then the music may go a little
further down, out of what counts; and where that is not enough it comes up to what a session of
this loudness needs, and is ducked the deeper: under the words it is as far down as was asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from voiceguide.model.units import ms_to_frames
from voiceguide.sound.ducking import Ducking
from voiceguide.sound.level import (
    CEILING_DBTP,
    GAIN_RANGE_DB,
    Level,
    Programme,
    factor,
    find_level,
)
from voiceguide.sound.loudness import HOP_MS, Energies, Hops, Meter

TARGET_LUFS = -16.0
"""Of a stereo file (`docs/script-format.md`, timing 7)."""

_DENSEST_DB = 10.0
"""So much above the level that it has alone the voice may be driven into the limiter; tones by
themselves are not."""
_SOFTEST_DB = -12.0

_CLOSE_LU = 0.03
_MOST_TURNS = 40
_NUDGES_DB = (0.0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1.0, 1.5, 2.0, 2.5, 3.0)
"""Further from the voice than was asked, tried in turn. The gate of the meter (BS.1770-4, 10 LU
under the mean) lies near music that is 15 dB under a voice heard a quarter of the time: a little
more or less decides over 5 LU of the whole, which nothing else can make up for."""
_EASINGS_DB = (0.0, 1.0, 2.0, 3.0, 4.0)
"""Less dense than the densest, tried in turn where the music has to come up."""
_HAIR_DB = 0.25
_STEADY_LU = 0.5
"""A level is steady where music a hair softer or louder changes the whole by less."""
_CEILING_SQUARE = factor(CEILING_DBTP) ** 2
_FINE_MS = 25
"""The ducking is sampled so often."""


class _Voices:
    """Energies of the islands in stereo at any gain, measured at whole dB and drawn between."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._at: dict[int, tuple[Energies, Energies]] = {}

    def at(self, gain_db: float) -> tuple[Energies, Energies]:
        """Of everything, and of the islands with speech."""
        below = math.floor(gain_db)
        share = gain_db - below
        low, high = self._relative(below), self._relative(below + 1)
        factor = 10 ** (gain_db / 10)
        whole, spoken = (
            factor * ((1 - share) * before + share * after)
            for before, after in zip(low, high, strict=True)
        )
        return whole, spoken

    def _relative(self, gain_db: int) -> tuple[Energies, Energies]:
        """The same as if it had been turned down again after the limiter."""
        if gain_db not in self._at:
            laid = self._programme.laid(10 ** (gain_db / 20))
            factor = 2 * 10 ** (-gain_db / 10)  # the same in both channels
            self._at[gain_db] = laid.whole.hops * factor, laid.spoken.hops * factor
        return self._at[gain_db]


def find_balance(
    programme: Programme,
    music: Hops,
    ducking: Ducking,
    *,
    under_db: float,
    duck_db: float,
    may_come_up: bool = True,
) -> Level:
    """The levels that bring a session with music to the target.

    Args:
        programme: voice and tones.
        music: at 0 LUFS, faded, not ducked.
        ducking: when it goes down.
        under_db: how far it is to stay under the voice.
        duck_db: how much further it goes down while somebody speaks.
        may_come_up: whether the music may carry a session that speaks little; a metronome is not
            to, which would be all peaks.
    """
    search = _Search(programme, music, ducking)
    tried = []
    for level in _candidates(search, under_db, duck_db, may_come_up=may_come_up):
        off, swing = abs(level.lufs - TARGET_LUFS), search.swing(level)
        if off < 2 * _CLOSE_LU and swing < _STEADY_LU:
            return level
        tried.append((off + swing, level))
    return min(tried, key=lambda each: each[0])[1]


def _candidates(
    search: _Search, under_db: float, duck_db: float, *, may_come_up: bool
) -> Iterator[Level]:
    """Levels in the order in which they are wanted."""
    for nudge_db in _NUDGES_DB:
        yield search.kept(under_db + nudge_db, duck_db)
    if may_come_up:
        for easing_db in _EASINGS_DB:
            yield search.raised(easing_db, under_db, duck_db)


class _Search:
    """Tries levels of one session."""

    def __init__(self, programme: Programme, music: Hops, ducking: Ducking) -> None:
        self._voices = _Voices(programme)
        self._duration_ms = programme.duration_ms
        self._alone_db = find_level(programme).gain_db
        lowest, highest = GAIN_RANGE_DB
        speaks = bool(self._voices.at(self._alone_db)[1].any())
        self._softest_db = max(self._alone_db + _SOFTEST_DB, lowest)
        self._densest_db = min(self._alone_db + _DENSEST_DB * speaks, highest)
        self._music = music
        steps = np.arange(music.energies.size * (HOP_MS // _FINE_MS)) * ms_to_frames(_FINE_MS)
        self._depths = ducking.depth(steps).reshape(music.energies.size, -1)
        self._left: dict[float, Energies] = {}

    def kept(self, under_db: float, duck_db: float) -> Level:
        """The levels with the music at a distance from the voice."""

        def at(gain_db: float) -> Level:
            return self._heard(gain_db, self._voice(gain_db) - under_db, duck_db)

        return _solve(at, self._alone_db, (self._softest_db, self._densest_db))

    def raised(self, easing_db: float, under_db: float, duck_db: float) -> Level:
        """The levels with a dense voice, and the music as near as the target wants it.

        Under the voice itself it is no nearer than asked for.
        """
        gain_db = max(self._densest_db - easing_db, self._alone_db)
        voice = self._voice(gain_db)

        def at(music_lufs: float) -> Level:
            nearer_db = under_db - (voice - music_lufs)
            return self._heard(gain_db, music_lufs, max(duck_db, nearer_db))

        return _solve(at, voice - under_db, (voice - under_db, TARGET_LUFS + 6))

    def swing(self, level: Level) -> float:
        """How much the whole changes with music a hair softer and louder."""
        assert level.music_lufs is not None
        softer, louder = (
            self._heard(level.gain_db, level.music_lufs + by_db, level.duck_db).lufs
            for by_db in (-_HAIR_DB, _HAIR_DB)
        )
        return abs(louder - softer)

    def _voice(self, gain_db: float) -> float:
        """Loudness of the speech; of the tones where nobody speaks."""
        whole, spoken = self._voices.at(gain_db)
        found = self._lufs(spoken)
        if math.isinf(found):
            found = self._lufs(whole)
        return TARGET_LUFS if math.isinf(found) else found

    def _heard(self, gain_db: float, music_lufs: float, duck_db: float) -> Level:
        whole, _ = self._voices.at(gain_db)
        # Where a peak is above the ceiling, what lies around it is turned down with it.
        left = self._ducked(duck_db) * 10 ** (music_lufs / 10)
        peaks = np.square(self._music.peaks) * left
        held = _CEILING_SQUARE / np.maximum(peaks, _CEILING_SQUARE)
        lufs = self._lufs(whole + self._music.energies * left * held)
        return Level(gain_db, lufs, music_lufs, duck_db)

    def _ducked(self, duck_db: float) -> Energies:
        """What is left of the energy of each hop."""
        if duck_db not in self._left:
            self._left = {duck_db: np.power(10, -duck_db / 10 * self._depths).mean(axis=1)}
        return self._left[duck_db]

    def _lufs(self, hops: Energies) -> float:
        meter = Meter(self._duration_ms)
        meter.add_hops(hops)
        return meter.lufs()


def _solve(level_at: Callable[[float], Level], start: float, span: tuple[float, float]) -> Level:
    """The level on target, or the nearest, for a value in a span that makes it louder."""
    low, high = span
    value = start
    level = level_at(value)
    for _ in range(_MOST_TURNS):
        missing = TARGET_LUFS - level.lufs
        if abs(missing) < _CLOSE_LU or math.isinf(missing):
            break
        if missing > 0:
            low = value
        else:
            high = value
        # A step of what is missing falls short at most, unless the gate lets something in or out.
        step = value + missing
        value = step if low < step < high else (low + high) / 2
        if missing > 0 and step >= high == span[1]:
            value = high
        if high - low < _CLOSE_LU / 10 or value == low:
            break
        level = level_at(value)
    return level
