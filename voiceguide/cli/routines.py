"""`list`, `show` and `new`: what is built in, and a script to begin with."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from voiceguide.cli import choosing, options, overviews, sources, timetable
from voiceguide.cli.messages import put, put_json, put_rows, tell
from voiceguide.cli.shell import quoted
from voiceguide.cli.sources import Found
from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.library import Library
    from voiceguide.model.exercise import Level, Move
    from voiceguide.model.timeline import Timeline
    from voiceguide.pipeline import Overview

Kind = Literal["routines", "programmes", "exercises"]


def list_all(
    kind: Annotated[
        Kind | None,
        typer.Argument(metavar="KIND", help="routines, programmes or exercises; by default all."),
    ] = None,
    *,
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="NAMES", help="For one of these: core,glutes or others."),
    ] = None,
    equipment: Annotated[
        str | None,
        typer.Option(
            "--equipment",
            metavar="NAMES",
            help="What needs no more than this: none,band or others.",
        ),
    ] = None,
    minutes: Annotated[
        str | None,
        typer.Option(
            "--minutes", metavar="MOST|FROM-TO", help="Routines of this length: 10, or 5-10."
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="LEVELS", help="Routines of one of these levels: 1,2."),
    ] = None,
    language: options.Language = "en",
    as_json: options.Json = False,
) -> None:
    """List the built-in routines and exercises.

    Of a routine: name, length, level, title, what it is for and what it needs. Level 1 is for
    everybody, 2 for those who know the moves, 3 for those who are used to hard work. The weeks of
    one plan share a row, unless an option chooses.
    """
    from voiceguide import pipeline

    choice = choosing.choose(area, equipment, minutes, level)
    if choice.is_of_routines and kind not in {None, "routines"}:
        raise UsageError(
            "--minutes and --level choose routines", "Write `voiceguide list routines`."
        )
    if kind == "programmes" and not choice.is_open:
        raise UsageError(
            "--area and --equipment choose routines and exercises", "List them without."
        )
    kind = "routines" if choice.is_of_routines else kind
    builtins = sources.builtins() if kind in {None, "routines"} else ()
    courses = timetable.listed() if choice.is_open and kind in {None, "programmes"} else []
    seen = [(found.name, pipeline.overview(found.source)) for found in builtins]
    routines = [(name, each) for name, each in seen if choice.passes(each)]
    moves = choice.moves(_shelf(language)) if kind in {None, "exercises"} else []
    if as_json:
        data = {
            "routines": [{"name": name, **asdict(each)} for name, each in routines],
            "programmes": courses,
            "exercises": [_move_data(move) for move in moves],
        }
        put_json(data if kind is None else {kind: data[kind]})
        return
    _put_lists(routines, courses, moves, folded=choice.is_open)
    if not routines and not courses and not moves:
        tell(f"There are no {kind or 'routines or exercises'} of this kind.")


def _put_lists(
    routines: list[tuple[str, Overview]],
    courses: list[dict[str, object]],
    moves: list[Move],
    *,
    folded: bool,
) -> None:
    from voiceguide.library import catalogue

    if routines:
        put_rows(overviews.rows(routines, folded=folded))
    if routines and courses:
        put("")
    if courses:
        put_rows([timetable.row(each) for each in courses])
    if moves and (routines or courses):
        put("")
    if moves:
        put_rows(
            [(move.name, ", ".join(move.areas), catalogue.equipment(move)) for move in moves],
        )


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A script, a programme, something built in, or an exercise.",
            autocompletion=options.complete_name,
        ),
    ],
    *,
    script: Annotated[
        bool, typer.Option("--script", help="The script of a routine itself, to copy and edit.")
    ] = False,
    language: options.Language = "en",
    as_json: options.Json = False,
) -> None:
    """Show a script, a programme or an exercise, of yours or built in.

    What is done in it, and the variables that `--set` can give other values.
    """
    routine = sources.known(name) or sources.known(name, "programmes")
    if routine is not None:
        if script:
            put(routine.source.text.decode().rstrip("\n"))
        elif timetable.is_one(routine):
            timetable.show_plan(
                routine, options.overrides(engine="silent"), estimate=True, as_json=as_json
            )
        elif as_json:
            put_json(_session_data(routine, _estimate(routine)))
        else:
            _put_session(routine)
        return
    shelf = _shelf(language)
    move = shelf.find(name)
    if move is None:
        near = (*sources.nearest(name), *shelf.nearest(name))
        raise UsageError(
            f"no routine and no exercise is called {name}",
            f"Did you mean {near[0]}?" if near else "`voiceguide list` shows them all.",
        )
    if script:
        raise UsageError(f"{name} is an exercise, and has no script", "Leave --script out.")
    if as_json:
        put_json(_move_data(move))
    else:
        _put_move(move, shelf)


def new(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The script to write, or `-` for standard output."),
    ],
) -> None:
    """Write a new script to edit."""
    from voiceguide import library

    text = library.starter()
    if file == Path("-"):
        put(text.rstrip("\n"))
        return
    save(file, text)


def save(file: Path, text: str) -> None:
    """Writes a new script, and tells what can be done with it; never over one that is there.

    Raises:
        UsageError: There is such a file, or it cannot be written.
    """
    path = file if file.suffix.lower() in sources.SUFFIXES else Path(f"{file}.yaml")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already", "Name another file.") from error
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}", "Name a file in a folder of yours."
        ) from error
    tell(f"{path} is written. Next:")
    tell(f"  voiceguide check {quoted(path)}")
    tell(f"  voiceguide render {quoted(path)}")


def _shelf(language: str) -> Library:
    """The exercises in the words of a language."""
    from voiceguide import library

    shelf = library.load(language)
    if not shelf.moves:
        raise UsageError(
            f"--language {language}: there are no exercises in this language",
            "`voiceguide phrases` lists the languages.",
        )
    return shelf


def _move_data(move: Move) -> dict[str, object]:
    return {**asdict(move), "kind": move.kind}


def _estimate(routine: Found) -> Timeline:
    """The timeline of a built-in routine; the silent engine is there on every machine."""
    from voiceguide import pipeline
    from voiceguide.model.options import Options

    return pipeline.plan(routine.source, Options(engine="silent"), estimate=True)


def _rounded(session: Timeline) -> int:
    return round(session.duration_ms, -3)


def _session_data(found: Found, session: Timeline) -> dict[str, object]:
    from voiceguide import pipeline
    from voiceguide.cli.outline import outline

    return {
        "name": found.name,
        **asdict(pipeline.overview(found.source)),
        "variables": [asdict(each) for each in pipeline.load(found.source).routine.variables],
        "steps": [asdict(item) for item in outline(session)],
    }


def _put_session(found: Found) -> None:
    from voiceguide import pipeline
    from voiceguide.cli.outline import outline
    from voiceguide.model.wording import clock

    session = _estimate(found)
    routine = pipeline.load(found.source).routine
    seen = pipeline.overview(found.source)
    put(session.title)
    if seen.description:
        put(seen.description)
    equipment = ", ".join(seen.equipment) or "none"
    put(f"About {clock(_rounded(session))}. Level {seen.level}. Equipment: {equipment}.\n")
    rows = [
        ("For", seen.audience),
        ("Works on", ", ".join(seen.areas)),
        ("Source", seen.source),
    ]
    put_rows([(head, told) for head, told in rows if told])
    items = outline(session)
    width = max((len(item.label) for item in items), default=0)
    block = None
    for item in items:
        if item.block != block:
            block = item.block
            put(f"\n{block}" if block else "")
        put(f"  {item.label:<{width}}  {item.amount}")
    if routine.variables:
        put("\nVariables (--set NAME=VALUE):")
        put_rows([(f"  {each.name}", each.type, each.default) for each in routine.variables])


def _put_move(move: Move, shelf: Library) -> None:
    from voiceguide.library import catalogue

    others = (shelf.moves[other].name for other in move.not_with if other in shelf.moves)
    put(move.name)
    rows = [
        ("id", move.id),
        ("also called", ", ".join(move.aliases)),
        ("for", ", ".join(move.areas)),
        ("begins", catalogue.begins(move)),
        ("as a rule", catalogue.amount(move)),
        ("equipment", ", ".join(move.equipment) or "none"),
        ("how", move.setup),
        ("in short", move.setup_short),
        *(("cue", cue) for cue in move.cues),
        ("breath", move.breath or ""),
        *(("mistake", mistake) for mistake in move.mistakes),
        ("safety", move.safety or ""),
        *((f"level {n}", _level(level)) for n, level in enumerate(move.levels, start=1)),
        ("not beside", ", ".join(others)),
    ]
    put_rows([row for row in rows if row[1]])


def _level(level: Level) -> str:
    """What a progression changes, apart from its cues."""
    head = ", ".join((level.name, *(level.equipment or ())))
    return ". ".join(filter(None, (head, level.setup)))
