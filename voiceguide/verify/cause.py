"""The one cause that explains what is wrong with a file: cut, late, too fast, or another session.

Each guess says where in the file a moment of the timeline would be; it holds where nearly all that
is due is found there.
"""

from __future__ import annotations

import numpy as np

from voiceguide.model.timeline import Timeline
from voiceguide.model.units import FRAMES_PER_MS
from voiceguide.model.wording import clock
from voiceguide.verify.events import Events, Holds, of_onsets, of_tones
from voiceguide.verify.listening import Heard
from voiceguide.verify.places import LOUD, heard_cues
from voiceguide.verify.wording import length

_NEARLY_ALL = 0.9
_FEW = 0.5
"""Share of what is due: less of it is found where the sound is that of another session."""
_LEAST_EVENTS = 3
_LEAST_MS = 5
_LEAST_SPEED = 0.0005
_STRETCHED_MS = 40
"""Stretching in time moves sounds by so much against each other."""
_PADDING_MS = 60
"""A file that was cut between two frames of its codec lasts so much longer than what is in it."""


def find_cause(timeline: Timeline, heard: Heard) -> str | None:
    """What is wrong with the file, in one sentence; None where nothing alone explains it.

    Args:
        timeline: of the session.
        heard: with our tones looked for everywhere.
    """
    if not (heard.levels > LOUD).any():
        return "The file is silent." if heard_cues(timeline) else None
    more_ms = heard.n_frames / FRAMES_PER_MS - timeline.duration_ms
    several = [
        events
        for events in (of_tones(timeline, heard), of_onsets(timeline, heard))
        if len(events.due) >= _LEAST_EVENTS
    ]
    for events in several:
        cause = (
            _cut(events, more_ms)
            or _speed(events, timeline.duration_ms, more_ms)
            or _shift(events, heard.levels.size)
        )
        if cause:
            return cause
    if several and all(map(_is_of_another, several)):
        return "The sound is not that of this timeline: it may be of another session."
    return None


def _cut(events: Events, more_ms: float) -> str | None:
    """A stretch that is missing, or too much: before it all is in its place, after it moved."""
    if abs(more_ms) < _LEAST_MS:
        return None
    moved_ms = events.shift_ms(more_ms, _PADDING_MS)
    moved = events.holds(lambda at_ms: at_ms + moved_ms)
    first, after = _best_cut(events, _as_due(events), moved, max(-moved_ms, 0.0))
    held = int(_as_due(events)[:first].sum() + moved[after:].sum())
    n_counted = first + len(events.due) - after
    if n_counted == 0 or held < n_counted * _NEARLY_ALL:
        return None
    missing, at_end = more_ms < 0, after == len(events.due)
    is_exact = at_end or abs(moved_ms - more_ms) <= events.within_ms
    much = length(abs(more_ms if is_exact else moved_ms))
    if at_end:
        return f"The last {much} are missing." if missing else f"{much} too much at the end."
    if first == 0:
        return f"The first {much} are missing." if missing else f"Everything is {much} late."
    place = f"after {clock(round(events.moments[first - 1]))}"
    return f"{much} {'are missing' if missing else 'too much'} {place}."


def _best_cut(events: Events, as_due: Holds, moved: Holds, gone_ms: float) -> tuple[int, int]:
    """Where a cut explains most: how many events are before it, and the first one after it."""
    moments = events.moments
    first = np.arange(moments.size + 1)
    after = np.searchsorted(moments, np.append(moments, np.inf) + gone_ms)
    before_holds = np.append(0, np.cumsum(as_due))
    after_holds = np.append(np.cumsum(moved[::-1])[::-1], 0)
    n_counted = first + moments.size - after
    best = int(np.argmax(before_holds + after_holds[after] - n_counted * _NEARLY_ALL))
    return best, int(after[best])


def _speed(events: Events, duration_ms: int, more_ms: float) -> str | None:
    """Another speed from end to end, whether its pitch was kept or not."""
    speed = duration_ms / (duration_ms + more_ms)
    if abs(speed - 1) < _LEAST_SPEED:
        return None
    holds = events.holds(lambda at_ms: at_ms / speed, within_ms=_STRETCHED_MS)
    if holds.mean() < _NEARLY_ALL:
        return None
    return f"The file runs {abs(speed - 1) * 100:.1f} % {'fast' if speed > 1 else 'slow'}."


def _shift(events: Events, length_ms: int) -> str | None:
    """Everything so much later, or earlier, as far as the file goes."""
    late_ms = events.shift_ms()
    if abs(late_ms) < _LEAST_MS or _as_due(events).mean() >= _NEARLY_ALL:
        return None
    places = events.moments + late_ms
    inside = (places >= 0) & (places < length_ms)
    holds = events.holds(lambda at_ms: at_ms + late_ms)[inside]
    if not holds.size or holds.mean() < _NEARLY_ALL:
        return None
    return f"Everything is {length(abs(late_ms))} {'late' if late_ms > 0 else 'early'}."


def _as_due(events: Events) -> Holds:
    return events.holds(lambda at_ms: at_ms)


def _is_of_another(events: Events) -> bool:
    """Whether much was found, and little of it where it is due."""
    n_found = sum(map(len, events.found.values()))
    return n_found >= _LEAST_EVENTS and float(_as_due(events).mean()) < _FEW
