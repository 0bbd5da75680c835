"""A timeline in plain words: times, segments, sums. What a listing and a page say alike."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.model.timeline import Dropped, Segment, SegmentKind, Timeline

KINDS: tuple[SegmentKind, ...] = ("work", "rest", "switch", "prepare", "talk", "wait")
"""In the order in which they are told."""

_SINGULARS = {"reps": "rep", "steps": "step", "breaths": "breath"}


def clock(ms: int) -> str:
    """`8:05`, `1:02:03.25`: minutes, seconds and what is left of them."""
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{text}.{rest:03}".rstrip("0") if rest else text


def describe(segment: Segment) -> str:
    """What a segment is, in words: `Reverse lunge, left, 8 reps, set 1 of 2`."""
    return ", ".join(_particulars(segment))


def counted_reps(reps: int, unit: str | None) -> str:
    """`8 reps`, `1 rep`, `12 steps`; a unit of the author's own is as it was written."""
    unit = unit or "reps"
    return f"{reps} {_SINGULARS.get(unit, unit) if reps == 1 else unit}"


def fate(dropped: Dropped) -> str:
    """What became of a cue that was not said as it was meant."""
    return "left out" if dropped.form is None else "shortened"


def totals(timeline: Timeline) -> dict[SegmentKind, int]:
    """How long each kind of segment lasts in all, in ms; only kinds that come, work and rest."""
    sums = dict.fromkeys(KINDS, 0)
    for segment in timeline.segments:
        sums[segment.kind] += segment.length_ms
    return {kind: ms for kind, ms in sums.items() if ms or kind in {"work", "rest"}}


def spoken_ms(timeline: Timeline) -> int:
    """How long somebody speaks in all, in ms."""
    return sum(cue.end_ms - cue.start_ms for cue in timeline.speech)


def _particulars(segment: Segment) -> Iterator[str]:
    if segment.label:
        yield segment.label
    if segment.side:
        yield "sides in turn" if segment.side == "alternate" else segment.side
    if segment.kind == "work":
        yield from _amount(segment)
    if segment.set and (segment.sets or 1) > 1:
        yield f"set {segment.set} of {segment.sets}"
    if segment.round and (segment.rounds or 1) > 1:
        yield f"round {segment.round} of {segment.rounds}"


def _amount(segment: Segment) -> Iterator[str]:
    if segment.reps is not None:
        yield counted_reps(segment.reps, segment.unit)
    if segment.hold_ms is not None:
        yield f"hold {segment.hold_ms / 1000:g} s"
    if segment.own_pace:
        yield "own pace"
    elif segment.tempo is not None:
        yield f"tempo {segment.tempo}"
    if segment.distance:
        yield segment.distance
    if segment.target:
        yield segment.target
