"""The wishes that a session would have come from, so that another like it can be composed."""

from __future__ import annotations

from collections.abc import Sequence

from voiceguide.compose.choice import primary, zone_of
from voiceguide.compose.wishes import PositionWish, Wishes
from voiceguide.library import Library, at_level
from voiceguide.library.selection import NOTHING, first_choice

_MANY_AREAS = 4
"""A session for more than these is for the whole body."""


def like(
    moves: Sequence[tuple[str, int]], length_ms: int, library: Library, name: str
) -> Wishes | None:
    """Wishes for a session of this length, areas, equipment and order, in other moves.

    Args:
        moves: id and level of each move of the session, in order.
        length_ms: how long it lasts.
        library: in English.
        name: what the session is called, for the comments of the new one.

    Returns:
        The wishes; None where the session holds no move of the library.
    """
    known = [
        (library.moves[move_id], level) for move_id, level in moves if move_id in library.moves
    ]
    if not known:
        return None
    work = [(move, level) for move, level in known if "work" in move.parts] or known
    areas = tuple(dict.fromkeys(primary(move, ()) for move, _ in work))
    needs = (item for move, level in known for item in at_level(move, level).equipment)
    things = dict.fromkeys(first_choice(item) for item in needs)
    return Wishes(
        minutes=max(1, round(length_ms / 60_000)),
        areas=areas if len(areas) <= _MANY_AREAS else (),
        equipment=(NOTHING, *things),
        level=min(3, max(level for _, level in known)),
        position=_position([zone_of(move) for move, _ in work]),
        others_than=frozenset(move.id for move, _ in work),
        like=name,
    )


def _position(zones: Sequence[str | None]) -> PositionWish:
    placed = [zone for zone in zones if zone]
    match (placed[0], placed[-1], len(set(placed))) if placed else None:
        case ("up", _, 1):
            return "standing"
        case ("floor", _, 1):
            return "floor"
        case ("up", "floor", _):
            return "standing-first"
        case ("floor", "up", _):
            return "floor-first"
        case _:
            return "any"
