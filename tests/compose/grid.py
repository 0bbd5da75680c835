"""Wishes of many kinds, the same in each run: what 500 sessions are composed from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

from voiceguide.compose import PositionWish, Wishes
from voiceguide.model.exercise import Area

MINUTES = (4, 5, 7, 10, 12, 15, 20, 30, 45, 60)
AREAS: tuple[tuple[Area, ...], ...] = (
    (), ("upper glutes",), ("glutes",), ("core",), ("legs",), ("upper body",), ("hamstrings",),
    ("calves",), ("hips",), ("lower back",), ("mobility",), ("run drill",), ("breath",),
    ("glutes", "core"), ("legs", "upper body"), ("core", "upper body", "legs"),
    ("upper glutes", "hamstrings", "core"),
)  # fmt: skip
EQUIPMENT = (
    ("none",), ("none", "band"), ("none", "weights"), ("none", "chair"), ("band",),
    ("none", "band", "weights", "chair"),
)  # fmt: skip
POSITIONS: tuple[PositionWish, ...] = ("any", "floor-first", "standing-first", "standing", "floor")


def wishes() -> Iterator[Wishes]:
    """All of the grid in an order that is the same each time; not all of them are possible."""
    grid = list(product(MINUTES, AREAS, EQUIPMENT, (1, 2, 3), POSITIONS))
    random.Random(1).shuffle(grid)  # noqa: S311 - the same in each run
    for seed, (minutes, areas, equipment, level, position) in enumerate(grid):
        yield Wishes(
            minutes=minutes, areas=areas, equipment=equipment, level=level, position=position,
            seed=seed,
        )  # fmt: skip
