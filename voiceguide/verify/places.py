"""What was heard, beside the timeline: which tone is which, where there is a pause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from voiceguide.model.timeline import Cue, Speech, Timeline, Tone
from voiceguide.verify.listening import REACH_MS, Heard
from voiceguide.verify.patterns import Pattern, ours, patterns
from voiceguide.verify.tones import SURELY, Sighting, told_apart

LOUD = 10 ** (-50 / 20)
"""-50 dBFS, linear: above it is sound, below it silence (`docs/script-format.md`, timing 7)."""
RINGS_MS = 80
"""So long after a cue it may still be heard (the same)."""
_AS_LOUD = 0.6
"""All tones of a session have one gain; the limiter takes 3.4 dB of some (measured)."""
AHEAD_MS = 20
"""So long before a sound its codec may be heard: Vorbis 16 ms, MP3 and Opus under 5 (measured)."""


def is_heard(timeline: Timeline, cue: Cue) -> bool:
    """Whether a cue makes a sound: of what is spoken, the silent engine gives recordings only."""
    if isinstance(cue, Tone) or cue.file is not None:
        return True
    return not (cue.voice or timeline.voice).startswith("silent:")


def heard_cues(timeline: Timeline) -> tuple[Cue, ...]:
    """The cues that make a sound, in order."""
    return tuple(cue for cue in timeline.cues if is_heard(timeline, cue))


@dataclass(frozen=True, slots=True)
class Matched:
    """A tone of the timeline and where it was found; None where it was not."""

    tone: Tone
    found: Sighting | None
    under_speech: bool
    """Words are spoken over it: that it is not found says nothing."""

    @property
    def late_ms(self) -> float:
        """How far after its place it was found; below 0 before."""
        return 0.0 if self.found is None else self.found.at_ms - self.tone.start_ms


def match(
    timeline: Timeline, sightings: Sequence[Sighting], likeness: float
) -> tuple[Matched, ...]:
    """Each tone of ours, with what is heard like it nearest to its place.

    Args:
        timeline: of the session.
        sightings: of its patterns.
        likeness: the least that counts.
    """
    by_pattern: defaultdict[Pattern, list[Sighting]] = defaultdict(list)
    for sighting in sorted(sightings, key=lambda sighting: sighting.at_ms):
        if sighting.likeness >= likeness:
            by_pattern[sighting.pattern].append(sighting)
    due = ours(timeline)
    spoken = [cue for cue in heard_cues(timeline) if isinstance(cue, Speech)]
    return tuple(
        Matched(
            tone,
            _nearest(by_pattern[pattern], tone.start_ms),
            under_speech=_is_under(spoken, tone),
        )
        for tone, pattern in zip(due, patterns(due), strict=True)
    )


def _is_under(spoken: Sequence[Speech], tone: Tone) -> bool:
    """Whether a spoken cue overlaps the tone; no two of them overlap each other."""
    first = bisect_right(spoken, tone.start_ms, key=lambda cue: cue.end_ms)
    return first < len(spoken) and spoken[first].start_ms < tone.end_ms


def _nearest(sightings: Sequence[Sighting], at_ms: float) -> Sighting | None:
    here = bisect_left(sightings, at_ms, key=lambda sighting: sighting.at_ms)
    near = sightings[max(here - 1, 0) : here + 1]
    found = min(near, key=lambda sighting: abs(sighting.at_ms - at_ms), default=None)
    return found if found and abs(found.at_ms - at_ms) <= REACH_MS else None


def extra(timeline: Timeline, heard: Heard, matched: Sequence[Matched]) -> tuple[Sighting, ...]:
    """Tones that are surely there, and in no cue of the timeline.

    A note of the music may be like a tone of ours, but is softer.
    """
    known = [one.found for one in matched if one.found]
    due = sorted(
        [
            *((cue.start_ms - AHEAD_MS, cue.end_ms) for cue in heard_cues(timeline)),
            *((tone.at_ms - AHEAD_MS, tone.end_ms) for tone in known),
        ]
    )
    starts = [first_ms for first_ms, _ in due]
    ends = list(accumulate((end_ms for _, end_ms in due), max))

    def is_due(sighting: Sighting) -> bool:
        begun = bisect_right(starts, sighting.at_ms)
        return begun > 0 and ends[begun - 1] > sighting.at_ms

    gains = [one.gain for one in known]
    least = median(gains) * _AS_LOUD if timeline.music_ms and gains else 0.0
    sure = [
        one
        for one in heard.sightings
        if one.likeness >= SURELY and one.gain >= least and not is_due(one)
    ]
    return told_apart(sure)


def pauses(timeline: Timeline, heard: Heard) -> Iterator[tuple[int, int]]:
    """Where nothing is due, from one ms to another, as far as the file goes."""
    last_ms = min(timeline.duration_ms, heard.levels.size)
    quiet_ms = 0
    cues = ((cue.start_ms, cue.end_ms) for cue in heard_cues(timeline))
    for due_ms, over_ms in sorted((*cues, *timeline.music_ms)):
        if quiet_ms < (end_ms := min(due_ms - AHEAD_MS, last_ms)):
            yield quiet_ms, end_ms
        quiet_ms = max(quiet_ms, over_ms + RINGS_MS)
    if quiet_ms < last_ms:
        yield quiet_ms, last_ms


def is_under_music(timeline: Timeline, cue: Cue) -> bool:
    """Whether music is heard with a cue, or so near that it is heard with its edges."""
    spans = timeline.music_ms
    first = bisect_right(spans, cue.start_ms - AHEAD_MS - RINGS_MS, key=lambda span: span[1])
    return first < len(spans) and spans[first][0] < cue.end_ms + AHEAD_MS
