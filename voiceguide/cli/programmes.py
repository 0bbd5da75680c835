"""`program`: a file for each session of a programme, with playlist, page and calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voiceguide.cli import options, sources, timetable
from voiceguide.cli.messages import counted, put_json, size, tell, tell_error
from voiceguide.cli.progress import shown
from voiceguide.cli.targets import DEFAULT_FOLDER, DEFAULT_FORMAT, STANDARD_OUTPUT
from voiceguide.model.errors import ScriptError, UsageError

if TYPE_CHECKING:
    from voiceguide.cli.sources import Found
    from voiceguide.model.options import Options
    from voiceguide.pipeline.programme_files import Made, MadeProgramme


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
        typer.Option("--week", metavar="N", help="Only the sessions of this week."),
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
    music: options.Music = None,
    as_json: options.Json = False,
) -> None:
    """Make every session of a programme, with playlist, page and calendar.

    `voiceguide list programmes` lists those built in. `voiceguide programme` is the same command.

    The programme and all its scripts are checked first: where one has a fault, nothing is written.
    What is there already and has not changed stays as it is.
    """
    found = sources.find(programme, "programmes")
    chosen = options.overrides(
        voice=voice, engine=engine, rate=rate, talk=talk, level=level, music=music
    )
    first_day = _day(start)
    if plan:
        timetable.show_plan(
            found, chosen, start=first_day, weeks=week or (), estimate=estimate, as_json=as_json
        )
        return
    if estimate:
        raise UsageError("--estimate is for --plan", "Leave it out, or add --plan.")
    if output == STANDARD_OUTPUT:
        raise UsageError("a programme is more than one file", "Name a folder with -o.")
    folder = output or DEFAULT_FOLDER / found.name
    try:
        made = _render(found, folder, chosen, audio_format, week or [], first_day)
    except ScriptError as error:
        tell_error(error, writes=True)
        raise typer.Exit(error.exit_code) from error
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
    timetable.tell_first_day(made.timetable, start)
    timetable.tell_doubts(made.timetable)
    for path in made.texts:
        tell(str(path))
    total = clock(round(sum(each.appointment.length_ms for each in made.made), -3))
    kept = sum(each.rendered is None for each in made.made)
    tell(f"{counted(len(made.made), 'session')}, {total} in all; {kept} up to date before.")
    if not any(path.name == CALENDAR for path in made.texts):
        is_there = (folder / CALENDAR).is_file()
        calendar = f"{folder / CALENDAR} stays as it was" if is_there else "There is no calendar"
        tell(f"{calendar}, since nobody says when week 1 begins: --start 2026-12-07")
    return made


def _made_data(made: Made) -> dict[str, object]:
    return {
        **timetable.slot_data(made.planned),
        "file": str(made.path),
        "size_bytes": made.path.stat().st_size,
        "up_to_date_before": made.rendered is None,
    }


def _tell_made(made: Made) -> None:
    from voiceguide.model.wording import clock

    length = clock(made.appointment.length_ms)
    took = "up to date" if made.rendered is None else f"made in {made.rendered.elapsed_s:.1f} s"
    tell(f"{made.path}: {length}, {size(made.path.stat().st_size)}, {took}")


def _day(written: str | None) -> date | None:
    from voiceguide.programme.scalars import day_of
    from voiceguide.script.faults import Refused

    try:
        return None if written is None else day_of(written)
    except Refused as error:
        raise UsageError(f"--start {written}: {error.message}", error.hint) from error
