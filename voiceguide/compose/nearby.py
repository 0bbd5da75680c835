"""What would make impossible wishes possible: one wish is let go at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from voiceguide.compose.choice import pool
from voiceguide.compose.wishes import Wishes
from voiceguide.library import Library
from voiceguide.library.selection import NOTHING, things

_MINUTES = (*range(1, 31), *range(35, 91, 5))
"""Lengths that are looked at where that of the wish is not possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """Wishes beside those that cannot be met."""

    n_moves: int
    """Moves that the wishes allow."""
    empty_areas: tuple[str, ...]
    """Areas for which they allow none."""
    shortest_min: int | None
    longest_min: int | None
    """What is possible with the same wishes otherwise, in whole minutes; None: nothing is."""
    changed: tuple[tuple[str, Wishes, int], ...]
    """What is changed (an option as it would be written), the wishes then, the moves then."""


def nearby(
    wishes: Wishes, library: Library, shelf: Library, is_possible: Callable[[Wishes], bool]
) -> Nearby:
    """What is possible beside these wishes.

    Args:
        wishes: what is not possible.
        library: the moves in English.
        shelf: the moves in the words of the session.
        is_possible: whether there is a session of these wishes.
    """

    def count(other: Wishes) -> int:
        return len(pool(other, library, shelf).work)

    allowed = pool(wishes, library, shelf).work
    minutes = [each for each in _MINUTES if is_possible(replace(wishes, minutes=each))]
    return Nearby(
        n_moves=len(allowed),
        empty_areas=tuple(a for a in wishes.areas if a not in {choice.area for choice in allowed}),
        shortest_min=min(minutes, default=None),
        longest_min=max(minutes, default=None),
        changed=tuple(
            (written, other, count(other))
            for written, other in _changed(wishes, things(library.moves.values()))
            if is_possible(other)
        ),
    )


def _changed(wishes: Wishes, named: Iterable[str]) -> Iterable[tuple[str, Wishes]]:
    """The wishes with one of them let go, or with one thing more at hand."""
    if wishes.position != "any":
        yield "without --position", replace(wishes, position="any")
    if NOTHING not in wishes.equipment:
        with_none = (NOTHING, *wishes.equipment)
        yield f"with --equipment {','.join(with_none)}", replace(wishes, equipment=with_none)
    for thing in named:
        if thing not in wishes.equipment:
            with_thing = (*wishes.equipment, thing)
            yield f"with --equipment {','.join(with_thing)}", replace(wishes, equipment=with_thing)
    for level in range(wishes.level + 1, 4):
        yield f"with --level {level}", replace(wishes, level=level)
    if wishes.areas:
        yield "without --area", replace(wishes, areas=())
