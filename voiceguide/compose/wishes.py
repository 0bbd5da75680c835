"""What a session is to be like, and what is said where that cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voiceguide.library.selection import NOTHING
from voiceguide.model.exercise import Area

PositionWish = Literal["any", "floor-first", "standing-first", "standing", "floor"]
"""In which order one stands and is on the floor, or where one stays; `any` goes down once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a session is to be like."""

    minutes: int
    areas: tuple[Area, ...] = ()
    """What it is for; empty: the whole body."""
    equipment: tuple[str, ...] = (NOTHING,)
    """What is at hand, as `library.selection.select` takes it."""
    level: int = 1
    """The progression wished for; a move takes the highest up to it that the equipment allows."""
    position: PositionWish = "any"
    seed: int = 0
    """Two sessions of the same wishes and seed are the same."""
    others_than: frozenset[str] = frozenset()
    """Ids of moves that come last in question: those of the session that this one varies."""
    like: str = ""
    """The name of that session."""

    @property
    def length_ms(self) -> int:
        """How long the session lasts."""
        return self.minutes * 60_000


class Impossible(Exception):
    """No session is like this: there are too few moves, or too little or too much time."""
