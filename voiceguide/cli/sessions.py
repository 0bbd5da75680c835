"""`render`, `plan` and `check`: what becomes of a script."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voiceguide.cli import options, pictures, targets, timetable
from voiceguide.cli.messages import (
    counted,
    put,
    put_json,
    size,
    tell,
    tell_error,
    tell_faults,
    tell_warnings,
)
from voiceguide.cli.progress import shown
from voiceguide.cli.sources import Found, find, find_all, find_each
from voiceguide.model.errors import (
    EXIT_FAULTY_SCRIPT,
    EXIT_USAGE,
    Fault,
    ScriptError,
    UsageError,
    VoiceguideError,
)

if TYPE_CHECKING:
    from voiceguide.model.options import Options
    from voiceguide.pipeline import Rendered


def render(
    scripts: options.Scripts,
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|DIR",
            help="The file or the folder to write, `-` for standard output. Default: output/",
        ),
    ] = None,
    audio_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="mp3, m4a, m4b, ogg, opus, flac or wav, where the suffix of -o does not say it.",
        ),
    ] = None,
    timeline: Annotated[
        Path | None,
        typer.Option("--timeline", metavar="FILE", help="Write the timeline too, as JSON."),
    ] = None,
    voice: options.Voice = None,
    engine: options.Engine = None,
    rate: options.Rate = None,
    talk: options.Talk = None,
    level: options.Level = None,
    as_json: options.Json = False,
    fit: options.Fit = None,
    variables: options.Set = None,
    music: options.Music = None,
) -> None:
    """Make finished audio of scripts, by default output/NAME.mp3.

    All scripts are checked first: where one has a fault, nothing is written.
    """
    chosen = options.overrides(
        voice=voice,
        engine=engine,
        rate=rate,
        talk=talk,
        level=level,
        fit=fit,
        variables=variables,
        music=music,
    )
    found = find_all(scripts)
    places = targets.choose(found, output, audio_format)
    if as_json and targets.STANDARD_OUTPUT in places:
        raise UsageError("--json and the audio both want standard output", "Name a file with -o.")
    if timeline is not None:
        targets.keep_timeline_apart(timeline, found, places)
    _refuse_faulty(found, chosen)
    done = []
    exit_code = 0
    for script, target in zip(found, places, strict=True):
        is_there = target.is_file()
        outcome = _render(script, target, chosen, audio_format, timeline)
        if isinstance(outcome, VoiceguideError):
            tell_error(outcome, writes=True)
            if len(found) > 1:
                tell(f"{script.source.origin} was not rendered.")
            exit_code = exit_code or outcome.exit_code
        else:
            _tell_rendered(script, outcome, replaced=is_there)
            if is_there and chosen.variables and output is None:
                tell("With other values a name of its own keeps both: -o FILE.")
            done.append(_rendered_data(script, outcome))
    if as_json:
        put_json(done)
    if exit_code:
        raise typer.Exit(exit_code)


def plan(
    script: options.Script,
    *,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Make no speech: estimate how long it is.")
    ] = False,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE", help="Draw it: a picture of the timeline, as SVG."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write a page: the picture, sums, and every word."
        ),
    ] = None,
    voice: options.Voice = None,
    engine: options.Engine = None,
    rate: options.Rate = None,
    talk: options.Talk = None,
    level: options.Level = None,
    as_json: options.Json = False,
    fit: options.Fit = None,
    variables: options.Set = None,
    music: options.Music = None,
) -> None:
    """Show what happens when, without making a sound file.

    One line for each segment and each cue, then sums, and what found no room. With --svg or --html
    the file takes their place; FILE may be `-` for standard output. Of a programme: its weeks.
    """
    from voiceguide import pipeline
    from voiceguide.cli.listing import listing
    from voiceguide.model.timeline import dump

    found = find(script, "scripts", "programmes")
    files = {option: file for option, file in (("--svg", svg), ("--html", html)) if file}
    pictures.keep_apart(files, found, as_json=as_json)
    chosen = options.overrides(
        voice=voice,
        engine=engine,
        rate=rate,
        talk=talk,
        level=level,
        fit=fit,
        variables=variables,
        music=music,
    )
    if timetable.is_one(found):
        timetable.refuse(files, fit=fit, variables=variables)
        timetable.show_plan(found, chosen, estimate=estimate, as_json=as_json)
        return
    with shown(found.name) as progress:
        timeline = pipeline.plan(found.source, chosen, estimate=estimate, progress=progress)
    if files:
        pictures.write(timeline, files, found.source.origin)
    if as_json:
        put(dump(timeline, indent=2))
    elif not files:
        put(listing(timeline, shutil.get_terminal_size().columns).rstrip("\n"))


def check(
    scripts: options.Scripts, *, variables: options.Set = None, as_json: options.Json = False
) -> None:
    """Find every fault of scripts, without making a sound.

    Of a programme: its own, and those of every session in it.
    """
    from voiceguide import pipeline

    found, refused = find_each(scripts, "scripts", "programmes")
    chosen = options.overrides(variables=variables)
    reports = []
    for script in found:
        if timetable.is_one(script):
            timetable.refuse({}, variables=variables)
            reports.append(timetable.report(script))
        else:
            reports.append(pipeline.check(script.source, chosen))
    if as_json:
        put_json(
            {
                "faults": [_fault_data(fault) for report in reports for fault in report.faults],
                "warnings": [_fault_data(doubt) for report in reports for doubt in report.warnings],
            }
        )
    else:
        for script, report in zip(found, reports, strict=True):
            tell_faults(report.warnings, as_warnings=True)
            tell_faults(report.faults)
            doubts = counted(len(report.warnings), "warning") if report.warnings else ""
            told = ", ".join(filter(None, (counted(len(report.faults), "fault"), doubts)))
            tell(f"{told} in {script.source.origin}")
    for error in refused:
        tell_error(error)
    if refused:
        raise typer.Exit(EXIT_USAGE)
    if any(report.faults for report in reports):
        raise typer.Exit(EXIT_FAULTY_SCRIPT)


def _fault_data(fault: Fault) -> dict[str, object]:
    data = asdict(fault)
    return {"file": data.pop("origin"), **data}


def _refuse_faulty(found: Sequence[Found], chosen: Options) -> None:
    """Tells every fault of every script before any of them is made."""
    from voiceguide import pipeline

    found_faults = []
    for script in found:
        with shown(script.name) as progress:
            found_faults.append(pipeline.find_faults(script.source, chosen, progress))
    faulty = [ScriptError(faults) for faults in found_faults if faults]
    for error in faulty:
        tell_error(error, writes=True)
    if faulty:
        raise typer.Exit(EXIT_FAULTY_SCRIPT)


def _render(
    script: Found,
    target: Path,
    chosen: Options,
    audio_format: str | None,
    timeline: Path | None,
) -> Rendered | VoiceguideError:
    """One session, or why there is none: the sessions after it are still to be made."""
    from voiceguide import pipeline

    try:
        if target != targets.STANDARD_OUTPUT:
            targets.make_folder(target)
        with shown(script.name) as progress:
            return pipeline.render(
                script.source,
                target,
                chosen,
                format=audio_format,
                timeline_file=timeline,
                progress=progress,
            )
    except VoiceguideError as error:
        return error


def _tell_rendered(script: Found, rendered: Rendered, *, replaced: bool) -> None:
    from voiceguide.model.wording import clock

    tell_warnings(rendered.timeline.warnings, script.source.origin)
    name = "standard output" if rendered.path == targets.STANDARD_OUTPUT else rendered.path
    tell(
        f"{name}: {clock(rendered.duration_ms)}, {size(rendered.size_bytes)}, "
        f"{rendered.lufs:.1f} LUFS, made in {rendered.elapsed_s:.1f} s"
        f"{', in place of the file before' if replaced else ''}"
    )


def _rendered_data(script: Found, rendered: Rendered) -> dict[str, object]:
    return {
        "script": script.source.origin,
        "file": str(rendered.path),
        "duration_ms": rendered.duration_ms,
        "size_bytes": rendered.size_bytes,
        "lufs": round(rendered.lufs, 2),
        "elapsed_s": rendered.elapsed_s,
        "voice": rendered.timeline.voice,
        "warnings": rendered.timeline.warnings,
    }
