"""What is due when and what was found when, to be laid beside each other at any shift or speed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voiceguide.model.timeline import Timeline
from voiceguide.verify.listening import Heard
from voiceguide.verify.patterns import ours, patterns
from voiceguide.verify.places import AHEAD_MS, LOUD, RINGS_MS, heard_cues, is_under_music
from voiceguide.verify.tones import MAYBE, SURELY

_TONE_MS = 5
_SPEECH_MS = 60
"""From the start of a spoken cue to its sound, and to what it is from one voice to another."""
_VOTERS = 600
"""A shift is told by the first ten minutes."""
_BIN_MS = 10

Moments = npt.NDArray[np.float64]
Holds = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Events:
    """Moments of a timeline, and moments of a file that may be the same."""

    due: tuple[tuple[Hashable, float], ...]
    """What it is and when, in ms; in order."""
    found: Mapping[Hashable, Moments]
    """When each was heard, in ms; in order."""
    within_ms: float

    @property
    def moments(self) -> Moments:
        """When each is due."""
        return np.array([at_ms for _, at_ms in self.due])

    def holds(self, place: Callable[[float], float], *, within_ms: float = 0.0) -> Holds:
        """For each that is due, whether it was found where `place` says."""
        within_ms = max(within_ms, self.within_ms)
        return np.array(
            [self._is_at(what, place(at_ms), within_ms) for what, at_ms in self.due], dtype=bool
        )

    def _is_at(self, what: Hashable, at_ms: float, within_ms: float) -> bool:
        found = self.found.get(what, np.zeros(0))
        first, end = np.searchsorted(found, (at_ms - within_ms, at_ms + within_ms))
        return bool(first < end)

    def shift_ms(self, near_ms: float = 0.0, within_ms: float = np.inf) -> float:
        """How much later most was found than it is due.

        Args:
            near_ms: only shifts like this one are thought of; the answer where there is none.
            within_ms: how far from it.
        """
        pairs = [self.found[w] - at_ms for w, at_ms in self.due[:_VOTERS] if w in self.found]
        every = np.concatenate([np.zeros(0), *pairs])
        every = every[np.abs(every - near_ms) <= within_ms]
        if not every.size:
            return near_ms
        bins, counts = np.unique(np.round(every / _BIN_MS), return_counts=True)
        most = bins[np.argmax(counts)] * _BIN_MS
        return float(np.median(every[np.abs(every - most) <= _BIN_MS]))


def of_tones(timeline: Timeline, heard: Heard) -> Events:
    """Our tones, which tell of a shift to the millisecond."""
    due = ours(timeline)
    likeness = MAYBE if timeline.music_ms else SURELY
    found: defaultdict[Hashable, list[float]] = defaultdict(list)
    for one in heard.sightings:
        if one.likeness >= likeness:
            found[one.pattern].append(one.at_ms)
    return Events(
        tuple((pattern, tone.start_ms) for tone, pattern in zip(due, patterns(due), strict=True)),
        {pattern: np.sort(places) for pattern, places in found.items()},
        _TONE_MS,
    )


def of_onsets(timeline: Timeline, heard: Heard) -> Events:
    """Where sound begins after a pause: tells of a session without tones, or of another pitch."""
    due: list[tuple[Hashable, float]] = []
    end_ms = -RINGS_MS
    for cue in heard_cues(timeline):
        if cue.start_ms - end_ms >= RINGS_MS + AHEAD_MS and not is_under_music(timeline, cue):
            due.append(("", float(cue.start_ms)))
        end_ms = max(end_ms, cue.end_ms)
    loud = np.flatnonzero(heard.levels > LOUD)
    begun = loud[np.diff(loud, prepend=-RINGS_MS - 1) > RINGS_MS]
    return Events(tuple(due), {"": begun.astype(np.float64)}, _SPEECH_MS)
