"""`program`: a file for each session of a programme, with playlist, page and calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voiceguide.cli import options, sources
from voiceguide.cli.messages import counted, put, put_json, put_rows, size, tell, tell_faults
from voiceguide.cli.progress import shown
from voiceguide.cli.targets import DEFAULT_FOLDER, DEFAULT_FORMAT, STANDARD_OUTPUT
from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.cli.sources import Found
    from voiceguide.model.options import Options
    from voiceguide.model.programme import Slot
    from voiceguide.pipeline import Report
    from voiceguide.pipeline.programme_files import Made, MadeProgramme
    from voiceguide.pipeline.programmes import PlannedSession, Timetable


def program(
    programme: options.Programme,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="The folder to write. Default: output/NAME/"
        ),
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Only show the weeks: make no sound file.")
    ] = False,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="With --plan: make no speech, estimate its length.")
    ] = False,
    week: Annotated[
        list[int] | None,
        typer.Option("--week", metavar="N", help="Make only the sessions of this week."),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start",
            metavar="DATE",
            help="Week 1 begins on this day, or on the first Monday after it: 2026-12-07.",
        ),
    ] = None,
    audio_format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="mp3, m4a, m4b, ogg, opus, flac or wav.",
            show_default=False,
        ),
    ] = DEFAULT_FORMAT,
    voice: options.Voice = None,
    engine: options.Engine = None,
    rate: options.Rate = None,
    talk: options.Talk = None,
    level: options.Level = None,
    as_json: options.Json = False,
) -> None:
    """Make every session of a programme, with playlist, page and calendar.

    The programme and all its scripts are checked first: where one has a fault, nothing is written.
    What is there already and has not changed stays as it is.
    """
    found = sources.find(programme, "programmes")
    chosen = options.overrides(voice=voice, engine=engine, rate=rate, talk=talk, level=level)
    first_day = _day(start)
    if plan:
        show_plan(found, chosen, start=first_day, estimate=estimate, as_json=as_json)
        return
    if estimate:
        raise UsageError("--estimate is for --plan", "Leave it out, or add --plan.")
    if output == STANDARD_OUTPUT:
        raise UsageError("a programme is more than one file", "Name a folder with -o.")
    made = _render(
        found, output or DEFAULT_FOLDER / found.name, chosen, audio_format, week or [], first_day
    )
    if as_json:
        put_json([_made_data(each) for each in made.made])


def _render(
    found: Found,
    folder: Path,
    chosen: Options,
    audio_format: str,
    weeks: list[int],
    start: date | None,
) -> MadeProgramme:
    from voiceguide.model.wording import clock
    from voiceguide.pipeline.programme_files import CALENDAR, render_programme

    with shown(found.name) as progress:
        made = render_programme(
            found.source,
            found.name,
            folder,
            chosen,
            format=audio_format.lower().removeprefix("."),
            weeks=weeks,
            start=start,
            progress=progress,
            done=_tell_made,
        )
    _tell_warnings(made.timetable)
    for path in made.texts:
        tell(str(path))
    total = clock(round(sum(each.appointment.length_ms for each in made.made), -3))
    kept = sum(each.rendered is None for each in made.made)
    tell(f"{counted(len(made.made), 'session')}, {total} in all; {kept} up to date before.")
    if not any(path.name == CALENDAR for path in made.texts):
        tell("There is no calendar, since nobody says when week 1 begins: --start 2026-12-07")
    return made


def is_one(found: Found) -> bool:
    """Whether a file is a programme; it is told from a script by its first key."""
    from voiceguide.programme import is_programme

    return is_programme(found.source.text)


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


def show_plan(
    found: Found,
    chosen: Options,
    *,
    start: date | None = None,
    estimate: bool = False,
    as_json: bool = False,
) -> None:
    """Writes the weeks and days of a programme to standard output."""
    from voiceguide.pipeline.programmes import plan_programme

    with shown(found.name) as progress:
        timetable = plan_programme(
            found.source, chosen, start=start, estimate=estimate, progress=progress
        )
    if as_json:
        put_json(_plan_data(timetable))
        return
    _tell_warnings(timetable)
    put(timetable.programme.title)
    if timetable.programme.description:
        put(timetable.programme.description)
    weeks = counted(timetable.programme.weeks, "week")
    put(f"{weeks}, {counted(len(timetable.sessions), 'session')}\n")
    put_rows([_row(each) for each in timetable.sessions])


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


def _plan_data(timetable: Timetable) -> dict[str, object]:
    programme = timetable.programme
    return {
        "title": programme.title,
        "description": programme.description,
        "weeks": programme.weeks,
        "sessions": [_slot_data(each) for each in timetable.sessions],
        "warnings": [warning.message for warning in timetable.warnings],
    }


def _slot_data(planned: PlannedSession) -> dict[str, object]:
    from dataclasses import asdict

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


def _made_data(made: Made) -> dict[str, object]:
    return {
        **_slot_data(made.planned),
        "file": str(made.path),
        "size_bytes": made.path.stat().st_size,
        "up_to_date_before": made.rendered is None,
    }


def _tell_made(made: Made) -> None:
    from voiceguide.model.wording import clock

    length = clock(made.appointment.length_ms)
    took = "up to date" if made.rendered is None else f"made in {made.rendered.elapsed_s:.1f} s"
    tell(f"{made.path}: {length}, {size(made.path.stat().st_size)}, {took}")


def _tell_warnings(timetable: Timetable) -> None:
    """Those of the programme and, once each, those that only the words of a session show."""
    tell_faults(timetable.warnings, as_warnings=True)
    told = {f"{fault.message}" for fault in timetable.warnings}
    for planned in timetable.sessions:
        for warning in planned.timeline.warnings:
            if warning not in told and warning.partition(": ")[2] not in told:
                told.add(warning)
                tell(f"warning: {planned.session.source.origin}, {warning}")


def _day(written: str | None) -> date | None:
    from voiceguide.programme.scalars import day_of
    from voiceguide.script.faults import Refused

    try:
        return None if written is None else day_of(written)
    except Refused as error:
        raise UsageError(f"--start {written}: {error.message}", error.hint) from error
