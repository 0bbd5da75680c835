"""The moves that a session may be made of, each at the level that the wishes allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from voiceguide.compose.wishes import Wishes
from voiceguide.library import Library, at_level
from voiceguide.library.selection import NOTHING, enough, needs
from voiceguide.model.exercise import Area, Move, Position, SessionPart

Zone = Literal["up", "floor"]
"""On the feet or a chair, or down; to change it costs more than to roll over."""

FILLER = "breathing"
"""The last move of every session, which takes the time that is left."""

_APART: tuple[Area, ...] = ("run drill", "mobility", "breath")
"""Areas that have sessions of their own: they come where they are wished for, else not."""
_GENTLE: Mapping[Area, tuple[SessionPart, ...]] = {
    "hips": ("mobilise",),
    "lower back": ("mobilise",),
    "mobility": ("mobilise", "cool-down"),
    "breath": ("cool-down",),
}
"""Areas for which loosening, stretching or breathing is the work, where they are wished for."""
_MAX_EFFORT = {1: 2, 2: 3, 3: 3}
"""Level -> the hardest that is asked for."""
_POSITIONS: tuple[Position, ...] = get_args(Position)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A move as a session may hold it; there is one of each, so they are told apart as objects."""

    move: Move
    """At its level, in the words of the session's language."""
    base: Move
    """As it is found: its first level, by the name that is written."""
    needs: tuple[str, ...]
    """Its equipment, in English."""
    level: int
    area: Area
    """What it is chosen for."""
    effort: int
    """1 easy, 2 moderate, 3 hard, at its level."""
    zone: Zone | None
    """Where it is done; None: wherever one is, as breathing."""
    rank: int
    """How far down it is, from standing to lying on the back."""

    @property
    def id(self) -> str:
        """The id of the move."""
        return self.move.id

    @property
    def is_free(self) -> bool:
        """Whether it can be done in any position."""
        return self.zone is None

    @property
    def is_aside(self) -> int:
        """How many areas it is for before the one it is chosen for; upper glutes are glutes."""
        areas = [area for area in self.move.areas if area == self.area or area != "upper glutes"]
        return areas.index(self.area)

    @property
    def loads_the_back(self) -> bool:
        """Whether it is a hinge with weight, which wants practice without."""
        loads = bool(self.needs) and self.move.safety is not None
        return loads and "lower back" in self.move.areas


@dataclass(frozen=True, slots=True)
class Pool:
    """All there is to choose from."""

    work: tuple[Choice, ...]
    by_part: Mapping[SessionPart, tuple[Choice, ...]]
    """What raises the pulse, loosens and calms down; it needs nothing, or what is at hand."""
    practice: Choice | None
    """The hip hinge, for before a hinge with weight."""

    @property
    def filler(self) -> Choice:
        """The move that takes the time that is left."""
        return next(choice for choice in self.by_part["cool-down"] if choice.id == FILLER)


def pool(wishes: Wishes, library: Library, shelf: Library) -> Pool:
    """The moves that suit the wishes.

    Args:
        wishes: what is wished for.
        library: in English, as equipment is named.
        shelf: the same moves in the words of the session.
    """
    around = tuple(_choices(wishes, library, shelf, {NOTHING, *wishes.equipment}))
    given = NOTHING in wishes.equipment
    at_hand = around if given else _choices(wishes, library, shelf, {*wishes.equipment})
    hinge = next((choice for choice in around if choice.id == "hip-hinge"), None)
    zones = {"standing": ("up", None), "floor": ("floor", None)}.get(wishes.position)
    return Pool(
        work=tuple(
            choice
            for choice in at_hand
            if _is_work(choice, wishes) and (zones is None or choice.zone in zones)
        ),
        by_part={
            part: tuple(each for each in around if part in each.move.parts and _suits(each, wishes))
            for part in get_args(SessionPart)
        },
        practice=hinge,
    )


def primary(move: Move, areas: tuple[Area, ...]) -> Area:
    """The area that a move is chosen for: its first of those wished for, else its first."""
    return next((area for area in move.areas if area in areas), move.areas[0])


def _choices(
    wishes: Wishes, library: Library, shelf: Library, equipment: set[str]
) -> Iterator[Choice]:
    """Every move at the highest level up to the one wished for that the equipment allows."""
    is_enough = enough(equipment, library.moves.values())
    for move in library.moves.values():
        needed = needs(move)[: wishes.level]
        levels = [n for n, need in enumerate(needed, 1) if is_enough(need)]
        if levels and move.id in shelf.moves:
            level, base = levels[-1], shelf.moves[move.id]
            yield Choice(
                move=at_level(base, level),
                base=base,
                needs=needed[level - 1],
                level=level,
                area=primary(move, wishes.areas),
                effort=min(3, move.effort + level - 1),
                zone=zone_of(move),
                rank=_POSITIONS.index(move.position),
            )


def zone_of(move: Move) -> Zone | None:
    """Where a move is done; None: in any position."""
    if move.areas[0] == "breath":
        return None
    return "up" if move.position in {"standing", "chair"} else "floor"


def _is_work(choice: Choice, wishes: Wishes) -> bool:
    if choice.id == FILLER or choice.effort > _MAX_EFFORT[wishes.level]:
        return False
    first = choice.move.areas[0]
    if wishes.areas:
        apart = first in {"run drill", "breath"} and first not in wishes.areas
        if apart or choice.area not in wishes.areas:
            return False
    elif first in _APART:
        return False
    gentle = _GENTLE.get(choice.area, ()) if wishes.areas else ()
    return bool({"work", *gentle} & {*choice.move.parts})


def _suits(choice: Choice, wishes: Wishes) -> bool:
    """Whether a move suits around the work: on the spot, unless the session is a run."""
    return choice.effort < 3 and (  # noqa: PLR2004 - hard
        not choice.move.travels or "run drill" in wishes.areas
    )
