"""Areas, equipment and lengths as options name them; which routines and exercises they let pass."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.library import Library
    from voiceguide.model.exercise import Area, Move
    from voiceguide.pipeline import Overview

_UNIT = r"\s*(?:m|mins?|minutes?)?"
_MINUTES = re.compile(rf"(?:(\d+){_UNIT}\s*-\s*)?(\d+){_UNIT}", re.IGNORECASE)
_MOST_MINUTES = 720
_LEVELS = ("1", "2", "3")
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
            and (self.levels is None or str(routine.level) in self.levels)
        )


def choose(area: str | None, things: str | None, minutes: str | None, level: str | None) -> Choice:
    """What these options ask for.

    Raises:
        UsageError: one of them names what there is not.
    """
    return Choice(
        areas=None if area is None else areas(area),
        equipment=None if things is None else equipment(things),
        lengths_ms=_lengths_ms(minutes),
        levels=None if level is None else _levels(level),
    )


def areas(written: str) -> tuple[Area, ...]:
    """The areas of a row of names.

    Raises:
        UsageError: one of them is none.
    """
    from voiceguide.model.exercise import Area

    known: dict[str, Area] = {area: area for area in get_args(Area)}
    names = plain(written)
    wrong = next((name for name in names if name not in known), None)
    if wrong is not None:
        raise no_such(f"--area {hyphened(wrong)}: there is no such area", wrong, list(known))
    return tuple(known[name] for name in names)


def equipment(written: str) -> tuple[str, ...]:
    """The things of a row of names, as `library.selection` takes them.

    Raises:
        UsageError: no exercise needs one of them.
    """
    from voiceguide import library
    from voiceguide.library import selection

    moves = library.load().moves.values()
    things = plain(written)
    wrong = selection.unknown(things, moves)
    if wrong is not None:
        known = [selection.NOTHING, *selection.things(moves), "band"]
        raise no_such(f"--equipment {hyphened(wrong)}: no exercise needs it", wrong, known)
    return tuple(things)


def minutes(written: str) -> int:
    """The length of one session in minutes: of `10`, `10m` and `10min` alike.

    Raises:
        UsageError: it is none, or none that a session can have.
    """
    found = _MINUTES.fullmatch(written.strip())
    n = int(found[2]) if found and found[1] is None else 0
    if not 0 < n <= _MOST_MINUTES:
        raise UsageError(
            f"--minutes {written}: expected whole minutes, 1 to {_MOST_MINUTES}",
            "Write, for example, --minutes 10.",
        )
    return n


def plain(names: str) -> list[str]:
    """Names in a row, each once; a hyphen is as good as a space."""
    each = (" ".join(name.casefold().replace("-", " ").split()) for name in names.split(","))
    return list(dict.fromkeys(each))


def hyphened(name: str) -> str:
    """A name as it is written in a call, where it needs no quotes."""
    return name.replace(" ", "-")


def no_such(message: str, name: str, known: list[str]) -> UsageError:
    """That there is nothing of this name; with the nearest, or with all that there are."""
    near = [hyphened(each) for each in get_close_matches(name, known, n=2)]
    all_of_them = f"There are: {', '.join(map(hyphened, known))}."
    return UsageError(message, f"Did you mean {' or '.join(near)}?" if near else all_of_them)


def _levels(written: str) -> list[str]:
    levels = [name.strip() for name in written.split(",")]
    wrong = next((level for level in levels if level not in _LEVELS), None)
    if wrong is not None:
        raise UsageError(
            f"--level {wrong}: there is no such level",
            "Levels are 1 (for everybody), 2 and 3 (hard work): write one, or several as 1,2.",
        )
    return levels


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
