"""A session made exactly as long as was asked, by its gaps (`docs/script-format.md`, "Fitting").

All gaps move by one rule: each goes the same part of the way from its shortest to its longest, in
steps of 0.1 s; the last ones take what is left over. Work is never touched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from voiceguide.coach.schedule import Planned
from voiceguide.model.session import Session

_STEP_MS = 100
_ONE_BY_ONE = 8
"""So many optional steps are left out one by one; the number of more is found by halves."""
_MOST_TURNS = 8
"""A safety line that loses its gap gets time of its own, which the gaps then give: one turn or
two settle that."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The lengths that a session can be given, in ms."""

    shortest_ms: int
    longest_ms: int
    nearest_ms: tuple[int, ...] = ()
    """Where steps that are left out make a leap over the length asked for: before and after it."""


def fit(
    wanted_ms: int,
    leave_out: Callable[[int], Session],
    n_optional: int,
    plan: Callable[[Session], Planned],
) -> Planned | Reach:
    """The plan of exactly `wanted_ms`, with as few optional steps left out as can be.

    Where there is none: the shortest and the longest that there are. A plan with faults is given
    back as it is.

    Args:
        wanted_ms: length asked for.
        leave_out: the session without its last so many optional steps.
        n_optional: how many there are to be left out.
        plan: what comes of a session.
    """
    reaches: list[Reach] = []

    def tried(n_left_out: int) -> Planned | Reach:
        session = leave_out(n_left_out)
        found = _stretched(wanted_ms, session, plan(session), plan)
        if isinstance(found, Reach):
            reaches.append(found)
        return found

    def shortest_ms(n_left_out: int) -> int:
        session = leave_out(n_left_out)
        reaches.append(_reach(session, plan(session).timeline.duration_ms))
        return reaches[-1].shortest_ms

    def numbers() -> Iterator[int]:
        few = min(n_optional, _ONE_BY_ONE)
        yield from range(1, few + 1)
        if few < n_optional:
            yield bisect_left(
                range(n_optional), 1, lo=few + 1, key=lambda n: shortest_ms(n) <= wanted_ms
            )

    first = tried(0)
    if isinstance(first, Planned):
        return first
    if wanted_ms <= first.longest_ms:
        for n_left_out in numbers():
            if isinstance(found := tried(n_left_out), Planned):
                return found
    least_ms = shortest_ms(n_optional)
    below = [reach.longest_ms for reach in reaches if reach.longest_ms < wanted_ms]
    above = [reach.shortest_ms for reach in reaches if reach.shortest_ms > wanted_ms]
    nearest = (max(below), min(above)) if below and above else ()
    return Reach(least_ms, first.longest_ms, nearest)


def _reach(session: Session, duration_ms: int) -> Reach:
    spans = [(part.elastic, part.length_ms or 0) for part in session.parts if part.elastic]
    fixed_ms = duration_ms - sum(length_ms for _, length_ms in spans)
    low = sum(elastic[0] for elastic, _ in spans)
    high = sum(elastic[1] for elastic, _ in spans)
    return Reach(fixed_ms + low, fixed_ms + high)


def _stretched(
    wanted_ms: int, session: Session, planned: Planned, plan: Callable[[Session], Planned]
) -> Planned | Reach:
    """The plan at the length asked for, or how far the gaps of this session reach."""
    reach = _reach(session, planned.timeline.duration_ms)
    for _ in range(_MOST_TURNS):
        if planned.faults or planned.timeline.duration_ms == wanted_ms:
            return planned
        reach = _reach(session, planned.timeline.duration_ms)
        if not reach.shortest_ms <= wanted_ms <= reach.longest_ms:
            return reach
        session = _moved(session, wanted_ms - reach.shortest_ms)
        planned = plan(session)
    return reach


def _moved(session: Session, more_ms: int) -> Session:
    """The session with `more_ms` beyond the shortest of all its gaps."""
    spans = {n: part.elastic for n, part in enumerate(session.parts) if part.elastic}
    room_ms = sum(high - low for low, high in spans.values())
    lengths: dict[int, int] = {}
    left_ms = more_ms
    for number, (low, high) in spans.items():
        way = more_ms * (high - low) // room_ms if room_ms else 0
        lengths[number] = low + way // _STEP_MS * _STEP_MS
        left_ms -= lengths[number] - low
    for number, (_, high) in reversed(spans.items()):
        added = min(left_ms, high - lengths[number])
        lengths[number] += added
        left_ms -= added
    parts = tuple(
        replace(part, length_ms=lengths[number]) if number in lengths else part
        for number, part in enumerate(session.parts)
    )
    return replace(session, parts=parts)
