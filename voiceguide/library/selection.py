"""Which moves are for an area, or can be done with what is at hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from voiceguide.library import at_level
from voiceguide.model.exercise import Move

NOTHING = "none"

_ALSO_CALLED = {"dumbbell": "weight", "kettlebell": "weight", "free weight": "weight"}
"""What somebody has at hand, and what the moves call it."""


def select(
    moves: Iterable[Move],
    areas: Collection[str] | None = None,
    equipment: Collection[str] | None = None,
) -> tuple[Move, ...]:
    """The moves that are for one of the areas and, at one of their levels, need no more than given.

    Args:
        moves: in English, as equipment is named.
        areas: those of `Area`; any where None.
        equipment: names as `things` gives them, or the last word of several ("band" is any band);
            "none" lets those pass that need nothing. None: whatever they need.
    """
    is_enough = None if equipment is None else enough(equipment, moves)
    return tuple(
        move
        for move in moves
        if (areas is None or set(areas) & set(move.areas))
        and (is_enough is None or any(map(is_enough, needs(move))))
    )


def enough(equipment: Collection[str], moves: Iterable[Move]) -> Callable[[Collection[str]], bool]:
    """Whether what is needed is among `equipment`, which is named as for `select`.

    Args:
        equipment: what is at hand.
        moves: all that there are; they say which last words are a thing's own name.
    """
    named = things(moves)
    given = {_plain(name) for name in equipment}

    def is_enough(need: Collection[str]) -> bool:
        if not need:
            return NOTHING in given
        return all(any(_is_given(thing, given, named) for thing in _choices(item)) for item in need)

    return is_enough


def needs(move: Move) -> tuple[tuple[str, ...], ...]:
    """The equipment of each level, from the first."""
    return tuple(at_level(move, n).equipment for n in range(1, max(1, len(move.levels)) + 1))


def things(moves: Iterable[Move]) -> tuple[str, ...]:
    """All that the moves may need, each once and bare: "chair", "loop band"."""
    every = (item for move in moves for need in needs(move) for item in need)
    return tuple(dict.fromkeys(thing for item in every for thing in _choices(item)))


def unknown(equipment: Iterable[str], moves: Iterable[Move]) -> str | None:
    """The first of the names that stands for nothing that the moves need."""
    named = things(moves)
    known = {NOTHING, *named, *map(_last_word, named)}
    return next((name for name in equipment if _plain(name) not in known), None)


def _is_given(thing: str, given: set[str], named: tuple[str, ...]) -> bool:
    """Whether a thing is there by its name, or by a last word that is no thing's own name."""
    last = _last_word(thing)
    return thing in given or (last in given and last not in named)


def _last_word(thing: str) -> str:
    return thing.rpartition(" ")[2]


def _choices(item: str) -> list[str]:
    """The things of which one is needed: "a bench, a chair or a low table" are three."""
    return [_plain(thing) for thing in re.split(r", | or ", item)]


def _plain(name: str) -> str:
    """A thing without article and plural, as it is looked for."""
    bare = re.sub(r"^an? |s$", "", name.strip().casefold())
    return _ALSO_CALLED.get(bare, bare)


def first_choice(item: str) -> str:
    """The first of the things of which one is needed, bare."""
    return _choices(item)[0]
