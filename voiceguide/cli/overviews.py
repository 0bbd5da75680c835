"""The rows in which `list` tells routines; the weeks of one plan share a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from voiceguide.cli.choosing import hyphened
from voiceguide.model.wording import clock

if TYPE_CHECKING:
    from voiceguide.pipeline import Overview

Named = tuple[str, "Overview"]

_WEEK = re.compile(r"(.+-week)-[0-9]+[a-z]?")
"""`run-walk-week-5b`: one of the weeks of a plan."""
_TOLD = 3
"""So many areas of a routine stand in its row; all of them are data."""
_A_MINUTE_MS = 60_000


def rows(routines: Sequence[Named], *, folded: bool) -> list[tuple[str, ...]]:
    """A row for each routine: name, length, level; title, areas and equipment.

    Args:
        routines: in alphabetical order.
        folded: whether the weeks of one plan share a row, so that the others are found.
    """
    return list(_folded(routines)) if folded else [_row(*each) for each in routines]


def _folded(routines: Sequence[Named]) -> Iterator[tuple[str, ...]]:
    for _, group in groupby(routines, key=lambda each: _plan(each[0])):
        weeks = list(group)
        yield _row(*weeks[0]) if len(weeks) == 1 else _row_of_plan(weeks)


def _plan(name: str) -> str:
    """The plan of which a routine is a week; else its own name."""
    found = _WEEK.fullmatch(name)
    return name if found is None else found[1]


def _row(name: str, routine: Overview) -> tuple[str, ...]:
    length = clock(round(routine.estimated_ms, -3))
    level, areas = f"level {routine.level}", ", ".join(routine.areas[:_TOLD])
    told = ": ".join(filter(None, (routine.title, areas)))
    return name, length, level, "; ".join((told, *_equipment(routine.equipment)))


def _row_of_plan(weeks: Sequence[Named]) -> tuple[str, ...]:
    names, routines = zip(*weeks, strict=True)
    minutes = [each.estimated_ms // _A_MINUTE_MS for each in routines]
    levels = sorted(_each(str(each.level) for each in routines))
    areas = _each(area for each in routines for area in each.areas)
    chosen = f", each with --area {hyphened(areas[0])}" if areas else ""
    told = f"{routines[0].title}, to {routines[-1].title}: {', '.join(areas[:_TOLD])}"
    equipment = _each(item for each in routines for item in each.equipment)
    return (
        f"{names[0]} to {names[-1].removeprefix(_plan(names[0]))}",
        f"{min(minutes)}-{max(minutes)} min",
        f"level {'-'.join(levels)}",
        "; ".join((told, f"{len(weeks)} routines{chosen}", *_equipment(equipment))),
    )


def _equipment(things: Sequence[str]) -> tuple[str, ...]:
    return (f"with {', '.join(things)}",) if things else ()


def _each(words: Iterable[str]) -> list[str]:
    """Each word once, in the order in which they come."""
    return list(dict.fromkeys(words))
