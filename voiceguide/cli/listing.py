"""The text form of a timeline: one line for each segment and each cue, then the sums.

It is what `voiceguide plan` prints, and the golden files of the tests.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from voiceguide.model.timeline import Cue, Dropped, Segment, Speech, Timeline
from voiceguide.model.wording import clock, describe, fate, spoken_ms, totals

_WORDS = 36
"""Column where the words of a line begin: after its number, time, length and what it is."""
_NARROW = 60
"""Columns; below it there is no room beside all that, and words go on below the time."""


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


def _sums(timeline: Timeline) -> Iterator[str]:
    rows = [*totals(timeline).items(), ("total", timeline.duration_ms)]
    for name, ms in (*rows, ("speech in it", spoken_ms(timeline))):
        share = 100 * ms / timeline.duration_ms if timeline.duration_ms else 0
        yield f"{name:<12}{_exact(ms):>12}{share:>6.0f} %"
    yield ""
    yield f"equipment: {', '.join(timeline.equipment) or 'none'}"
    yield from map(_dropped, timeline.dropped)
    yield from (f"warning: {warning}" for warning in timeline.warnings)


def _dropped(dropped: Dropped) -> str:
    words = f' "{dropped.text}"' if dropped.text else ""
    return f"{fate(dropped)}, segment {dropped.segment}, {dropped.role}:{words} ({dropped.reason})"


def _wrap(line: str, width: int | None) -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    under_words = " " * (9 if width < _NARROW else _WORDS)
    lines = textwrap.wrap(
        line.replace("~ ", "~\N{NO-BREAK SPACE}"),
        width,
        subsequent_indent=under_words if line.startswith(" ") else "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in lines]
