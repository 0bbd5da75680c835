"""Moves in the cells of a table, and the page of them all.

The page: `python -m voiceguide.library.catalogue > docs/exercises.md`.
"""

from __future__ import annotations

import sys

from voiceguide.library import Library, load
from voiceguide.library.selection import needs
from voiceguide.model.exercise import Move
from voiceguide.model.routine import Range

_HEAD = """\
# Exercises

<!-- Made by `python -m voiceguide.library.catalogue`; edit voiceguide/library/moves/ instead. -->

Each of these can be named in a script, by any of its names; case, hyphens and plurals do not
count. What a step does not say itself (amount, sides, tempo) comes from here. The levels are
chosen with `level:`, by number or by name. `voiceguide show NAME` tells how a move is done,
`voiceguide list exercises --area core,glutes --equipment none,band` which are for something, and
can be done with what is at hand. A name that is not here works too: as plain text, without set-up
and tips.

| exercise | also called | for | begins | as a rule | levels | equipment |
| --- | --- | --- | --- | --- | --- | --- |
"""

_SIDES = {
    "left-right": "left, then right",
    "right-left": "right, then left",
    "alternate": "changing sides",
}

_POSITIONS = {"chair": "on a chair", "front": "lying on the front", "sitting": "on the floor",
              "side": "lying on the side", "back": "lying on the back"}  # fmt: skip


def markdown(library: Library) -> str:
    """The whole page, a row for each move in alphabetical order."""
    rows = sorted(library.moves.values(), key=lambda move: move.name.casefold())
    return _HEAD + "".join(_row(move) for move in rows)


def _row(move: Move) -> str:
    levels = (f"{n} {level.name}" for n, level in enumerate(move.levels, 1))
    cells = (
        move.name,
        ", ".join(move.aliases),
        ", ".join(move.areas),
        begins(move),
        amount(move),
        ", ".join(levels),
        equipment(move),
    )
    return f"| {' | '.join(cells)} |\n"


def begins(move: Move) -> str:
    """How one is before the first rep: "standing", "on a chair"."""
    return _POSITIONS.get(move.position, move.position)


def amount(move: Move) -> str:
    """What is done where a script says no more than the name: "3 x 10 reps, left, then right"."""
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


def equipment(move: Move) -> str:
    """What each level needs: "none; 2: a loop band"."""
    first, *rest = needs(move)
    later = (f"{n}: {', '.join(need)}" for n, need in enumerate(rest, 2) if need != first)
    return "; ".join((", ".join(first) or "none", *later))


if __name__ == "__main__":
    sys.stdout.write(markdown(load()))
