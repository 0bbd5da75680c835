"""The page of all exercises: `python -m voiceguide.library.catalogue > docs/exercises.md`."""

from __future__ import annotations

import sys

from voiceguide.library import Library, at_level, load
from voiceguide.model.exercise import Move
from voiceguide.model.routine import Range

_HEAD = """\
# Exercises

<!-- Made by `python -m voiceguide.library.catalogue`; edit voiceguide/library/moves/ instead. -->

Each of these can be named in a script, by any of its names; case, hyphens and plurals do not
count. What a step does not say itself (amount, sides, tempo) comes from here. The levels are
chosen with `level:`, by number or by name. `voiceguide show NAME` tells how a move is done.

| exercise | also called | as a rule | levels | equipment |
| --- | --- | --- | --- | --- |
"""

_SIDES = {
    "left-right": "left, then right",
    "right-left": "right, then left",
    "alternate": "changing sides",
}


def markdown(library: Library) -> str:
    """The whole page, a row for each move in alphabetical order."""
    rows = sorted(library.moves.values(), key=lambda move: move.name.casefold())
    return _HEAD + "".join(_row(move) for move in rows)


def _row(move: Move) -> str:
    levels = (f"{n} {level.name}" for n, level in enumerate(move.levels, 1))
    cells = (move.name, ", ".join(move.aliases), _amount(move), ", ".join(levels), _equipment(move))
    return f"| {' | '.join(cells)} |\n"


def _amount(move: Move) -> str:
    sets = f"{move.sets} x " if move.sets > 1 else ""
    sides = _SIDES.get(move.sides)
    return ", ".join(filter(None, (sets + _work(move), sides)))


def _work(move: Move) -> str:
    if move.duration_ms is not None:
        return f"{move.duration_ms / 1000:g} s"
    hold = "" if move.hold_ms is None else f"hold {move.hold_ms / 1000:g} s"
    if move.reps is None:
        return hold
    low_high = f"{move.reps.low}-{move.reps.high}" if isinstance(move.reps, Range) else move.reps
    return " of ".join(filter(None, (f"{low_high} {move.unit}", hold.removeprefix("hold "))))


def _equipment(move: Move) -> str:
    """What each level needs: "none; 2: a loop band"."""
    first = ", ".join(move.equipment) or "none"
    needs = (at_level(move, n).equipment for n in range(2, len(move.levels) + 1))
    later = (f"{n}: {', '.join(need)}" for n, need in enumerate(needs, 2) if need != move.equipment)
    return "; ".join((first, *later))


if __name__ == "__main__":
    sys.stdout.write(markdown(load()))
