"""A session and its sound, made without the stages that make them in earnest."""

from __future__ import annotations

import pytest
from export.recorded import Recorded, record, sing

from voiceguide.model.timeline import Chapter, Segment, SegmentKind, Speech, Timeline, Tone

TITLE = "Échauffement für 走る 🏃"


@pytest.fixture
def sound() -> Recorded:
    """12.345 s: no whole number of MP3 frames, sound at both ends, repeats in other phases."""
    return record(
        12_345,
        (0, "tick"),
        (1008, "word"),
        (3000, "tick"),
        (4000, "tick"),
        (5000, "hiss"),
        (7008, "word"),
        (8111, "tick"),
        (12_245, "tick"),
    )


@pytest.fixture(scope="session")
def song() -> Recorded:
    """31 s, five chunks, and no whole number of MP3 frames."""
    return sing(31 * 48_000 + 777)


@pytest.fixture
def session() -> Timeline:
    """Goes with `sound`; names in many scripts."""
    kinds: tuple[SegmentKind, ...] = ("talk", "prepare", "work", "switch", "work", "rest")
    bounds = (0, 1000, 3000, 6000, 7000, 10_000, 12_345)
    return Timeline(
        title=TITLE,
        language="fr-CA",
        voice="by:hand@150",
        estimated=False,
        duration_ms=12_345,
        segments=tuple(
            Segment(index=index, kind=kind, label="走る", start_ms=start_ms, end_ms=end_ms)
            for index, (kind, start_ms, end_ms) in enumerate(
                zip(kinds, bounds[:-1], bounds[1:], strict=True)
            )
        ),
        cues=(
            Tone(role="start", start_ms=0, end_ms=100, sound="tick", segment=0),
            Speech(
                role="name", start_ms=1008, end_ms=1808, text="Fente arrière,\ngauche = left; #1",
                spoken="Fente arrière", about=2, segment=1,
            ),
            Speech(
                role="tip", start_ms=7008, end_ms=7808, text="Слушай", spoken="Слушай", about=4,
                segment=4,
            ),
        ),
        chapters=(
            Chapter(title=TITLE, start_ms=0, end_ms=1000),
            Chapter(title="A = b; #c \\ d", start_ms=1000, end_ms=7000),
            Chapter(title="Étirement", start_ms=7000, end_ms=12_345),
        ),
        equipment=("a loop band", "a chair"),
    )  # fmt: skip
