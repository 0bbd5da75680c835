"""The weeks of a programme as a table and as data; what `check`, `plan`, `list` and `show` ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from voiceguide.cli import sources
from voiceguide.cli.messages import counted, put, put_json, tell, tell_faults, tell_warnings
from voiceguide.cli.progress import shown
from voiceguide.cli.tables import put_paragraph, put_rows
from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.cli.sources import Found
    from voiceguide.model.options import Options
    from voiceguide.model.programme import Slot
    from voiceguide.pipeline import Report
    from voiceguide.pipeline.programmes import PlannedSession, Timetable


def is_one(found: Found) -> bool:
    """Whether a file is a programme; it is told from a script by its first key."""
    from voiceguide.programme import is_programme

    return is_programme(found.source.text)


def refuse(
    files: Iterable[str], *, fit: str | None = None, variables: list[str] | None = None
) -> None:
    """Refuses options that are for one session.

    Args:
        files: options that name a file.
        fit: the value of --fit.
        variables: the values of --set.

    Raises:
        UsageError: one of them was given.
    """
    given = [*files, *(["--fit"] if fit else []), *(["--set"] if variables else [])]
    if given:
        raise UsageError(
            f"{given[0]} is for a script, and this is a programme",
            "Name one of its scripts; a programme has `set` of its own.",
        )


def report(found: Found) -> Report:
    """What is wrong and doubtful in a programme and its sessions."""
    from voiceguide.pipeline.programmes import check_programme

    return check_programme(found.source)


def listed() -> list[dict[str, object]]:
    """The built-in programmes, as data."""
    from voiceguide import programme

    found: list[dict[str, object]] = []
    for each in sources.builtins("programmes"):
        read = programme.read(each.source.text, each.source.origin).programme
        assert read is not None, each.name
        sessions = programme.lay_out(read)
        found.append(
            {
                "name": each.name,
                "title": read.title,
                "description": read.description,
                "weeks": read.weeks,
                "sessions": len(sessions),
            }
        )
    return found


def row(each: dict[str, object]) -> tuple[str, ...]:
    """One of them as a row of a table."""
    weeks, sessions = int(str(each["weeks"])), int(str(each["sessions"]))
    return (
        str(each["name"]), counted(weeks, "week"), counted(sessions, "session"), str(each["title"])
    )  # fmt: skip


def show_plan(
    found: Found,
    chosen: Options,
    *,
    start: date | None = None,
    weeks: Collection[int] = (),
    estimate: bool = False,
    as_json: bool = False,
) -> None:
    """Writes the weeks and days of a programme to standard output; all where `weeks` is empty."""
    from voiceguide.pipeline.programmes import plan_programme

    with shown(found.name) as progress:
        timetable = plan_programme(
            found.source, chosen, start=start, weeks=weeks, estimate=estimate, progress=progress
        )
    tell_first_day(timetable, start)
    if as_json:
        put_json(_plan_data(timetable))
        return
    tell_doubts(timetable)
    put(timetable.programme.title)
    if timetable.programme.description:
        put_paragraph(timetable.programme.description)
    n_weeks = counted(timetable.programme.weeks, "week")
    of_weeks = f" in week {', '.join(map(str, sorted(set(weeks))))}" if weeks else ""
    put(f"{n_weeks}, {counted(len(timetable.sessions), 'session')}{of_weeks}\n")
    put_rows([_row(each) for each in timetable.sessions])


def tell_first_day(timetable: Timetable, start: date | None) -> None:
    """Tells on which day week 1 begins, where that is not the day that was named."""
    from voiceguide.model.programme import WEEKDAYS, first_monday

    named = start or timetable.programme.start
    if named is not None and (monday := first_monday(named)) != named:
        tell(f"{named} is a {WEEKDAYS[named.weekday()].title()}: week 1 begins on Monday {monday}.")


def slot_data(planned: PlannedSession) -> dict[str, object]:
    """One session of a programme, as data."""
    from voiceguide.cli.outline import outline
    from voiceguide.model.programme import WEEKDAYS

    slot, timeline = planned.slot, planned.timeline
    return {
        "week": slot.turn.week,
        "day": slot.turn.day,
        "weekday": WEEKDAYS[slot.weekday],
        "date": None if slot.on is None else slot.on.isoformat(),
        "at": None if slot.at is None else f"{slot.at:%H:%M}",
        "script": slot.script,
        "variables": dict(slot.variables),
        "more_reps": slot.turn.more_reps,
        "more_sets": slot.turn.more_sets,
        "deload": slot.deload,
        "title": timeline.title,
        "duration_ms": timeline.duration_ms,
        "estimated": timeline.estimated,
        "equipment": timeline.equipment,
        "steps": [asdict(item) for item in outline(timeline)],
    }


def tell_doubts(timetable: Timetable) -> None:
    """Those of the programme and, once each, those that only the words of a session show."""
    tell_faults(timetable.warnings, as_warnings=True)
    told = {fault.message for fault in timetable.warnings}
    for planned in timetable.sessions:
        for warning in planned.timeline.warnings:
            if warning not in told and warning.partition(": ")[2] not in told:
                told.add(warning)
                tell_warnings([warning], planned.session.source.origin)


def _plan_data(timetable: Timetable) -> dict[str, object]:
    programme = timetable.programme
    return {
        "title": programme.title,
        "description": programme.description,
        "weeks": programme.weeks,
        "sessions": [slot_data(each) for each in timetable.sessions],
        "warnings": [warning.message for warning in timetable.warnings],
    }


def _row(planned: PlannedSession) -> tuple[str, ...]:
    from voiceguide.model.wording import clock

    slot = planned.slot
    grown = _grown(slot)
    title = planned.title
    return (
        f"week {slot.turn.week}",
        f"day {slot.turn.day}",
        _when(slot),
        clock(round(planned.timeline.duration_ms, -3)),
        f"{title}: {grown}" if grown else title,
    )


def _when(slot: Slot) -> str:
    from voiceguide.model.programme import WEEKDAYS

    day = WEEKDAYS[slot.weekday][:3]
    date = "" if slot.on is None else f" {slot.on.isoformat()}"
    return f"{day}{date}" + ("" if slot.at is None else f" {slot.at:%H:%M}")


def _grown(slot: Slot) -> str:
    """`+2 reps, +1 set`; `deload` in a lighter week."""
    if slot.deload:
        return "deload"
    grown = ((slot.turn.more_reps, "rep"), (slot.turn.more_sets, "set"))
    return ", ".join(f"{n:+} {noun if abs(n) == 1 else f'{noun}s'}" for n, noun in grown if n)
