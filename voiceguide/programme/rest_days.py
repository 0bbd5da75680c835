"""The rule of rest: two sessions for one area are not done on days next to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from voiceguide.model.exercise import Area
from voiceguide.model.programme import Slot

NEED_NO_REST: tuple[Area, ...] = ("mobility", "breath")
"""Moves that are for one of these may be done every day, whatever else they are for."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions that leave no day of rest between them."""

    earlier: Slot
    later: Slot
    areas: tuple[Area, ...]
    """What both are for."""


def clashes(areas: Mapping[Slot, Iterable[Area]]) -> tuple[Clash, ...]:
    """The clashes of a programme: of each pair of sessions and days, the first one.

    Args:
        areas: what each of its sessions works on, in the order of time.
    """
    found: dict[tuple[int, int, int], Clash] = {}
    for clash in _clashes(areas):
        key = (clash.earlier.weekday, clash.earlier.entry, clash.later.entry)
        found.setdefault(key, clash)
    return tuple(found.values())


def _clashes(areas: Mapping[Slot, Iterable[Area]]) -> Iterator[Clash]:
    days: dict[int, list[Slot]] = {}
    for slot in areas:
        days.setdefault(7 * slot.turn.week + slot.weekday, []).append(slot)
    for day, earlier_ones in days.items():
        for earlier, later in product(earlier_ones, days.get(day + 1, ())):
            both = [area for area in areas[earlier] if area in set(areas[later])]
            if both:
                yield Clash(earlier, later, tuple(both))
