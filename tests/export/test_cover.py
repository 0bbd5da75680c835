from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from voiceguide.export.cover import COVER_SIZE, cover, draw
from voiceguide.model.timeline import Segment, SegmentKind, Timeline


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def halves(timeline: Timeline, first: SegmentKind, second: SegmentKind) -> Timeline:
    middle = timeline.duration_ms // 2
    return replace(
        timeline,
        segments=(
            Segment(index=0, kind=first, label=None, start_ms=0, end_ms=middle),
            Segment(index=1, kind=second, label=None, start_ms=middle, end_ms=timeline.duration_ms),
        ),
    )


def test_the_ring_runs_clockwise_from_the_top(session: Timeline) -> None:
    picture = pixels(cover(halves(session, "work", "rest")))
    assert picture.shape == (COVER_SIZE, COVER_SIZE, 3)
    right, left = picture[COVER_SIZE // 2, 555], picture[COVER_SIZE // 2, 45]
    assert right[0] > right[2] + 80, "work is warm"
    assert left[2] > left[0] + 30, "rest is cool"


def test_titles_in_any_script_and_of_any_length_are_drawn(session: Timeline) -> None:
    blank = pixels(cover(replace(session, title=" ")))
    for title in ("Legs", "Échauffement", "x" * 500, "word " * 200, "走る", "🏃"):
        picture = pixels(cover(replace(session, title=title)))
        changed = np.argwhere((picture != blank).any(axis=2))
        if title not in {"走る", "🏃"}:  # drawn only where a font has them
            assert len(changed) > 100
        for row, column in changed:
            assert np.hypot(row - 300, column - 300) < 200, "inside the ring"


def test_twenty_thousand_segments_are_drawn(session: Timeline) -> None:
    count = 20_000
    many = replace(
        session,
        duration_ms=count * 100,
        segments=tuple(
            Segment(
                index=index, kind="work", label=None, start_ms=index * 100, end_ms=(index + 1) * 100
            )
            for index in range(count)
        ),
    )
    assert pixels(cover(many))[300, 555, 0] > 150
    assert pixels(draw(many, 400, 100)).shape == (100, 400, 3)


def test_a_session_without_segments_has_a_cover(session: Timeline) -> None:
    assert cover(replace(session, segments=(), cues=(), chapters=(), duration_ms=0))


def test_the_wide_picture_has_bars_in_time(session: Timeline) -> None:
    picture = pixels(draw(halves(session, "work", "rest"), 800, 200))
    assert picture.shape == (200, 800, 3)
    row = picture[145]
    assert row[200, 0] > row[200, 2] + 80
    assert row[600, 2] > row[600, 0] + 30
    work_top, rest_top = (
        np.argmax(picture[60:, column].sum(axis=1) > 200) for column in (300, 500)
    )
    assert work_top < rest_top, "work stands higher"


@pytest.mark.parametrize(("width", "height"), [(10, 200), (800, 10)])
def test_a_picture_too_small_is_refused(session: Timeline, width: int, height: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        draw(session, width, height)
