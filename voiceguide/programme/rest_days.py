"""The rule of rest: two sessions for one area are not done on days next to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from voiceguide.model.exercise import Area
from voiceguide.model.programme import Slot

NEEDS_NO_REST: frozenset[Area] = frozenset({"mobility", "breath"})
"""What may be done every day."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions that leave no day of rest between them."""

    earlier: Slot
    later: Slot
    areas: tuple[Area, ...]
    """What both are for."""


def clashes(slots: Iterable[Slot], areas: Mapping[Slot, Iterable[Area]]) -> tuple[Clash, ...]:
    """The clashes of a programme: of each pair of sessions and days, the first one.

    Args:
        slots: all of its sessions.
        areas: what each of them works on.
    """
    found: dict[tuple[int, int, int], Clash] = {}
    for clash in _clashes(slots, areas):
        key = (clash.earlier.weekday, clash.earlier.entry, clash.later.entry)
        found.setdefault(key, clash)
    return tuple(found.values())


def _clashes(slots: Iterable[Slot], areas: Mapping[Slot, Iterable[Area]]) -> Iterator[Clash]:
    days: dict[int, list[Slot]] = {}
    for slot in slots:
        days.setdefault(7 * slot.turn.week + slot.weekday, []).append(slot)
    for day, earlier_ones in days.items():
        for earlier, later in product(earlier_ones, days.get(day + 1, ())):
            both = [area for area in areas[earlier] if area in set(areas[later]) - NEEDS_NO_REST]
            if both:
                yield Clash(earlier, later, tuple(both))
