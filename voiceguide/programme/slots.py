"""Programme -> its sessions in the order of time, each with its day and with what has grown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from voiceguide.model.options import Turn
from voiceguide.model.programme import Entry, Growth, Programme, Progress, Slot, first_monday


def lay_out(programme: Programme, start: date | None = None) -> tuple[Slot, ...]:
    """Every session of a programme.

    Args:
        programme: without faults.
        start: goes before the start of the programme.
    """
    return tuple(_slots(programme, start or programme.start))


def _slots(programme: Programme, start: date | None) -> Iterator[Slot]:
    monday = None if start is None else first_monday(start)
    for week in range(1, programme.weeks + 1):
        for day, weekday in enumerate(programme.days, start=1):
            entries = of_day(programme, weekday)
            for number, (place, entry) in enumerate(entries, start=1):
                days = timedelta(days=7 * (week - 1) + weekday)
                yield Slot(
                    entry=place,
                    script=_of_week(entry.script, week),
                    variables=tuple((name, _of_week(v, week)) for name, v in entry.variables),
                    turn=Turn(
                        week=week,
                        day=day,
                        more_reps=_grown(programme.progress.reps, programme.progress, week),
                        more_sets=_grown(programme.progress.sets, programme.progress, week),
                    ),
                    deload=is_deload(programme.progress, week),
                    weekday=weekday,
                    number=number if len(entries) > 1 else None,
                    on=None if monday is None else monday + days,
                    at=entry.at or programme.at,
                )


def of_day(programme: Programme, weekday: int) -> list[tuple[int, Entry]]:
    """The sessions of a day of the week with their places in `sessions`, in order of time."""
    found = [
        (place, entry)
        for place, entry in enumerate(programme.sessions)
        if entry.day is None or weekday in entry.day
    ]
    return sorted(found, key=lambda each: each[1].at or programme.at or time())


def is_deload(progress: Progress, week: int) -> bool:
    """Whether a week is a lighter one."""
    every = progress.deload_every
    return week in progress.deload or (every is not None and week % every == 0)


def _grown(growths: Iterable[Growth], progress: Progress, week: int) -> int:
    """How much more than in week 1; a lighter week has nothing more, and makes nothing grow."""
    if is_deload(progress, week):
        return 0
    worked = sum(not is_deload(progress, before) for before in range(1, week))
    return sum(
        growth.by * (worked // growth.every) if growth.every else growth.by
        for growth in growths
        if growth.every or week >= (growth.at or 1)
    )


def _of_week(values: tuple[str, ...], week: int) -> str:
    """The value of a week, where there is one for each."""
    return values[week - 1] if len(values) > 1 else values[0]
