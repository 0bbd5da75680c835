"""Which of the built-in routines and exercises a call of `list` asks for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.library import Library
    from voiceguide.model.exercise import Move
    from voiceguide.pipeline import Overview

_MINUTES = re.compile(r"(?:(\d+)-)?(\d+)")
_A_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the options of one call let pass; `None` lets everything pass."""

    areas: Collection[str] | None
    equipment: Collection[str] | None
    lengths_ms: range | None
    levels: Collection[str] | None

    @property
    def is_of_routines(self) -> bool:
        """Whether something is asked for that only a routine has."""
        return self.lengths_ms is not None or self.levels is not None

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked for."""
        return self.areas is None and self.equipment is None and not self.is_of_routines

    def moves(self, shelf: Library) -> list[Move]:
        """The exercises of a shelf that pass; a shelf in another language has the same ones."""
        from voiceguide import library
        from voiceguide.library import selection

        english = library.load().moves.values()
        ids = {move.id for move in selection.select(english, self.areas, self.equipment)}
        return [move for move in shelf.moves.values() if move.id in ids]

    def passes(self, routine: Overview) -> bool:
        """Whether a routine passes: for one of the areas, with no more than the equipment."""
        return (
            (self.areas is None or not set(self.areas).isdisjoint(routine.areas))
            and (self.equipment is None or _is_enough(self.equipment, routine.equipment))
            and (self.lengths_ms is None or routine.estimated_ms in self.lengths_ms)
            and (self.levels is None or str(routine.level).casefold() in self.levels)
        )


def choose(
    area: str | None, equipment: str | None, minutes: str | None, level: str | None
) -> Choice:
    """What these options ask for.

    Raises:
        UsageError: one of them names what there is not.
    """
    return Choice(
        areas=_areas(area),
        equipment=_equipment(equipment),
        lengths_ms=_lengths_ms(minutes),
        levels=_names(level),
    )


def _names(written: str | None) -> list[str] | None:
    return None if written is None else [name.strip().casefold() for name in written.split(",")]


def _areas(written: str | None) -> list[str] | None:
    from voiceguide.model.exercise import Area

    areas = _names(written)
    wrong = next((name for name in areas or () if name not in get_args(Area)), None)
    if wrong is not None:
        raise UsageError(
            f"--area {wrong}: there is no such area", f"The areas: {', '.join(get_args(Area))}."
        )
    return areas


def _equipment(written: str | None) -> list[str] | None:
    from voiceguide import library
    from voiceguide.library import selection

    things = _names(written)
    if things is None:
        return None
    moves = library.load().moves.values()
    wrong = selection.unknown(things, moves)
    if wrong is not None:
        known = ", ".join((selection.NOTHING, *selection.things(moves)))
        raise UsageError(f"--equipment {wrong}: no exercise needs it", f"What they need: {known}.")
    return things


def _is_enough(equipment: Collection[str], need: Collection[str]) -> bool:
    from voiceguide import library
    from voiceguide.library import selection

    return selection.enough(equipment, library.load().moves.values())(need)


def _lengths_ms(minutes: str | None) -> range | None:
    if minutes is None:
        return None
    found = _MINUTES.fullmatch(minutes.strip())
    shortest, longest = (int(found[1] or 0), int(found[2])) if found else (1, 0)
    if shortest > longest:
        raise UsageError(
            f"--minutes {minutes}: expected whole minutes",
            "Write the most, such as 10, or from and to, such as 5-10.",
        )
    return range(shortest * _A_MINUTE_MS, longest * _A_MINUTE_MS + 1)
