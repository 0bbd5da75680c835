"""The page of exercises is the library's own."""

from __future__ import annotations

from pathlib import Path

from voiceguide.library import load
from voiceguide.library.catalogue import markdown

PAGE = Path(__file__).parents[2] / "docs" / "exercises.md"


def test_the_page_is_current() -> None:
    """If this fails: `python -m voiceguide.library.catalogue > docs/exercises.md`."""
    assert PAGE.read_text("utf-8") == markdown(load())


def test_a_row_tells_amount_sides_levels_and_equipment() -> None:
    rows = markdown(load()).splitlines()
    what = ("Clam shell", "clam", "upper glutes, glutes", "lying on the side")
    clam = (*what, "3 x 10 reps, left, then right", "1 basic, 2 banded")
    assert f"| {' | '.join(clam)} | none; 2: a loop band |" in rows
    assert any(row.startswith("| Crab walk |") and "3 x 10-20 steps" in row for row in rows)
    assert any(row.startswith("| Knee hug |") and "8 reps of 2 s" in row for row in rows)
    assert any(row.startswith("| Glute standing |") and "hold 30 s" in row for row in rows)
