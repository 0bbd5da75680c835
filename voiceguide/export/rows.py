"""The rows of a picture: segments as bars, cues as marks below them, each where its time lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from voiceguide.export.grid import RUN, THIN, Grid, Item, Piece, in_rows, pieces
from voiceguide.export.shapes import Box, Paint, Text, width_of, wrap
from voiceguide.model.timeline import Chapter, Cue, Segment, SegmentKind, Speech, Timeline
from voiceguide.model.wording import clock, describe

SMALL = 20
"""Size of small print: 12 pixels on a phone."""
GAP = 1.5
"""Between a bar and the next, at most."""

HEIGHTS: Mapping[SegmentKind, float] = MappingProxyType(
    {"work": 1.0, "wait": 0.8, "switch": 0.62, "prepare": 0.48, "rest": 0.34, "talk": 0.18}
)
"""Of a bar, as a share of the tallest: effort reads as height, and kinds without their colour."""

MARK = 5
"""Height of a mark."""
VOICE = 5
"""Below the bars, where somebody speaks."""
TONES = 13
"""The same of tones."""
AXIS = 38
"""The same of the line on which times stand."""

_INSET = 7
"""Of a name in its bar."""
_LINE = 22
"""From one line of a name to the next."""
_MOST_LINES = 3
_LEAST_NAME = 4 * SMALL
"""What of a name that is cut is worth showing."""


def staves(grid: Grid) -> Iterator[Box]:
    """A line below the bars of each row."""
    for row in range(grid.n_rows):
        yield Box(grid.left, grid.floor(row), RUN, 1.5, "line")


def bars(timeline: Timeline, grid: Grid) -> Iterator[Box]:
    """A bar for each segment, for each row in which it lies."""
    for piece in pieces(timeline.segments, grid):
        paint = _main_kind(piece.items)
        height = grid.bar * HEIGHTS[paint]
        left, right = piece.edges(grid)
        gap = min(GAP, (right - left) / 4)
        tip = _tip(piece, "segments", _of_segment)
        yield Box(left, grid.floor(piece.row) - height, right - left - gap, height, paint, tip)


def voice(timeline: Timeline, grid: Grid) -> Iterator[Box]:
    """A mark for each spoken cue."""
    return _marks(timeline.speech, grid, VOICE, "ink", "lines")


def tones(timeline: Timeline, grid: Grid) -> Iterator[Box]:
    """A mark for each tone."""
    return _marks(timeline.tones, grid, TONES, "faint", "tones")


def labels(timeline: Timeline, grid: Grid) -> Iterator[Text]:
    """The names of efforts in their bars, where there is room for the whole name."""
    for piece in pieces(timeline.segments, grid):
        segment = piece.items[0]
        left, right = piece.edges(grid)
        width = right - left - GAP - 2 * _INSET
        if len(piece.items) > 1 or segment.kind != "work" or not segment.label or width < SMALL:
            continue
        lines = wrap(segment.label, SMALL, width, _MOST_LINES)
        if " ".join(lines) != " ".join(segment.label.split()):  # cut, or broken in a word
            continue
        first = grid.floor(piece.row) - (grid.bar + len(lines) * _LINE) / 2
        for number, line in enumerate(lines):
            yield Text(left + _INSET, first + (number + 0.78) * _LINE, SMALL, "label", line)


def axis(timeline: Timeline, grid: Grid) -> Iterator[Box | Text]:
    """A line and a time at each tick, up to the end of the session."""
    for ms in range(0, max(timeline.duration_ms, 1), grid.tick_ms):
        row = ms // grid.row_ms
        x, floor = grid.x(ms, row), grid.floor(row)
        yield Box(x, floor - grid.bar, 1.5, grid.bar + TONES + MARK, "line")
        at_start = ms % grid.row_ms == 0
        yield Text(x, floor + AXIS, SMALL, "faint", clock(ms), "start" if at_start else "middle")


def chapters(timeline: Timeline, grid: Grid) -> Iterator[Text]:
    """The names of chapters, each above the first of its rows that has room for it.

    One that has no room begins earlier, if it can, and is cut if not.
    """
    taken: dict[int, float] = {}
    for chapter in timeline.chapters:
        if chapter.title == timeline.title:
            continue
        places = list(_rooms(chapter, timeline, grid))
        wanted = width_of(chapter.title, SMALL)
        most = max(places, key=lambda place: place[2])
        row, x, room = next((place for place in places if place[2] >= wanted), most)
        earlier = x + min(room - wanted, 0)
        if earlier >= taken.get(row, grid.left):
            x, room = earlier, max(room, wanted)
        if room >= min(wanted, _LEAST_NAME):
            for line in wrap(chapter.title, SMALL, room + 0.01, 1):
                yield Text(x, grid.floor(row) - grid.bar - 9, SMALL, "ink", line)
            taken[row] = x + room + _INSET


def _rooms(chapter: Chapter, timeline: Timeline, grid: Grid) -> Iterator[tuple[int, float, float]]:
    """Row, x and width of each place for a name: up to the next chapter, or the end of the row."""
    for row, start_ms, end_ms in in_rows(chapter.start_ms, chapter.end_ms, grid.row_ms):
        is_last = end_ms in {timeline.duration_ms, (row + 1) * grid.row_ms}
        x, right = grid.x(start_ms, row), grid.left + RUN
        yield row, x, (right if is_last else grid.x(end_ms, row) - 12) - x


def _marks(cues: Sequence[Cue], grid: Grid, below: float, paint: Paint, name: str) -> Iterator[Box]:
    for piece in pieces(cues, grid):
        left, right = piece.edges(grid)
        y = grid.floor(piece.row) + below
        yield Box(left, y, max(right - left, THIN), MARK, paint, _tip(piece, name, _of_cue))


def _main_kind(segments: Sequence[Segment]) -> SegmentKind:
    """The kind that most of the time is."""
    if len(segments) == 1:
        return segments[0].kind
    sums: Counter[SegmentKind] = Counter()
    for segment in segments:
        sums[segment.kind] += segment.length_ms
    return max(sums, key=sums.__getitem__)


def _tip(piece: Piece[Item], name: str, of: Callable[[Item], str]) -> str:
    """The words of its item, or how many there are."""
    if len(piece.items) == 1:
        return of(piece.items[0])
    span = f"{clock(piece.items[0].start_ms)} to {clock(piece.items[-1].end_ms)}"
    return f"{span}, {len(piece.items)} {name}"


def _of_segment(segment: Segment) -> str:
    words = describe(segment)
    return f"{_span(segment)}, {segment.kind}{': ' if words else ''}{words}"


def _of_cue(cue: Cue) -> str:
    words = f"“{cue.text}”" if isinstance(cue, Speech) else f"{cue.sound} tone"
    return f"{_span(cue)}, {cue.role}: {words}"


def _span(item: Segment | Cue) -> str:
    return f"{clock(item.start_ms)} to {clock(item.end_ms)}"
