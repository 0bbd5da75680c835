"""A session as a picture: time runs in rows as music does, and the harder the work the taller.

The cover of a file, the file of `plan --svg` and the head of the page of `plan --html` are one
picture in different forms: the same rows, bars and marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from voiceguide.export import rows
from voiceguide.export.grid import RUN, Grid, scale
from voiceguide.export.rows import HEIGHTS, MARK, SMALL
from voiceguide.export.shapes import Box, Paint, Picture, Text, wrap
from voiceguide.model.timeline import Timeline
from voiceguide.model.wording import clock, fate, spoken_ms, totals


@dataclass(frozen=True, slots=True)
class Form:
    """What a picture is for."""

    margin: float
    alone: bool
    """Length and title stand above the rows, and below the small print a legend."""
    height: float | None = None
    """The rows share what there is; None: as high as needed, with small print."""


COVER = Form(margin=36, alone=True, height=600)
"""A square that players show at 40 to 600 pixels."""
SHEET = Form(margin=36, alone=True)
"""A picture to be read at the width of a phone: names, a time axis, a legend."""
PAGE = Form(margin=0, alone=False)
"""The same in a page that has margins, a heading and a legend of its own."""

_LENGTH = 116
_TITLE = 44
"""Sizes of text."""
_TALLEST = 68
_ABOVE = 34
"""A bar with small print, and what is above it in its row."""
_BETWEEN = 16
"""Two rows without small print."""
_BELOW = 48
"""Of the bars with small print: marks and axis."""
_LEGEND = 34
"""From one line of the legend to the next."""
_GUTTER = 40
"""Between the two columns of the legend."""
_MOST_SAID = 3
"""Lines of a list in words."""


def draw(timeline: Timeline, form: Form) -> Picture:
    """The picture of a session; the number of its shapes has a bound, whatever the session's."""
    head = list(_head(timeline, form.margin)) if form.alone else []
    grid = _grid(timeline.duration_ms, form, head[-1].y if head else -SMALL)
    shapes: list[Box | Text] = [
        *head,
        *rows.staves(grid),
        *rows.bars(timeline, grid),
        *rows.voice(timeline, grid),
    ]
    height = form.height
    if height is None:
        foot = grid.floor(grid.n_rows - 1) + _BELOW
        legend = list(_legend(timeline, grid.left, foot + _LEGEND)) if form.alone else []
        shapes = [*rows.axis(timeline, grid), *shapes, *rows.labels(timeline, grid)]
        shapes += [*rows.tones(timeline, grid), *rows.chapters(timeline, grid), *legend]
        height = max(foot, *(shape.y for shape in shapes)) + form.margin
    return Picture(
        width=RUN + 2 * form.margin,
        height=height,
        title=f"{timeline.title}, {clock(timeline.duration_ms)}",
        description=_describe(timeline),
        language=timeline.language,
        shapes=tuple(shapes),
    )


def _head(timeline: Timeline, margin: float) -> Iterator[Text]:
    """Length and title, the two that are to be read on a small cover."""
    y = margin + 0.74 * _LENGTH
    length = clock(round(timeline.duration_ms, -3))
    yield Text(margin - 0.04 * _LENGTH, y, _LENGTH, "ink", length)
    y += 0.35 * _TITLE
    for line in wrap(timeline.title, _TITLE, RUN, 2):
        y += 1.15 * _TITLE
        yield Text(margin, y, _TITLE, "ink", line)


def _grid(duration_ms: int, form: Form, head: float) -> Grid:
    """The rows below what ends at `head`."""
    row_ms, tick_ms, n_rows = scale(duration_ms)
    if form.height is None:
        top = head + SMALL + _ABOVE
        return Grid(row_ms, tick_ms, n_rows, form.margin, top, _TALLEST, _TALLEST + _ABOVE + _BELOW)
    top = head + 0.7 * _TITLE
    pitch = min((form.height - form.margin - top + _BETWEEN) / n_rows, _TALLEST + _BETWEEN)
    bar = max(pitch - _BETWEEN, pitch / 2)
    return Grid(row_ms, tick_ms, n_rows, form.margin, top, bar, pitch)


def _legend(timeline: Timeline, left: float, y: float) -> Iterator[Box | Text]:
    """What colours, heights and marks mean, how much of each there is, and the rest in words."""
    sums = totals(timeline)
    entries: list[tuple[Paint, str, float, str]] = [
        (kind, kind, _LEGEND * 0.75 * HEIGHTS[kind], clock(round(ms, -3)))
        for kind, ms in sums.items()
        if ms
    ]
    entries.append(("ink", "speech", MARK, clock(round(spoken_ms(timeline), -3))))
    entries.append(("faint", "tones", MARK, str(len(timeline.tones))))
    column = (RUN + _GUTTER) / 2
    for number, (paint, name, height, amount) in enumerate(entries):
        x, at = left + number % 2 * column, y + number // 2 * _LEGEND
        yield Box(x, at - height, SMALL, height, paint)
        yield Text(x + 1.7 * SMALL, at, SMALL, "faint", name)
        yield Text(x + column - _GUTTER, at, SMALL, "ink", amount, "end")
    y += (len(entries) + 1) // 2 * _LEGEND + 0.3 * SMALL
    for said in _said(timeline):
        for line in wrap(said, SMALL, RUN, _MOST_SAID):
            yield Text(left, y, SMALL, "faint", line)
            y += _LEGEND * 0.8


def _said(timeline: Timeline) -> Iterator[str]:
    yield f"Equipment: {', '.join(timeline.equipment) or 'none'}"
    fates = Counter(map(fate, timeline.dropped))
    if fates:
        yield f"Cues {', '.join(f'{word}: {count}' for word, count in sorted(fates.items()))}"


def _describe(timeline: Timeline) -> str:
    """The picture in words."""
    sums = ", ".join(f"{kind} {clock(ms)}" for kind, ms in totals(timeline).items())
    return (
        f"A timeline of {len(timeline.segments)} segments: {sums}; "
        f"speech {clock(spoken_ms(timeline))}. {'. '.join(_said(timeline))}."
    )
