"""Moves in an order that is sensible to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voiceguide.compose.choice import Choice, Zone
from voiceguide.model.exercise import Area

_MAX_STEPS = 60
"""A set of moves that has no order after this many is given up: another one has."""


@dataclass(slots=True)
class Order:
    """A search for the order of moves, from the first to the last.

    At each place the moves that may come next are tried, the best one first; where none may, the
    move before gives way to the next best.
    """

    zones: Sequence[Zone]
    """Where one is, in the order wished for; one never goes back."""
    by_area: bool
    """Whether two moves for the same area may not be neighbours."""
    steps: int = 0
    hardest: int = 0

    def of(self, choices: Sequence[Choice]) -> tuple[Choice, ...] | None:
        """The moves in order; None where there is none."""
        efforts = {choice.effort for choice in choices}
        self.steps = 0
        self.hardest = max(efforts) if len(efforts) > 1 else max(efforts) + 1
        return self._after((), tuple(choices))

    def _after(
        self, placed: tuple[Choice, ...], left: tuple[Choice, ...]
    ) -> tuple[Choice, ...] | None:
        if not left:
            return placed
        self.steps += 1
        zone = self._zone(left)
        last = placed[-1] if placed else None
        options = [choice for choice in left if choice.zone in {zone, None}]
        for choice in sorted(options, key=lambda choice: self._cost(choice, last)):
            if self.steps > _MAX_STEPS:
                return None
            rest = tuple(other for other in left if other is not choice)
            if self._may_follow(choice, last) and self._leaves_an_order(choice, rest):
                found = self._after((*placed, choice), rest)
                if found is not None:
                    return found
        return None

    def _zone(self, left: Sequence[Choice]) -> Zone | None:
        """Where the next move is done: on, until nothing is left there."""
        return next((zone for zone in self.zones if any(c.zone == zone for c in left)), None)

    def _may_follow(self, choice: Choice, last: Choice | None) -> bool:
        if last is None:
            return True
        same_area = self.by_area and choice.area == last.area
        return not same_area and choice.id not in last.move.not_with

    def _leaves_an_order(self, choice: Choice, rest: Sequence[Choice]) -> bool:
        """Whether those that are left can still end with an easier one, and keep areas apart."""
        if all(other.effort >= self.hardest for other in rest or (choice,)):
            return False
        if not self.by_area:
            return True
        here = Counter(other.area for other in rest if other.zone == choice.zone)
        n_here = sum(here.values())
        return all(2 * n <= n_here + (area != choice.area) for area, n in here.items())

    def _cost(self, choice: Choice, last: Choice | None) -> tuple[int, int, int]:
        """What makes a move a worse one to come next: a change of position, the same muscles."""
        way = choice.rank if self.zones[0] == "up" else -choice.rank
        hard = choice.effort if choice.area == "run drill" else -choice.effort  # drills build up
        if last is None:
            return (way, 0, hard)
        moved = not choice.is_free and choice.rank != last.rank
        return (way if moved else -99, 0 if hard > 0 else len(shared(choice, last)), hard)


def shared(one: Choice, other: Choice) -> set[Area]:
    """The areas that two moves both ask something of."""
    return set(one.move.areas) & set(other.move.areas)


def changes(choices: Sequence[Choice]) -> int:
    """How often the position changes."""
    ranks = [choice.rank for choice in choices if not choice.is_free]
    return sum(one != other for one, other in pairwise(ranks))
