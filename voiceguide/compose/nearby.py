"""What would make impossible wishes possible: one wish is let go at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from voiceguide.compose.choice import pool
from voiceguide.compose.wishes import Wishes
from voiceguide.library import Library
from voiceguide.library.selection import NOTHING, things
from voiceguide.model.exercise import Area

_MINUTES = (*range(1, 13), 15, 20, 25, 30, 40, 50, 60, 75, 90)
"""Lengths that are tried."""
_FEW_MINUTES = (5, 10, 20)
"""Lengths that are tried where no length at all is possible with the wishes as they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """One wish that is let go, or one thing more at hand."""

    option: str
    """As it would be written: "with --equipment none,chair"."""
    minutes: int
    """A length that is possible then; that of the wishes where it is."""
    n_moves: int
    """Moves to choose from then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """What is possible beside wishes that are not."""

    n_moves: int
    """Moves that the wishes leave to choose from."""
    empty_areas: tuple[Area, ...]
    """Areas wished for, for which they leave none."""
    shortest: int | None
    """The shortest session that is otherwise as wished, in minutes; None: there is none."""
    longest: int | None
    changes: tuple[Change, ...]


def nearby(
    wishes: Wishes, library: Library, shelf: Library, is_possible: Callable[[Wishes], bool]
) -> Nearby:
    """What is possible beside these wishes.

    Args:
        wishes: what is not possible.
        library: the moves in English.
        shelf: the moves in the words of the session.
        is_possible: whether there is a session of such wishes.
    """

    def possible(other: Wishes, minutes: tuple[int, ...]) -> list[int]:
        return [each for each in minutes if is_possible(replace(other, minutes=each))]

    minutes = possible(wishes, _MINUTES)
    longest, too_long = max(minutes, default=None), wishes.minutes
    while longest is not None and too_long - longest > 1:
        between = (longest + too_long) // 2
        longest, too_long = (
            (between, too_long) if possible(wishes, (between,)) else (longest, between)
        )
    others = () if minutes else _FEW_MINUTES

    def changes() -> Iterator[Change]:
        for option, other in _let_go(wishes, things(library.moves.values())):
            lengths = possible(other, (wishes.minutes,)) or possible(other, others)
            if lengths:
                nearest = min(lengths, key=lambda each: abs(each - wishes.minutes))
                yield Change(option, nearest, len(pool(other, library, shelf).work))

    work = pool(wishes, library, shelf).work
    areas = {choice.area for choice in work}
    return Nearby(
        n_moves=len(work),
        empty_areas=tuple(area for area in wishes.areas if area not in areas),
        shortest=min(minutes, default=None),
        longest=longest,
        changes=tuple(sorted(changes(), key=lambda change: -change.n_moves)),
    )


def _let_go(wishes: Wishes, named: tuple[str, ...]) -> Iterator[tuple[str, Wishes]]:
    if wishes.position != "any":
        yield "without --position", replace(wishes, position="any")
    if wishes.areas:
        yield "without --area", replace(wishes, areas=())
    for level in range(wishes.level + 1, 4):
        yield f"with --level {level}", replace(wishes, level=level)
    for thing in (NOTHING, *named):
        if thing not in wishes.equipment:
            more = (*wishes.equipment, thing)
            yield (
                f"with --equipment {','.join(more).replace(' ', '-')}",
                replace(wishes, equipment=more),
            )
