"""The text form of a timeline: one line for each segment and each cue, then the sums.

It is what `voiceguide plan` prints, and the golden files of the tests.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from voiceguide.model.timeline import Cue, Dropped, Segment, Speech, Timeline

_WORDS = 36
"""Column where the words of a line begin: after its number, time, length and what it is."""

_KINDS = ("work", "rest", "switch", "prepare", "talk", "wait")


def clock(ms: int) -> str:
    """`8:05`, `1:02:03.25`: minutes, seconds and what is left of them."""
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{text}.{rest:03}".rstrip("0") if rest else text


def listing(timeline: Timeline, width: int | None = None) -> str:
    """The timeline as text.

    Args:
        timeline: What to tell.
        width: Columns; longer lines go on in the next, under their words. None: never.
    """
    return "".join(f"{row}\n" for line in _lines(timeline) for row in _wrap(line, width))


def _lines(timeline: Timeline) -> Iterator[str]:
    yield f"{timeline.title}, {clock(timeline.duration_ms)}, spoken by {timeline.voice}"
    if timeline.estimated:
        yield "Lengths of speech are estimates."
    cues: dict[int, list[Cue]] = {}
    for cue in timeline.cues:
        cues.setdefault(cue.segment, []).append(cue)
    block = None
    for segment in timeline.segments:
        if segment.block != block or segment.index == 0:
            block = segment.block
            yield ""
            if block is not None:
                yield block
        yield _segment(segment)
        yield from map(_cue, cues.get(segment.index, ()))
    yield ""
    yield from _sums(timeline)


def _segment(segment: Segment) -> str:
    return f"{segment.index:>4}{_span(segment)}  {segment.kind:<11}{describe(segment)}".rstrip()


def _cue(cue: Cue) -> str:
    if isinstance(cue, Speech):
        form = "" if cue.form == "full" else f" [{cue.form}]"
        speed = "" if cue.speed == 1.0 else f" [x{cue.speed:g}]"
        words = f'"{cue.text}"{form}{speed}'
    else:
        words = f"~ {cue.sound}"
    return f"    {_span(cue)}   {cue.role:<10}{words}"


def _span(item: Segment | Cue) -> str:
    return f" {_exact(item.start_ms):>10} {(item.end_ms - item.start_ms) / 1000:>7.3f}"


def _exact(ms: int) -> str:
    """As `clock`, and always to the millisecond, so that columns stand below each other."""
    return f"{clock(ms - ms % 1000)}.{ms % 1000:03}"


def describe(segment: Segment) -> str:
    """What a segment is, in words: `Reverse lunge, left, 8 reps, set 1 of 2`."""
    return ", ".join(_particulars(segment))


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
        yield f"{segment.reps} {segment.unit or 'reps'}"
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


def _sums(timeline: Timeline) -> Iterator[str]:
    sums = dict.fromkeys(_KINDS, 0)
    for segment in timeline.segments:
        sums[segment.kind] += segment.length_ms
    rows = [(kind, ms) for kind, ms in sums.items() if ms or kind in {"work", "rest"}]
    spoken = sum(cue.end_ms - cue.start_ms for cue in timeline.speech)
    for name, ms in (*rows, ("total", timeline.duration_ms), ("speech in it", spoken)):
        share = 100 * ms / timeline.duration_ms if timeline.duration_ms else 0
        yield f"{name:<12}{_exact(ms):>12}{share:>6.0f} %"
    yield ""
    yield f"equipment: {', '.join(timeline.equipment) or 'none'}"
    yield from map(_dropped, timeline.dropped)
    yield from (f"warning: {warning}" for warning in timeline.warnings)


def _dropped(dropped: Dropped) -> str:
    fate = "left out" if dropped.form is None else "shortened"
    words = f' "{dropped.text}"' if dropped.text else ""
    return f"{fate}, segment {dropped.segment}, {dropped.role}:{words} ({dropped.reason})"


def _wrap(line: str, width: int | None) -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    indent = " " * _WORDS if line.startswith(" ") else "  "
    return textwrap.wrap(
        line, max(width, 2 * _WORDS), subsequent_indent=indent, break_on_hyphens=False
    )
