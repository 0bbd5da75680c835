"""Pictures of a session: the cover of a file as a ring, and a wide one as bars in time."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from voiceguide.export.lettering import drawable, font_for, wrap
from voiceguide.model.timeline import Segment, SegmentKind, Speech, Timeline

COVER_SIZE = 600
"""Pixels; players show it from 40 to a few hundred wide."""
_FINER = 2
"""Drawn so many times larger and then made smaller: smooth edges."""

Colour = tuple[int, int, int]

_PAPER: Colour = (22, 26, 34)
_INK: Colour = (241, 238, 230)
_FAINT: Colour = (146, 152, 166)
_COLOURS: Mapping[SegmentKind, Colour] = MappingProxyType(
    {
        "work": (255, 122, 69),
        "rest": (61, 133, 142),
        "switch": (240, 196, 83),
        "prepare": (240, 196, 83),
        "talk": (74, 82, 102),
        "wait": (150, 118, 190),
    }
)
_HEIGHTS: Mapping[SegmentKind, float] = MappingProxyType(
    {"work": 1.0, "rest": 0.45, "switch": 0.45, "prepare": 0.45, "talk": 0.22, "wait": 0.7}
)
"""Of a bar, as a share of the tallest: effort reads as height."""

_RIM = 0.88
"""Outer edge of the ring, as a share of the half of the picture."""
_GAP = 0.008
"""Between neighbours on the ring, as the same share."""
_MOST_GAPS = 150
"""Of more the gaps would be all that is seen."""


def cover(timeline: Timeline) -> bytes:
    """A square PNG: the session as a ring from the top round, its length and title inside."""
    size = COVER_SIZE * _FINER
    picture = Image.fromarray(_ring(timeline, size))
    brush = ImageDraw.Draw(picture)
    middle = size / 2
    length = _clock(timeline.duration_ms)
    brush.text((middle, size * 0.455), length, _INK, font_for(length, size * 0.16), anchor="mm")
    lines = wrap(drawable(timeline.title), size * 0.052, size * 0.46)
    for number, line in enumerate(lines):
        place = (middle, size * (0.575 + 0.066 * number))
        brush.text(place, line, _FAINT, font_for(line, size * 0.052), anchor="mm")
    return _png(picture, COVER_SIZE, COVER_SIZE)


def draw(timeline: Timeline, width: int, height: int) -> bytes:
    """A wide PNG of `width` x `height` pixels: bars in time, blocks named, speech as a line below.

    Raises:
        ValueError: too small to show anything.
    """
    if width < 200 or height < 80:  # noqa: PLR2004 - told in the message
        raise ValueError(f"{width} x {height} pixels: at least 200 x 80 are needed")
    wide, high = width * _FINER, height * _FINER
    picture = Image.new("RGB", (wide, high), _PAPER)
    brush = ImageDraw.Draw(picture)
    margin = high * 0.09
    scale = (wide - 2 * margin) / max(timeline.duration_ms, 1)
    text = high * 0.075
    title = drawable(timeline.title)
    brush.text((margin, margin), title, _INK, font_for(title, text * 1.35))
    length = _clock(timeline.duration_ms)
    brush.text((wide - margin, margin), length, _FAINT, font_for(length, text * 1.35), anchor="ra")
    floor, tallest = high * 0.76, high * 0.36
    for segment in timeline.segments:
        left, right = (margin + at * scale for at in (segment.start_ms, segment.end_ms))
        top = floor - tallest * _HEIGHTS[segment.kind]
        gap = min(_FINER, (right - left) / 4)
        brush.rectangle((left, top, max(right - gap, left), floor), _COLOURS[segment.kind])
    for chapter in timeline.chapters:
        name = drawable(chapter.title)
        if font_for(name, text).getlength(name) < (chapter.end_ms - chapter.start_ms) * scale:
            place = (margin + chapter.start_ms * scale, floor - tallest - text * 1.5)
            brush.text(place, name, _FAINT, font_for(name, text))
    for cue in timeline.cues:
        left, right = (margin + at * scale for at in (cue.start_ms, cue.end_ms))
        if isinstance(cue, Speech):
            brush.rectangle((left, floor + text * 0.6, max(right, left + 2), floor + text), _INK)
        elif cue.role in ("start", "rest", "switch", "finish"):
            brush.rectangle(
                (left, floor + text * 1.2, left + 2 * _FINER, floor + text * 1.6), _FAINT
            )
    return _png(picture, width, height)


def _ring(timeline: Timeline, size: int) -> npt.NDArray[np.uint8]:
    """Pixels of the ring: the colour of each follows from its angle, as the hand of a clock."""
    axis = (np.arange(size, dtype=np.float32) + 0.5) / size * 2 - 1
    x, y = axis[None, :], axis[:, None]
    radius = np.hypot(x, y)
    turn = (np.arctan2(x, -y) / (2 * np.pi)) % 1.0
    pixels = np.full((size, size, 3), _PAPER, dtype=np.uint8)
    if not timeline.segments:
        return pixels
    starts = np.array([segment.start_ms for segment in timeline.segments])
    at_ms = turn * timeline.duration_ms
    number = np.searchsorted(starts, at_ms, side="right") - 1
    colours = np.array([_COLOURS[segment.kind] for segment in timeline.segments], dtype=np.uint8)
    depth = np.array([_depth(segment) for segment in timeline.segments])
    shown = (radius < _RIM) & (radius > _RIM - depth[number])
    if len(starts) <= _MOST_GAPS:
        # A gap of one width at every radius between neighbours.
        arc = (at_ms - starts[number]) / max(timeline.duration_ms, 1) * 2 * np.pi * radius
        shown &= arc > _GAP
    pixels[shown] = colours[number][shown]
    return pixels


def _depth(segment: Segment) -> float:
    return 0.08 + 0.14 * _HEIGHTS[segment.kind]


def _clock(ms: int) -> str:
    minutes, seconds = divmod(round(ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _png(picture: Image.Image, width: int, height: int) -> bytes:
    file = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()
