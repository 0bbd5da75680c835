"""Pictures as pixels."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageColor

from voiceguide.export.cover import cover, png
from voiceguide.export.picture import COVER, SHEET, Form, draw
from voiceguide.export.shapes import DARK, Box
from voiceguide.model.timeline import Segment, Timeline

MARGIN = 36


def pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int)


@pytest.mark.parametrize("form", [COVER, SHEET])
def test_pixels_show_the_shapes(session: Timeline, form: Form) -> None:
    picture = draw(session, form)
    shown = pixels(png(picture))
    assert shown.shape == (round(picture.height), round(picture.width), 3)
    bars = [s for s in picture.shapes if isinstance(s, Box) and s.tip and s.width > 20]
    assert len(bars) > 6
    for bar in bars:
        right_of_words = shown[round(bar.y + 2), round(bar.x + bar.width - 4)]
        assert tuple(right_of_words) == ImageColor.getrgb(DARK[bar.paint])


def test_a_cover_is_a_square_of_work_in_warm_and_rest_in_cool(session: Timeline) -> None:
    """12.345 s: rows of four seconds."""
    middle, end = 6000, session.duration_ms
    halves = (
        Segment(index=0, kind="work", label=None, start_ms=0, end_ms=middle),
        Segment(index=1, kind="rest", label=None, start_ms=middle, end_ms=end),
    )
    shown = pixels(cover(replace(session, segments=halves, cues=())))
    assert shown.shape == (600, 600, 3)
    warm = np.argwhere(shown[:, :, 0] > shown[:, :, 2] + 80)
    cool = np.argwhere(shown[:, :, 2] > shown[:, :, 0] + 60)
    assert warm[:, 1].min() == cool[:, 1].min() == MARGIN
    assert warm[:, 1].max() == pytest.approx(600 - MARGIN, abs=3)
    assert warm[:, 0].min() < cool[:, 0].min() < warm[:, 0].max() < cool[:, 0].max() < 600 - MARGIN
    assert len(warm) > len(cool), "work stands higher"


def test_titles_in_any_script_and_of_any_length_are_drawn(session: Timeline) -> None:
    bare = replace(session, segments=(), cues=())
    blank = pixels(cover(replace(bare, title=" ")))
    for title in ("Legs", "Échauffement", "x" * 500, "word " * 200, "走る", "🏃", "W" * 40):
        picture = pixels(cover(replace(bare, title=title)))
        ink = np.argwhere((picture > 200).all(axis=2))
        assert ink[:, 1].min() >= MARGIN - 6
        assert ink[:, 1].max() <= 600 - MARGIN, "inside the margins"
        if title not in {"走る", "🏃"}:  # drawn only where a font has them
            assert (picture != blank).any(axis=2).sum() > 100


def test_the_length_can_be_read_when_small(session: Timeline) -> None:
    """Digits of 20 pixels and a title of 8 at 150 pixels: the height of what is bright above."""
    picture = Image.open(io.BytesIO(cover(replace(session, segments=(), cues=()))))
    small = np.asarray(picture.resize((150, 150)).convert("L")).astype(int)
    bright = np.flatnonzero((small[:, :140] > 150).any(axis=1))
    length, title, *_ = np.split(bright, np.flatnonzero(np.diff(bright) > 2) + 1)
    assert len(length) >= 20
    assert len(title) >= 7


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
    assert len(cover(many)) < 100_000


def test_a_session_without_segments_has_a_cover(session: Timeline) -> None:
    assert cover(replace(session, segments=(), cues=(), chapters=(), duration_ms=0))
