"""What need not be said again: amounts and rests that were told, and most of many rounds.

The rules are those of `docs/script-format.md`, "How much is said".
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import count

from voiceguide.model.session import Part

MAX_COUNTED = 12
"""So many sets or rounds are all numbered; of more than these only every fifth, tenth and so on."""

Move = tuple[str | None, str | None, int | None]
"""What makes two parts the same exercise: label, library entry, level."""


def move(part: Part) -> Move:
    """The exercise of a part, whichever set or side of it."""
    return part.label, part.exercise, part.level


@dataclass(slots=True)
class Again:
    """What the coach has told, in the order of the session."""

    _lengths: dict[Move, Hashable] = field(default_factory=dict)
    _before: Hashable = None
    _rests: dict[str, int | None] = field(default_factory=dict)

    def knows_amount(self, part: Part, *, heard: bool) -> bool:
        """Whether the amount of a named part is no news; once it is heard, it is none.

        A length is known once it was told with the exercise, since the coach ends it. A number of
        reps is known only from the effort just before. An `amrap` is always news.
        """
        if not heard:
            if part.kind == "work":
                self._before = None
            return False
        told, amount = move(part), _amount(part)
        known = (told, amount) == self._before
        if part.reps is None and part.hold_ms is None and not part.own_pace:
            known = known or self._lengths.get(told) == amount
            self._lengths[told] = amount
        if part.kind == "work":
            self._before = told, amount
        return known and not part.told

    def knows_rest(self, part: Part) -> bool:
        """Whether the same rest was told when this step came last."""
        known = self._rests.get(part.path) == part.length_ms
        self._rests[part.path] = part.length_ms
        return known


def is_counted(number: int, of: int) -> bool:
    """Whether a set or a round is told by its number: each of a few, some of many, the last."""
    steps = (step for tens in count() for step in (10**tens, 5 * 10**tens))
    step = next(step for step in steps if of <= MAX_COUNTED * step)
    return number == of or number % step == 0


def _amount(part: Part) -> Hashable:
    length_ms = None if part.own_pace else part.length_ms
    told = (part.reps, part.reps_high, part.unit, part.hold_ms, part.distance, part.target)
    return (*told, length_ms if part.reps is None else None, part.own_pace)
